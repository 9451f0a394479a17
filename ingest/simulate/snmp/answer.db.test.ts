import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { readDeviceValues, readInventory } from '../../province.ts';
import { createDeviceIndex, type DeviceIndex } from '../../schema/inventory.ts';
import { createSnmpSource } from '../../sources/snmp/source.ts';
import { targetsOf } from '../../sources/snmp/targets.ts';
import { createTrapBook } from '../../sources/snmp/trap-text.ts';
import { createLineLife } from '../link-life.ts';
import { planLinks } from '../link-plan.ts';
import type { Scene } from '../province.ts';
import { shippedProvince } from '../test-province.ts';
import { answerSnmp } from './answer.ts';

const DASHBOARDS = join(import.meta.dirname, '../../../dashboards');
const INTERVAL_MS = 2_000;
/** One of each kind: a busy machine stores no more every two seconds. */
const ASKED = ['core-1', 'sw-dc', 'ups-dc', 'mot-cua', 'r-co-to'];
const SIMULATOR = { address: '127.0.0.1', port: 21_671 };
/** The ring of Cô Tô is cut for as long as the test likes. */
const cut: Scene = { kind: 'ring', unit: 'H49.14', from: Infinity, to: Infinity };

let store: TestStore;
let collector: TestCollector;
let devices: DeviceIndex;
const stop = new AbortController();
const faults: string[] = [];
beforeAll(async () => {
  store = await startTestStore();
  const inventory = await readInventory(join(DASHBOARDS, 'inventory/quang-ninh-2019.yaml'));
  expect(targetsOf(inventory.devices, () => undefined, SIMULATOR).without).toEqual([]);
  devices = createDeviceIndex({ devices: inventory.devices.filter(({ id }) => ASKED.includes(id)) });
  const province = await shippedProvince();
  const plan = planLinks(province);
  const quiet = createLineLife(province, plan, { startingOn: () => [], at: () => undefined });
  answerSnmp({
    ...{ ...SIMULATOR, devices: devices.devices, province, clock: Date.now, signal: stop.signal },
    lines: (id, at) => {
      const line = quiet(id, at);
      const isCut = cut.from <= at && plan.lines.some((one) => one.id === id && one.ring === 'vong-co-to');
      return line && isCut ? { ...line, isUp: false, rx_bps: 0, tx_bps: 0 } : line;
    },
    say: (text) => faults.push(text),
  });
  const { polled } = targetsOf(devices.devices, () => undefined, SIMULATOR);
  const source = createSnmpSource({
    ...{ devices, polled, interval_ms: INTERVAL_MS, timeout_ms: 2_000, clock: Date.now },
    files: await readDeviceValues(join(DASHBOARDS, 'devices')),
    traps: { host: '127.0.0.1', port: 0, book: createTrapBook([]) },
    onFault: (fault, device) => faults.push(`${device?.id ?? '-'} ${fault}`),
  });
  collector = await startTestCollector(store, [source]);
}, 60_000);
afterAll(async () => {
  await collector.close();
  stop.abort();
  await store.close();
});

async function ask<Schema extends z.ZodType>(query: string, schema: Schema): Promise<z.output<Schema>[]> {
  const reply = await store.owner.query({ query, format: 'JSONEachRow' });
  return z.array(schema).parse(await reply.json());
}

describe('the simulated devices, asked by the real poller', { timeout: 60_000 }, () => {
  it('are all reached and have ports with traffic, sensors and power supplies, marked simulated', async () => {
    const reachable = `SELECT DISTINCT toString(source) AS source FROM log.reading_event WHERE metric = 'device.reachable' AND value = 1 ORDER BY source`;
    const reached = async () => (await ask(reachable, z.object({ source: z.string() }))).map(({ source }) => source);
    await expect.poll(reached, { timeout: 30_000 }).toEqual([...ASKED].sort());

    const wired = devices.devices.flatMap(({ links = [] }) => links.map(({ id }) => id)).sort();
    const carrying = async () =>
      (
        await ask(
          'SELECT toString(link_id) AS link_id FROM live.link WHERE up = 1 AND rx_bps > 0 AND tx_bps > 0 AND simulated = 1 ORDER BY link_id',
          z.object({ link_id: z.string() }),
        )
      ).map(({ link_id }) => link_id);
    await expect.poll(carrying, { timeout: 30_000 }).toEqual(wired);

    const measured = await ask(
      `SELECT splitByChar('/', subject)[1] AS device, groupUniqArray(toString(metric)) AS metrics, min(simulated) AS simulated FROM live.reading GROUP BY device`,
      z.object({ device: z.string(), metrics: z.array(z.string()), simulated: z.literal(1) }),
    );
    const metricsOf = (id: string) => measured.find(({ device }) => device === id)?.metrics;
    expect(metricsOf('r-co-to')).toEqual(
      expect.arrayContaining(['device.cpu', 'device.memory', 'device.temperature', 'device.uptime']),
    );
    expect(metricsOf('ups-dc')).toEqual(expect.arrayContaining(['ups.charge', 'ups.load', 'ups.runtime']));
    expect(metricsOf('mot-cua')).toEqual(expect.arrayContaining(['device.cpu', 'device.memory', 'device.disk']));
    expect(metricsOf('tslcd-H49.14')).toEqual(expect.arrayContaining(['port.in', 'port.out', 'port.utilisation']));
    expect(faults).toEqual([]);
  });

  it('say with the next poll that the line of a ring is cut, and that it is mended', async () => {
    for (const up of [0, 1]) {
      cut.from = up === 0 ? 0 : Infinity;
      const changed_at = Date.now();
      const told = async () =>
        (
          await ask(
            `SELECT toUnixTimestamp64Milli(min(observed_at)) AS at FROM log.link_event
             WHERE link_id = 'tslcd-H49.14' AND up = ${up} AND observed_at > fromUnixTimestamp64Milli(${changed_at}) HAVING count() > 0`,
            z.object({ at: z.coerce.number() }),
          )
        )[0]?.at;
      await expect.poll(told, { interval: 50, timeout: 20_000 }).toBeDefined();
      const state = () => ask("SELECT up FROM live.link WHERE link_id = 'tslcd-H49.14'", z.unknown());
      await expect.poll(state, { interval: 50, timeout: 20_000 }).toEqual([{ up }]);
      const silent = await ask(
        `SELECT count() AS polls FROM log.reading_event WHERE source = 'r-co-to' AND metric = 'device.reachable'
           AND observed_at > fromUnixTimestamp64Milli(${changed_at}) AND observed_at < fromUnixTimestamp64Milli(${await told()})`,
        z.object({ polls: z.coerce.number() }),
      );
      // one may have been under way
      expect(silent[0]?.polls).toBeLessThanOrEqual(1);
    }
  });

  it('carry no more than their lines can', async () => {
    const faster = await ask(
      "SELECT metric, value FROM log.reading_event WHERE metric IN ('port.utilisation') AND value > 100",
      z.unknown(),
    );
    expect(faster).toEqual([]);
  });
});
