import { ObjectType } from 'net-snmp';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { createDeviceIndex, DeviceSchema } from '../../schema/inventory.ts';
import { sharedData } from '../../shared-data.ts';
import { createSnmpSource } from './source.ts';
import { createTrapBook } from './trap-text.ts';
import { readWalk, startTestAgent, type TestAgent } from './test-agent.ts';

const walks = sharedData('snmp/snmpsim', process.env['SHARED_DATA']);
const faults: string[] = [];
const INTERVAL_MS = 1_000;

describe.skipIf(!walks)('the source of SNMP', () => {
  let store: TestStore;
  let collector: TestCollector;
  let agent: TestAgent;
  beforeAll(async () => {
    store = await startTestStore();
    agent = startTestAgent({ port: 21_611, objects: await readWalk(join(walks ?? '', 'routeros.snmprec')) });
    const device = DeviceSchema.parse({
      ...{ id: 'r-mong-cai', name: 'r', kind: 'router', unit: 'H49', address: '127.0.0.1' },
      links: [{ interface: 'WAN', id: 'tslcd-H49.02', unit: 'Móng Cái', from_unit: 'H49', ring: 'vong-mong-cai' }],
    });
    const source = createSnmpSource({
      devices: createDeviceIndex({ devices: [device] }),
      polled: [{ device, target: { address: '127.0.0.1', port: 21_611, credentials: { community: 'public' } } }],
      files: [],
      interval_ms: INTERVAL_MS,
      timeout_ms: 500,
      clock: Date.now,
      traps: { host: '127.0.0.1', port: 0, book: createTrapBook([]) },
      onFault: (fault) => faults.push(fault),
    });
    collector = await startTestCollector(store, [source], { limits: { linger_ms: 10 } });
  });
  afterAll(async () => {
    await collector.close();
    agent.close();
    await store.close();
  });

  const ask = async (query: string): Promise<unknown[]> =>
    (await store.owner.query({ query, format: 'JSONEachRow' })).json();
  async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean, within = 10_000): Promise<T> {
    for (const end = Date.now() + within; ; await sleep(20)) {
      const value = await read();
      if (isSo(value)) return value;
      if (Date.now() > end) throw new Error(`it did not come to it: ${JSON.stringify(value)}`);
    }
  }
  const link = () => ask('SELECT link_id, unit_path, up, from_unit, ring FROM live.link');

  it('tells the state of the links of the inventory, and within one poll that one is down', async () => {
    const state = { link_id: 'tslcd-H49.02', unit_path: '/H49/H49.02/', from_unit: 'H49', ring: 'vong-mong-cai' };
    expect(await until(link, (rows) => rows.length > 0)).toEqual([{ ...state, up: 1 }]);
    const begun = performance.now();
    agent.set({ oid: '1.3.6.1.2.1.2.2.1.8.3', type: ObjectType.Integer, value: 2 });
    await until(link, (rows) => JSON.stringify(rows).includes('"up":0'));
    expect(performance.now() - begun).toBeLessThan(INTERVAL_MS + 1_000);
    agent.set({ oid: '1.3.6.1.2.1.2.2.1.8.3', type: ObjectType.Integer, value: 1 });
    expect(await until(link, (rows) => JSON.stringify(rows).includes('"up":1'))).toEqual([{ ...state, up: 1 }]);
    expect(faults).toEqual([]);
  });
});
