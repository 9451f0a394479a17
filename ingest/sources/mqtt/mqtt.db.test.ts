import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { startCollectorProcess } from '../../collect/test-process.ts';
import { MqttFeedSchema, type MqttFeed } from '../../schema/feed.ts';
import { createMqttSource } from './source.ts';
import { startTestBroker, type TestBroker } from './test-broker.ts';

const USER = { name: 'tinh', password: 'bi-mat' };
const secrets: Record<string, string> = { FEED_MQTT_USERNAME: USER.name, FEED_MQTT_PASSWORD: USER.password };

let store: TestStore;
let broker: TestBroker;
let running: TestCollector | undefined;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  broker = await startTestBroker(USER);
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await broker.close();
});

/** A feed of stations `tram/<unit>/<station>/<metric>`; each test has a source of its own. */
function feedOf(source: string, mapping: object = {}): MqttFeed {
  return MqttFeedSchema.parse({
    kind: 'mqtt',
    name: { vi: 'Trạm', en: 'Stations' },
    source,
    url: broker.url,
    topics: ['tram/+/+/air', 'tram/+/+/air/#'],
    username_env: 'FEED_MQTT_USERNAME',
    password_env: 'FEED_MQTT_PASSWORD',
    mapping: {
      time: { from: [{ path: 'at' }], formats: ['iso'] },
      unit: { topic: 2 },
      place: { topic: 3 },
      missing: [-200, 'NaN', ''],
      readings: [{ metric: 'air.pm25', value: { path: 'pm25' }, value_unit: 'ug/m3', limits: [0, 1000] }],
      ...mapping,
    },
  });
}

async function start(feed: MqttFeed, options: Parameters<typeof startTestCollector>[2] = {}): Promise<TestCollector> {
  const source = createMqttSource({
    feeds: new Map([['tram', feed]]),
    variable: (name) => secrets[name],
    log: pino({ level: 'silent' }),
    onFault: () => undefined,
  });
  const before = broker.subscriptions();
  running = await startTestCollector(store, [source], options);
  await until(() => broker.subscriptions() > before);
  return running;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(20)) if (await isSo()) return;
  throw new Error('it did not come to it within 20 s');
}
const ask = async (query: string): Promise<unknown[]> =>
  (await store.owner.query({ query, format: 'JSONEachRow' })).json();
const valuesOf = async (source: string): Promise<(number | null)[]> =>
  z
    .array(z.object({ value: z.number().nullable() }))
    .parse(await ask(`SELECT value FROM live.reading_event WHERE source = '${source}' ORDER BY observed_at, value`))
    .map(({ value }) => value);
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
const sample = (second: number, pm25: unknown = second): string => JSON.stringify({ at: at(second), pm25 });

describe('readings from a broker of MQTT', () => {
  it('are stored with place, unit and time; what is missing is null', { timeout: 60_000 }, async () => {
    await start(feedOf('thuong'));
    await broker.publish('tram/H49.02/cau-bai-chay/air', sample(1, 35.5));
    await broker.publish('tram/H49.02/cau-bai-chay/air', sample(2, -200));
    await broker.publish('tram/H49.02/other', sample(3));
    await until(async () => (await valuesOf('thuong')).length === 2);
    expect(
      await ask(`SELECT metric, value, value_unit, place, unit_path, toUnixTimestamp(observed_at) AS at FROM live.reading_event
        WHERE source = 'thuong' ORDER BY observed_at`),
    ).toEqual(
      [35.5, null].map((value, index) => ({
        ...{ metric: 'air.pm25', value, value_unit: 'ug/m3', place: 'cau-bai-chay', unit_path: '/H49/H49.02/' },
        at: Date.UTC(2026, 0, 1) / 1_000 + index + 1,
      })),
    );
  });

  it('are kept as they came where they cannot be read, and counted', { timeout: 60_000 }, async () => {
    const { collector } = await start(feedOf('hong'));
    const broken = [
      '{"at": ',
      'ON',
      '[]]',
      '{"pm25": 3}',
      sample(1, 'cao'),
      sample(2, 5_000),
      sample(4, true),
      '\u0000',
    ];
    for (const payload of broken) await broker.publish('tram/H49.02/a/air', payload);
    await broker.publish('tram/H49.02/a/air', Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    await broker.publish(`tram/H49.02/${'x'.repeat(500)}/air`, sample(5));
    await broker.publish(
      'tram/H49.02/a/air',
      JSON.stringify({ at: new Date(Date.now() + 3_600_000).toISOString(), pm25: 1 }),
    );
    await broker.publish('tram/H49.02/a/air', JSON.stringify({ at: '1970-01-01T00:00:00Z', pm25: 19.7 }));
    await until(async () => (await valuesOf('hong')).length === 1);
    expect(await valuesOf('hong')).toEqual([19.7]);
    const letters =
      await ask(`SELECT code, count() AS count FROM log.dead_letter FINAL WHERE entry = 'mqtt' AND source = 'hong'
      GROUP BY code ORDER BY code`);
    expect(letters).toEqual([
      { code: 'IOC_EVENT_DATA', count: 5 },
      { code: 'IOC_EVENT_NOT_JSON', count: 5 },
      { code: 'IOC_EVENT_TIME_FUTURE', count: 1 },
    ]);
    expect(collector.status()).toMatchObject([{ entry: 'mqtt', received: 12, dropped: 0 }]);
  });

  it('are not lost while the collector is away, and none is twice', { timeout: 60_000 }, async () => {
    const feed = feedOf('roi');
    await start(feed);
    for (let n = 0; n < 50; n += 1) await broker.publish('tram/H49.02/a/air', sample(n));
    await running?.close();
    // this broker loses what is published before it has seen the end of a connection
    await until(() => broker.clients() === 0);
    for (let n = 50; n < 200; n += 1) await broker.publish('tram/H49.02/a/air', sample(n));
    await start(feed);
    // and once more, the broker goes away amid the messages
    for (let n = 200; n < 260; n += 1) await broker.publish('tram/H49.02/a/air', sample(n));
    await broker.leave();
    await until(() => broker.clients() === 0);
    for (let n = 260; n < 300; n += 1) await broker.publish('tram/H49.02/a/air', sample(n));
    await broker.listen();
    await until(async () => (await valuesOf('roi')).length >= 300);
    expect(await valuesOf('roi')).toEqual(Array.from({ length: 300 }, (_, n) => n));
  });

  it(
    'are acknowledged when they are kept, and wait at the broker while the spool is full',
    { timeout: 90_000 },
    async () => {
      const { collector } = await start(feedOf('day'), {
        limits: { spool_bytes: 8_000, block_bytes: 2_000, linger_ms: 5 },
      });
      await store.kill('SIGKILL');
      for (let n = 0; n < 400; n += 1) await broker.publish('tram/H49.02/a/air', sample(n));
      await until(() => collector.status()[0]?.is_full === true);
      await sleep(300);
      const { received } = collector.status()[0] ?? { received: 0 };
      expect(received).toBeLessThan(400);
      expect(broker.acknowledged()).toBeLessThanOrEqual(received);
      await store.restart();
      await until(async () => (await valuesOf('day').catch(() => [])).length === 400);
      await until(() => broker.acknowledged() === 400);
      expect(collector.status()).toMatchObject([{ received: 400, dropped: 0, error: null }]);
    },
  );

  it(
    'are of their own time when the broker had kept them, and refused when they name none',
    { timeout: 60_000 },
    async () => {
      await broker.publish('tram/H49.02/a/air', sample(7), true);
      await broker.publish('tram/H49.02/b/air', JSON.stringify({ pm25: 8 }), true);
      const feed = feedOf('giu');
      await start(feed);
      await until(async () => (await valuesOf('giu')).length === 1);
      await running?.close();
      await start(feed);
      await broker.publish('tram/H49.02/a/air', sample(9));
      await until(async () => (await valuesOf('giu')).length === 2);
      expect(await valuesOf('giu')).toEqual([7, 9]);
      await running?.close();
      await start(feedOf('giu-2', { time: undefined }));
      await broker.publish('tram/H49.02/b/air', JSON.stringify({ pm25: 10 }));
      await until(async () => (await valuesOf('giu-2')).length === 1);
      expect(await valuesOf('giu-2')).toEqual([10]);
      expect(await ask(`SELECT DISTINCT reason FROM log.dead_letter WHERE source = 'giu-2'`)).toEqual([
        { reason: 'was kept by the broker and names no time of its own' },
      ]);
    },
  );

  it('are all there, and once, however often the collector is killed', { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'toan-canh-mqtt-'));
    await mkdir(join(folder, 'feeds.d'));
    const { username_env, password_env, ...feed } = feedOf('giet');
    expect([username_env, password_env]).toEqual(['FEED_MQTT_USERNAME', 'FEED_MQTT_PASSWORD']);
    // the process is given no secrets: the address has them
    const url = broker.url.replace('//', `//${USER.name}:${USER.password}@`);
    await writeFile(join(folder, 'feeds.d', 'tram.yaml'), stringify({ ...feed, url }));
    let sent = 0;
    for (let round = 0; round < 4; round += 1) {
      const before = broker.subscriptions();
      const collector = await startCollectorProcess(store.accesses.writer, folder);
      await until(() => broker.subscriptions() > before);
      for (const end = sent + 150; sent < end; sent += 1) {
        await broker.publish('tram/H49.02/a/air', sample(sent));
        if (sent % 10 === 0) await sleep(5);
      }
      await sleep(round * 20);
      await collector.kill('SIGKILL');
    }
    const collector = await startCollectorProcess(store.accesses.writer, folder);
    await until(async () => (await valuesOf('giet')).length >= sent);
    expect(await collector.kill('SIGTERM')).toBe(0);
    expect(await valuesOf('giet')).toEqual(Array.from({ length: sent }, (_, n) => n));
    await rm(folder, { recursive: true });
  });

  it('do not hold up the collector when the broker refuses it', { timeout: 60_000 }, async () => {
    const feed = { ...feedOf('cam'), password_env: 'FEED_NONE' };
    const faults: string[] = [];
    const source = createMqttSource({
      ...{
        feeds: new Map([['tram', feed]]),
        variable: (name: string) => secrets[name],
        log: pino({ level: 'silent' }),
      },
      onFault: (fault) => faults.push(fault),
    });
    running = await startTestCollector(store, [source]);
    await until(() => faults.includes('connect'));
    expect(running.collector.status()).toMatchObject([{ received: 0 }]);
  });
});
