import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../collect/test-collector.ts';
import { readInventory } from '../province.ts';
import type { DeviceIndex } from '../schema/inventory.ts';
import { createJudge } from '../schema/severity-map.ts';
import { createSyslogSource, type SyslogSource } from '../sources/syslog/source.ts';
import { createSyslogLife } from './syslog-life.ts';
import { tellSyslog } from './syslog-teller.ts';

let store: TestStore;
let devices: DeviceIndex;
let source: SyslogSource;
let collector: TestCollector;
beforeAll(async () => {
  store = await startTestStore();
  devices = await readInventory(join(import.meta.dirname, '../../dashboards/inventory/quang-ninh-2019.yaml'));
  source = createSyslogSource({
    host: '127.0.0.1',
    port: 0,
    devices,
    judge: createJudge([]),
    onFault: () => undefined,
  });
  collector = await startTestCollector(store, [source]);
});
afterAll(async () => {
  await collector.close();
  await store.close();
});

it('the devices of the demo province are heard: each line read whole, of a unit, and marked simulated', async () => {
  const linesBetween = createSyslogLife(devices.devices, 2019, 6_000);
  expect(linesBetween(1_000, 3_000)).toEqual([...linesBetween(1_000, 1_700), ...linesBetween(1_700, 3_000)]);
  const stop = new AbortController();
  // a present that runs ahead tells a minute in a moment
  let now = Date.now() - 60_000;
  const clock = () => (now = Math.min(Date.now(), now + 10_000));
  const telling = tellSyslog({
    host: '127.0.0.1',
    port: source.ports().plain,
    linesBetween,
    clock,
    signal: stop.signal,
    tick_ms: 20,
  });
  const ask = async () => {
    const query = `SELECT countIf(fault != '') AS faults, min(simulated) AS simulated, countIf(unit_path LIKE '%?%' AND source = 'syslog') AS unknown,
      groupUniqArray(transport) AS transports, uniqExact(source) AS sources, count() > 2000 AS enough FROM live.syslog_event`;
    return (await store.owner.query({ query, format: 'JSONEachRow' })).json<Record<string, unknown>>();
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const [row] = await ask();
    if (row?.['enough'] === 1) break;
    await sleep(100);
  }
  stop.abort();
  await telling;
  const [row] = await ask();
  expect(row).toMatchObject({
    faults: 0,
    simulated: 1,
    unknown: 0,
    sources: devices.devices.length,
    enough: 1,
  });
  expect(row?.['transports']).toEqual(expect.arrayContaining(['udp', 'tcp']));
});
