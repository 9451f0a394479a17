import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingRow } from '../test-rows.ts';
import { startTestStore, type TestStore } from '../test-store.ts';
import { Writer } from '../writer/writer.ts';
import { clickhouseStore } from '../writer/store.ts';
import { KnownEvents } from './known-events.ts';
import { clickhouseLookup } from './lookup.ts';
import { repairViews } from './repair.ts';

const COUNT = 12_000;
const start = Date.UTC(2024, 0, 1);
const rowOf = (n: number) => readingRow(`event ${n}`, start + n * 60_000, n % 2 === 0 ? '/H49/' : "/H49/it's/");

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
  const writer = new Writer({ store: clickhouseStore(store.writer, Date.now) });
  for (let n = 0; n < COUNT; n += 1) writer.add('reading', rowOf(n), rowOf(n).event_key);
  await writer.drain(20_000);
});
afterAll(() => store.close());

const rowsOf = (from: number, count: number) => Array.from({ length: count }, (_, n) => rowOf(from + n));

describe('what is known of stored events', () => {
  it('holds every event of the store after loading', async () => {
    const known = new KnownEvents(Date.now);
    expect(await known.load(store.writer)).toBe(COUNT);
    expect(rowsOf(0, COUNT).every((row) => known.holds(row.event_key))).toBe(true);
    expect(rowsOf(COUNT, 1_000).some((row) => known.holds(row.event_key))).toBe(false);
    expect(known.covers(start)).toBe(true);
  });

  it('loads those received last when not all fit, and then covers no more than these', async () => {
    const known = new KnownEvents(Date.now, { slots: 2 ** 12, maxSegments: 2 });
    const loaded = await known.load(store.writer);
    expect(loaded).toBeGreaterThan(0);
    expect(loaded).toBeLessThan(COUNT);
    expect(known.holds(rowOf(COUNT - 1).event_key)).toBe(true);
    expect(known.covers(rowOf(0).observed_at)).toBe(false);
    expect(known.covers(rowOf(COUNT).observed_at + 3_600_000)).toBe(true);
  });

  it('finds exactly the stored ones by place, and by key wherever they are', async () => {
    const lookup = clickhouseLookup(store.writer);
    const asked = rowsOf(COUNT - 3_000, 6_000);
    const stored = rowsOf(COUNT - 3_000, 3_000).map((row) => row.event_key);
    expect([...(await lookup.byPlace('reading', asked))].sort()).toEqual([...stored].sort());
    expect(await lookup.byPlace('reading', [{ ...rowOf(1), observed_at: 5 }])).toEqual(new Set());
    expect(await lookup.byKey('reading', [rowOf(1).event_key, rowOf(COUNT).event_key])).toEqual(
      new Set([rowOf(1).event_key]),
    );
  });
});

describe('repair of the views', () => {
  const count = async (query: string): Promise<string> =>
    JSON.stringify(await (await store.owner.query({ query, format: 'JSONCompactEachRow' })).json());
  const newest = (database: string) =>
    count(`SELECT unit_path, observed_at, value FROM ${database}.reading ORDER BY 1`);

  it('brings rows in that a killed server wrote to the log and not through the views, however often it runs', async () => {
    await store.owner.command({ query: 'TRUNCATE TABLE live.reading_state' });
    await store.owner.command({ query: 'TRUNCATE TABLE live.source_state' });
    expect(await newest('live')).toBe('[]');
    for (let run = 0; run < 3; run += 1) {
      await repairViews(store.writer, 60 * 60_000, Infinity);
      expect(await newest('live')).toBe(await newest('history'));
      expect(await count('SELECT count() FROM live.source')).toBe(await count('SELECT count() FROM history.source'));
    }
  });

  it('reads only what was received in the span', async () => {
    await store.owner.command({ query: 'TRUNCATE TABLE live.reading_state' });
    await repairViews(store.writer, 30_000, Infinity);
    expect(await count('SELECT uniqExact(unit_path) FROM live.reading_state')).toMatch(/1/);
  });
});
