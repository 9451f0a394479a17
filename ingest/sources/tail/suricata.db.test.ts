import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { createTailSource } from './source.ts';
import { captureOf, hasSuricata, readCapture } from './test-suricata.ts';

const NAMES = ['mot-cua.example.vn', 'dich-vu-cong.example.vn', 'thu.example.vn'];
const AT = Date.parse('2026-11-20T08:15:02+07:00');
const CountsSchema = z.tuple([
  z.object({ stored: z.coerce.number(), asked: z.array(z.string()), first_at: z.string() }),
]);

describe.skipIf(!hasSuricata())('a real Suricata that reads a capture', { timeout: 180_000 }, () => {
  let store: TestStore;
  let folder: string;
  let collector: TestCollector;
  beforeAll(async () => {
    store = await startTestStore();
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-suricata-'));
    const name = { vi: 'Suricata', en: 'Suricata' };
    const path = join(folder, 'eve.json');
    const feed = {
      kind: 'tail',
      enabled: true,
      name,
      source: 'suricata-ttdl',
      unit: 'H49',
      path,
      format: 'eve',
    } as const;
    const tail = createTailSource({
      feeds: new Map([['ttdl', feed]]),
      folder: join(folder, 'tail'),
      log: pino({ level: 'silent' }),
      onFault: () => undefined,
    });
    collector = await startTestCollector(store, [tail], { folder });
  });
  afterAll(async () => {
    await collector.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is followed: every line that it wrote is stored once, at its own time, with the names that were asked for', async () => {
    await readCapture(captureOf(NAMES, AT), folder);
    const written = (await readFile(join(folder, 'eve.json'), 'utf8')).trimEnd().split('\n').length;
    const counts = async () => {
      const query = `SELECT count() AS stored, arraySort(arrayFilter(name -> name != '', groupUniqArray(extract(payload, '"rrname":"([^"]+)"')))) AS asked,
        toString(minIf(observed_at, position(payload, '"rrname"') > 0)) AS first_at FROM live.security_event`;
      return CountsSchema.parse(await (await store.owner.query({ query, format: 'JSONEachRow' })).json())[0];
    };
    await expect.poll(async () => (await counts()).stored, { timeout: 60_000 }).toBe(written);
    expect(await counts()).toEqual({
      stored: written,
      asked: [...NAMES].sort(),
      first_at: new Date(AT).toISOString().replace('T', ' ').replace('Z', ''),
    });
  });
});
