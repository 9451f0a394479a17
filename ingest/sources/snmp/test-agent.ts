import { readFile } from 'node:fs/promises';
import { ObjectType, type User } from 'net-snmp';
import { startAgent, type Agent } from '../../simulate/snmp/agent.ts';
import { createObjectTree, longCounter, type ObjectTree, type ServedObject } from '../../simulate/snmp/object-tree.ts';
import { compareOids } from './oid.ts';

type ReadText = (text: string, encoding: 'hex' | 'latin1') => ServedObject['value'];
const VALUES = new Map<number, ReadText>([
  [ObjectType.OctetString, (text, encoding) => Buffer.from(text, encoding)],
  [ObjectType.OID, (text) => text.replace(/^\./, '') || '0.0'],
  [ObjectType.Counter64, (text) => longCounter(BigInt(text))],
  [ObjectType.IpAddress, (text) => text],
]);

/** Reads a walk: lines `OID|type|value`, where `4x` is written in hexadecimal digits. */
export async function readWalk(file: string): Promise<ServedObject[]> {
  const lines = (await readFile(file, 'latin1')).split(/\r?\n/);
  const objects = lines.flatMap((line): ServedObject[] => {
    const [oid = '', type = '', ...rest] = line.split('|');
    const value = rest.join('|');
    if (!/^[012](\.\d+)+$/.test(oid)) return [];
    const number = Number.parseInt(type, 10);
    const parse = VALUES.get(number) ?? Number;
    return number > 0 ? [{ oid, type: number, value: parse(value, type.endsWith('x') ? 'hex' : 'latin1') }] : [];
  });
  const unique = new Map(objects.map((object) => [object.oid, object]));
  return [...unique.values()].sort((a, b) => compareOids(a.oid, b.oid));
}

/** An agent of the library that serves a list of objects. */
export interface TestAgent extends Agent, Pick<ObjectTree, 'set' | 'remove'> {
  address: string;
  port: number;
  /** While false it does not answer. */
  answer: (isAnswering: boolean) => void;
}

/** Starts an agent with one list of objects. */
export function startTestAgent(options: {
  address?: string;
  port: number;
  objects: readonly ServedObject[];
  community?: string;
  user?: User;
}): TestAgent {
  const { address = '127.0.0.1', port, objects, community = 'public', user } = options;
  const tree = createObjectTree(objects);
  let isAnswering = true;
  const agent = startAgent({
    ...{ address, port, user, communities: [community] },
    treeOf: () => (isAnswering ? tree : undefined),
  });
  return {
    ...agent,
    ...{ address, port, set: tree.set, remove: tree.remove },
    answer: (is) => {
      isAnswering = is;
    },
  };
}
