import { describe, expect, it } from 'vitest';
import { DeviceSchema } from '../../schema/inventory.ts';
import { createDeviceWatch } from './device.ts';
import { PORT } from './ports.ts';
import type { SnmpRecord } from './record.ts';
import type { SnmpValue } from './snmp-value.ts';
import { createMemoryAgent } from './test-memory-agent.ts';

const UPTIME = '1.3.6.1.2.1.1.3.0';
/** Speed of the port, in bit/s. */
const SPEED = 100_000_000;

const port = (index: number, name: string, values: Partial<Record<keyof typeof PORT, SnmpValue>> = {}) =>
  Object.fromEntries(
    Object.entries({
      ...{ name: Buffer.from(name), type: 6, speed: SPEED, admin: 1, oper: 1, hc_in_octets: 0n, hc_out_octets: 0n },
      ...{ in_errors: 0, out_errors: 0, in_discards: 0, out_discards: 0, discontinuity: 0, ...values },
    }).map(([column, value]) => [`${Reflect.get(PORT, column)}.${index}`, value]),
  );
const link = { interface: 'wan', id: 'l1', unit: 'H49.02', from_unit: 'H49', ring: 'r' };
const common = { id: 'd', name: 'd', kind: 'router', unit: 'H49', address: '127.0.0.1' } as const;

function setUp(objects: Record<string, SnmpValue>, links?: (typeof link)[]) {
  const agent = createMemoryAgent({ [UPTIME]: 100_000, ...objects });
  const time = { now: 1_000_000_000_000 };
  const watch = createDeviceWatch({
    device: DeviceSchema.parse({ ...common, links }),
    files: [],
    clock: () => time.now,
  });
  /** Polls after so many seconds, in which the device goes on, or begins anew. */
  const poll = async (seconds = 30, uptime?: number): Promise<SnmpRecord[]> => {
    time.now += seconds * 1_000;
    agent.objects.set(UPTIME, uptime ?? Number(agent.objects.get(UPTIME)) + seconds * 100);
    return watch.poll(agent);
  };
  const set = (column: keyof typeof PORT, index: number, value: SnmpValue) =>
    agent.objects.set(`${PORT[column]}.${index}`, value);
  return { agent, watch, poll, set };
}
const linksOf = (records: readonly SnmpRecord[]) =>
  records.flatMap((one) => (one.family === 'link' ? [`${one.type} ${one.link_id} ${one.rx_bps ?? '-'}`] : []));
const readingOf = (records: readonly SnmpRecord[], metric: string) =>
  records.flatMap((one) => (one.family === 'reading' && one.metric === metric ? [one.value] : []));

describe('a device', () => {
  it('tells a link that the inventory names: first what it is, then what changes, and samples while it is up', async () => {
    const { poll, set } = setUp({ ...port(1, 'wan'), ...port(2, 'lan') }, [link]);
    expect(linksOf(await poll())).toEqual(['link.up l1 -', 'link.sample l1 -']);
    set('hc_in_octets', 1, 3_750_000n);
    const second = await poll();
    expect(linksOf(second)).toEqual(['link.sample l1 1000000']);
    expect(second.find(({ family }) => family === 'link')).toMatchObject({
      unit: 'H49.02',
      from_unit: 'H49',
      ring: 'r',
    });
    expect(readingOf(second, 'port.in')).toEqual([1_000_000]);
    expect(readingOf(second, 'port.utilisation')).toEqual([1]);
    set('oper', 1, 2);
    // said again as long as it is so
    for (let n = 0; n < 2; n += 1) expect(linksOf(await poll())).toEqual(['link.down l1 -']);
    set('oper', 1, 1);
    expect(linksOf(await poll())).toEqual(['link.up l1 -', 'link.sample l1 0']);
  });

  it('does not call a port down that somebody turned off, that is tested, or that is a loopback', async () => {
    const objects = {
      ...port(1, 'wan', { admin: 2, oper: 2 }),
      ...port(2, 'a', { oper: 3 }),
      ...port(3, 'lo0', { type: 24 }),
    };
    expect(linksOf(await setUp(objects).poll())).toEqual([]);
    expect(linksOf(await setUp(objects, [link]).poll())).toEqual([]);
  });

  it('counts a port that no file names from when it was first seen up', async () => {
    const { poll, set } = setUp({ ...port(1, 'a'), ...port(2, 'b', { oper: 2 }) });
    expect(linksOf(await poll())).toEqual(['link.up d/a -', 'link.sample d/a -']);
    set('oper', 2, 1);
    set('oper', 1, 2);
    expect(linksOf(await poll())).toEqual(['link.down d/a -', 'link.up d/b -', 'link.sample d/b 0']);
  });

  it('makes no spike of a counter that wraps, is reset, or of a device that began anew', async () => {
    const { poll, set } = setUp(port(1, 'wan', { hc_in_octets: 2n ** 64n - 1_000n, in_errors: 2 ** 32 - 10 }), [link]);
    await poll();
    set('hc_in_octets', 1, 2_750n);
    set('in_errors', 1, 20);
    const wrapped = await poll();
    expect(linksOf(wrapped)).toEqual(['link.sample l1 1000']);
    expect(readingOf(wrapped, 'port.errors')).toEqual([1]);
    set('hc_in_octets', 1, 900_000_000_000n);
    expect(linksOf(await poll())).toEqual(['link.sample l1 -']);
    set('discontinuity', 1, 4_711);
    set('hc_in_octets', 1, 900_000_100_000n);
    expect(linksOf(await poll())).toEqual(['link.sample l1 -']);
    set('hc_in_octets', 1, 900_000_200_000n);
    const restarted = await poll(30, 500);
    expect(linksOf(restarted)).toEqual(['link.sample l1 -']);
    expect(readingOf(restarted, 'port.in')).toEqual([]);
  });

  it('finds its ports again after they were numbered anew, and tells no change that is none', async () => {
    const { agent, poll } = setUp(port(1, 'wan'), [link]);
    await poll();
    for (const oid of Object.keys(port(1, ''))) agent.objects.delete(oid);
    for (const [oid, value] of Object.entries(port(7, 'wan'))) agent.objects.set(oid, value);
    expect(linksOf(await poll())).toEqual([]);
    expect(linksOf(await poll())).toEqual(['link.sample l1 -']);
  });

  it('says which links of the inventory it has no port for, and keeps ports of the same name apart', async () => {
    const missing: string[] = [];
    const agent = createMemoryAgent({ [UPTIME]: 1, ...port(1, 'lan'), ...port(2, 'lan') });
    const wanted = DeviceSchema.parse({ ...common, links: [link] });
    const watch = createDeviceWatch({
      device: wanted,
      files: [],
      clock: Date.now,
      onMissing: ({ id }) => missing.push(id),
    });
    expect(linksOf(await watch.poll(agent))).toEqual([]);
    expect(missing).toEqual(['l1']);
    const { poll } = setUp({ ...port(1, 'lan'), ...port(2, 'lan') });
    expect(linksOf(await poll()).filter((text) => text.startsWith('link.up'))).toEqual([
      'link.up d/lan#1 -',
      'link.up d/lan#2 -',
    ]);
  });

  it('believes a notification at once, tells it once, and again with the next poll', async () => {
    const { poll, set, watch } = setUp(port(1, 'wan'), [link]);
    expect(watch.tellPort('1', 1, 2)).toBeUndefined();
    await poll();
    expect(linksOf(watch.tellPort('1', 1, 2) ?? [])).toEqual(['link.down l1 -']);
    expect(watch.tellPort('1', 1, 2)).toEqual([]);
    expect(watch.tellPort('9', 1, 2)).toBeUndefined();
    set('oper', 1, 2);
    expect(linksOf(await poll())).toEqual(['link.down l1 -']);
  });
});
