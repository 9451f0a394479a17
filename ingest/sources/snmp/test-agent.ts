import { createAgent, ObjectType, type User } from 'net-snmp';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { compareOids } from './oid.ts';

/** An object as an agent serves it. */
export interface ServedObject {
  oid: string;
  type: ObjectType;
  value: number | string | Buffer | null;
}

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

/** The bytes of a counter of 64 bits. */
export function longCounter(value: bigint): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(value, 1);
  return bytes;
}

/** An agent of the library that serves a list of objects. */
export interface TestAgent {
  address: string;
  port: number;
  /** Replaces values, or adds objects. */
  set: (...objects: readonly ServedObject[]) => void;
  remove: (oid: string) => void;
  /** Requests that it has answered. */
  requests: () => number;
  /** While false it does not answer. */
  answer: (isAnswering: boolean) => void;
  close: () => void;
}

const SOME_VARBINDS = z.array(z.object({ oid: z.string() }));
const RequestSchema = z.object({
  version: z.number(),
  pdu: z.looseObject({
    varbinds: SOME_VARBINDS,
    maxRepetitions: z.number().optional(),
    getResponsePduForRequest: z.custom<() => { varbinds: unknown[] }>((value) => typeof value === 'function'),
  }),
});
/** What is used of the library's agent, whose types it does not state. */
const AgentSchema = z.custom<{
  getAuthorizer: () => { addCommunity: (community: string) => void; addUser: (user: User) => void };
  getRequest: (socket: unknown, message: unknown, from: unknown) => void;
  getNextRequest: (socket: unknown, message: unknown, from: unknown) => void;
  getBulkRequest: (socket: unknown, message: unknown, from: unknown) => void;
  sendResponse: (socket: unknown, from: unknown, message: unknown, pdu: unknown) => void;
  close: () => void;
}>((value) => typeof value === 'object' && value !== null);

/** Most values of an answer. */
const MOST_VALUES = 100;

/** Starts an agent. Its port is given, because the library does not tell a chosen one. */
export function startTestAgent(options: {
  address?: string;
  port: number;
  objects: readonly ServedObject[];
  community?: string;
  user?: User;
}): TestAgent {
  const { address = '127.0.0.1', port, community = 'public', user } = options;
  let objects = [...options.objects].sort((a, b) => compareOids(a.oid, b.oid));
  let places = new Map(objects.map((object, place) => [object.oid, place]));
  let requests = 0;
  let isAnswering = true;
  const agent = AgentSchema.parse(createAgent({ address, port, disableAuthorization: false }, () => undefined));
  agent.getAuthorizer().addCommunity(community);
  if (user) agent.getAuthorizer().addUser(user);

  const after = (oid: string): ServedObject | undefined => {
    const known = places.get(oid);
    if (known !== undefined) return objects[known + 1];
    let [from, to] = [0, objects.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compareOids(objects[middle]?.oid ?? '', oid) <= 0) from = middle + 1;
      else to = middle;
    }
    return objects[from];
  };
  const next = (oid: string): ServedObject => after(oid) ?? { oid, type: ObjectType.EndOfMibView, value: null };
  const reply =
    (find: (oids: string[], repetitions: number) => ServedObject[]) =>
    (socket: unknown, message: unknown, from: unknown) => {
      if (!isAnswering) return;
      requests += 1;
      const { pdu } = RequestSchema.parse(message);
      const response = pdu.getResponsePduForRequest();
      response.varbinds = find(
        pdu.varbinds.map(({ oid }) => oid),
        pdu.maxRepetitions ?? 1,
      );
      agent.sendResponse(socket, from, message, response);
    };
  agent.getRequest = reply((oids) =>
    oids.map((oid) => objects[places.get(oid) ?? -1] ?? { oid, type: ObjectType.NoSuchInstance, value: null }),
  );
  agent.getNextRequest = reply((oids) => oids.map(next));
  agent.getBulkRequest = reply((oids, repetitions) => {
    const given: ServedObject[] = [];
    let cursors = oids;
    for (let n = 0; n < repetitions && given.length + oids.length <= Math.max(MOST_VALUES, oids.length); n += 1) {
      const row = cursors.map(next);
      given.push(...row);
      cursors = row.map(({ oid }) => oid);
    }
    return given;
  });
  const place = (list: ServedObject[]): void => {
    objects = list.sort((a, b) => compareOids(a.oid, b.oid));
    places = new Map(objects.map((object, at) => [object.oid, at]));
  };
  return {
    address,
    port,
    requests: () => requests,
    set: (...changed) => {
      const oids = new Set(changed.map(({ oid }) => oid));
      place([...objects.filter(({ oid }) => !oids.has(oid)), ...changed]);
    },
    remove: (oid) => place(objects.filter((object) => object.oid !== oid)),
    answer: (is) => {
      isAnswering = is;
    },
    close: () => agent.close(),
  };
}
