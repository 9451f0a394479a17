import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startCollectorProcess } from '../../collect/test-process.ts';
import { hasMosquitto, startMosquitto, type Mosquitto } from './test-mosquitto.ts';

const ROUNDS = 5;
const MESSAGES = 400;
const FEED = {
  kind: 'mqtt',
  name: { vi: 'Trạm', en: 'Stations' },
  source: 'mosquitto',
  topics: ['tram/+/+/air'],
  mapping: {
    time: { from: [{ path: 'at' }], formats: ['iso'] },
    unit: { topic: 2 },
    place: { topic: 3 },
    readings: [{ metric: 'air.pm25', value: { path: 'pm25' }, value_unit: 'ug/m3', limits: [-1, 100_000] }],
  },
};

describe.skipIf(!hasMosquitto())('readings from mosquitto', () => {
  let store: TestStore;
  let broker: Mosquitto;
  beforeAll(async () => {
    store = await startTestStore();
    broker = await startMosquitto();
  });
  afterAll(async () => {
    await broker.close();
    await store.close();
  });
  const values = async (): Promise<number[]> => {
    const reply = await store.owner.query({
      query: 'SELECT value FROM live.reading_event ORDER BY value',
      format: 'JSONCompactEachRow',
    });
    return z
      .array(z.tuple([z.number()]))
      .parse(await reply.json())
      .flat();
  };
  const publish = (n: number, retain = false): Promise<void> => {
    const at = new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString();
    return broker.publish('tram/H49.02/a/air', JSON.stringify({ at, pm25: n }), retain);
  };

  it('are all there, and once, however often the collector is killed', { timeout: 180_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'toan-canh-mosquitto-'));
    await mkdir(join(folder, 'feeds.d'));
    await writeFile(join(folder, 'feeds.d', 'tram.yaml'), stringify({ ...FEED, url: broker.url }));
    // whoever subscribes is given it: when it is stored the session stands, and keeps what comes while nobody is there
    await publish(-1, true);
    let sent = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const collector = await startCollectorProcess(store.accesses.writer, folder);
      if (round === 0) await expect.poll(values, { timeout: 20_000 }).toEqual([-1]);
      for (const end = sent + MESSAGES; sent < end; sent += 1) await publish(sent);
      await sleep(round * 30);
      await collector.kill('SIGKILL');
    }
    const collector = await startCollectorProcess(store.accesses.writer, folder);
    await expect
      .poll(async () => (await values()).length, { timeout: 30_000 })
      .toBeGreaterThanOrEqual(1 + ROUNDS * MESSAGES);
    expect(await collector.kill('SIGTERM')).toBe(0);
    expect(await values()).toEqual(Array.from({ length: 1 + sent }, (_, n) => n - 1));
    await rm(folder, { recursive: true });
  });
});
