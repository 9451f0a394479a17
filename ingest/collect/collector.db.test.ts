import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../clickhouse/test-store.ts';
import { readingSource, startTestCollector } from './test-collector.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

async function ask(query: string): Promise<unknown[]> {
  return (await store.owner.query({ query, format: 'JSONEachRow' })).json();
}
const valuesOf = async (): Promise<number[]> =>
  z
    .array(z.object({ value: z.number() }))
    .parse(await ask('SELECT value FROM log.reading_event FINAL ORDER BY value'))
    .map(({ value }) => value);

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(20)) if (await isSo()) return;
  throw new Error('it did not come to it within 20 s');
}

describe('the collector', () => {
  it('stores what its sources take, buries what cannot be read, and says so', async () => {
    const source = readingSource();
    const { collector, close } = await startTestCollector(store, [source]);
    for (const value of ['1', '2', 'three']) source.take(value);
    await until(() => collector.status()[0]?.spool_bytes === 0);
    expect(await valuesOf()).toEqual([1, 2]);
    expect(await ask('SELECT entry, code, payload FROM log.dead_letter')).toEqual([
      { entry: 'test', code: 'IOC_EVENT_DATA', payload: 'three' },
    ]);
    expect(collector.status()).toMatchObject([{ entry: 'test', received: 3, dropped: 0, error: null }]);
    const page = await collector.server.inject('/metrics');
    expect(page.body).toContain('ingest_events_total{source="sensor",entry="test",result="accepted",code=""} 2');
    expect((await collector.server.inject('/ready')).statusCode).toBe(200);
    await close();
  });

  it('keeps what comes while the store is away, and stores it when it is back', { timeout: 60_000 }, async () => {
    const source = readingSource();
    const { collector, close } = await startTestCollector(store, [source], {
      limits: { spool_bytes: 20_000, block_bytes: 2_000, linger_ms: 5 },
    });
    await store.kill('SIGKILL');
    let taken = 0;
    for (; source.take(String(1_000 + taken)); taken += 1) if (taken % 50 === 0) await sleep(2);
    await until(() => collector.status()[0]?.error === 'spool_full');
    expect(collector.status()).toMatchObject([{ received: taken, dropped: 1, is_full: true }]);
    expect((await collector.server.inject('/ready')).statusCode).toBe(503);
    await store.restart();
    await until(() => collector.status()[0]?.spool_bytes === 0);
    expect((await valuesOf()).filter((value) => value >= 1_000)).toHaveLength(taken);
    await close();
  });

  it('stores what a collector that ended left in its spool, once', { timeout: 60_000 }, async () => {
    const first = readingSource();
    const one = await startTestCollector(store, [first], { limits: { linger_ms: 5 } });
    for (let value = 10_000; value < 10_300; value += 1) {
      first.take(String(value));
      if (value % 20 === 0) await sleep(3);
    }
    // as after a kill: another one reads the same folder from its beginning while all of it is stored, or half
    const two = await startTestCollector(store, [readingSource()], { folder: one.folder });
    await one.close();
    await until(() => two.collector.status()[0]?.spool_bytes === 0);
    await two.close();
    const stored = (await valuesOf()).filter((value) => value >= 10_000);
    expect(stored).toEqual(Array.from({ length: 300 }, (_, index) => 10_000 + index));
  });
});
