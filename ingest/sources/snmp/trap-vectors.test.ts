import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readTrapFiles } from '../../province.ts';
import { sharedData } from '../../shared-data.ts';
import { createTrapBook, type NamedTrap } from './trap-text.ts';

const folder = sharedData('snmp', process.env['SHARED_DATA']);
const VectorsSchema = z.array(
  z.object({
    file: z.string(),
    test: z.string(),
    trap: z.string(),
    expected_message: z.string(),
    severity: z.string(),
  }),
);
/** As it is written in the vectors, from where it is replaced when the test runs. */
const HOST = '{{ hostname }}';
/** Vectors that say something else, with the reason. */
const EXPLAINED = new Map([
  [
    'testBgpPeerUnknown',
    'the same notification as testBgpBackwardTransition, which the other monitor refuses because its inventory lacks the peer; a line is never refused',
  ],
]);

/** Reads a notification as snmptrapd prints it: the host, the transport, then `MODULE::object.index value` lines. */
function printed(text: string): NamedTrap {
  const lines = text.split('\n').slice(2);
  const objects = lines.flatMap((line) => {
    const [, name, index = '', value = ''] =
      /^[\w-]+::(\w+)(?:\.(\S+))?\s?(.*)$/.exec(line.replaceAll('\\"', '"')) ?? [];
    if (name === undefined) return [];
    const said = value.replace(/^Wrong Type \(should be [^)]*\): /, '').replace(/^"(.*)"$/, '$1');
    return [{ name, index, value: said }];
  });
  return { name: objects.find(({ name }) => name === 'snmpTrapOID')?.value ?? '', host: HOST, objects };
}

describe.skipIf(!folder)('the vectors of notifications', () => {
  it('say what is expected, as bad as expected', async () => {
    const book = createTrapBook(await readTrapFiles(join(import.meta.dirname, '../../../dashboards/traps')));
    const vectors = VectorsSchema.parse(
      JSON.parse(await readFile(join(folder ?? '', 'snmptrap-vectors.json'), 'utf8')),
    );
    const tested = vectors.filter(({ test }) => !EXPLAINED.has(test));
    expect(tested).toHaveLength(vectors.length - EXPLAINED.size);
    const ours = tested.map(({ file, test, trap }) => {
      const { message, severity } = book.describe(printed(trap));
      return { file, test, message, severity };
    });
    expect(ours).toEqual(
      tested.map(({ file, test, expected_message, severity }) => ({
        ...{ file, test, message: expected_message },
        severity: severity.replace('(default)', '').toLowerCase(),
      })),
    );
  });

  it('are named by where they stand in the tree', async () => {
    const book = createTrapBook(await readTrapFiles(join(import.meta.dirname, '../../../dashboards/traps')));
    expect(book.nameOf('1.3.6.1.4.1.318.0.7')).toEqual({ name: 'PowerNet-MIB::lowBattery', index: '' });
    expect(book.nameOf('1.3.6.1.2.1.2.2.1.2.17')).toEqual({ name: 'IF-MIB::ifDescr', index: '17' });
    expect(book.nameOf('1.3.6.1.4.1.99999.1')).toEqual({ name: '1.3.6.1.4.1.99999.1', index: '' });
    const unknown = {
      name: '1.3.6.1.4.1.99999.1',
      host: 'x',
      objects: [{ name: '1.3.6.1.4.1.99999.2', index: '0', value: 'hot' }],
    };
    expect(book.describe(unknown)).toEqual({
      ...{ message: '1.3.6.1.4.1.99999.1 1.3.6.1.4.1.99999.2.0=hot', severity: 'info', isKnown: false },
    });
  });

  it('show octets as people write them', () => {
    const file = {
      ...{ name: 't', oids: {}, words: {} },
      traps: [{ name: 'T::t', text: '{a|ip} {b|ip} {c|mac} {d}', severity: 'info' as const }],
    };
    const objects = [
      { name: 'a', index: '', value: Buffer.from([10, 0, 0, 1]) },
      { name: 'b', index: '', value: Buffer.from('20010d88000100000000000000000002', 'hex') },
      { name: 'c', index: '', value: Buffer.from('deadbeef1122', 'hex') },
      { name: 'd', index: '', value: Buffer.from([0xff, 0x00, 0x01]) },
    ];
    expect(createTrapBook([file]).describe({ name: 'T::t', host: 'h', objects }).message).toBe(
      '10.0.0.1 2001:d88:1::2 de:ad:be:ef:11:22 ff0001',
    );
  });
});
