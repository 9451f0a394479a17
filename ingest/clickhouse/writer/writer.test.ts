import { ClickHouseError } from '@clickhouse/client';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../event-log.ts';
import { KnownEvents } from '../known/known-events.ts';
import type { Lookup } from '../known/lookup.ts';
import { idsOfReadings, readingEntry, readingRow } from '../test-rows.ts';
import { isRetryable, type BatchStore } from './store.ts';
import { NotStoredError } from './insert.ts';
import { Writer, WRITER_LIMITS, type WriterLimits } from './writer.ts';

/** How the store answers an attempt: `lost` stores nothing, `unheard` stores and then breaks the connection, `refused` for good. */
type Behaviour = 'stored' | 'lost' | 'unheard' | 'refused';

const LIMITS: WriterLimits = {
  ...WRITER_LIMITS,
  ...{ batch_rows: 5, quick_rows: 3, linger_ms: [1, 1], inserts: 2, queue_rows: 30, retry_ms: [0, 1] },
};

const networkError = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** A store in memory that leaves a repeated token out, as ClickHouse does. */
function fakeStore(behaviours: readonly Behaviour[]) {
  const tokens = new Map<string, string>();
  const stored: string[] = [];
  let attempt = 0;
  let refolds = 0;
  const keep = (rows: Buffer, token: string) => {
    const bytes = rows.toString('hex');
    if (tokens.has(token)) expect(tokens.get(token)).toBe(bytes);
    else stored.push(...idsOfReadings(rows));
    tokens.set(token, bytes);
  };
  const store: BatchStore = {
    insert: async (_log, rows, token) => {
      const behaviour = behaviours[attempt] ?? 'stored';
      attempt += 1;
      if (attempt % 3 === 0) await sleep(1);
      if (behaviour === 'stored' || behaviour === 'unheard') keep(rows, token);
      if (behaviour === 'refused')
        throw new ClickHouseError({ code: '60', message: 'no table', type: 'UNKNOWN_TABLE' });
      if (behaviour !== 'stored') throw networkError();
    },
    refold: () => {
      refolds += 1;
      return refolds % 2 === 1 ? Promise.reject(networkError()) : Promise.resolve();
    },
  };
  return { store, stored, refolds: () => refolds };
}

/** A writer with its memory before a fake store. */
function startLog(behaviours: readonly Behaviour[]) {
  const { store, stored } = fakeStore(behaviours);
  const known = new KnownEvents(() => 0, { slots: 1_024 });
  const writer = new Writer({ store, limits: LIMITS, onSettled: (_log, { keys }) => known.add(keys) });
  const ask: Lookup['byKey'] = async (_family, keys) => {
    await sleep(1);
    const held = new Set(stored.map((id) => readingRow(id, 0).event_key));
    return new Set(keys.filter((key) => held.has(key)));
  };
  const byPlace: Lookup['byPlace'] = (family, places) =>
    ask(
      family,
      places.map((place) => place.event_key),
    );
  return { stored, writer, log: new EventLog({ writer, known, lookup: { byPlace, byKey: ask } }) };
}

const behaviour = fc.constantFrom<Behaviour[]>('stored', 'lost', 'unheard', 'refused');
const request = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 });

describe('the writer', () => {
  it(
    'stores every acknowledged event once, whatever fails and whatever is sent again',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(behaviour, { maxLength: 30 }),
          fc.array(request, { maxLength: 12 }),
          async (ways, sent) => {
            const { log, stored } = startLog(ways);
            const acknowledged = new Set<string>();
            const send = async (ids: readonly number[]) => {
              const entries = ids.map((id) => readingEntry(`event ${id}`, id));
              for (let attempt = 0; attempt < 60; attempt += 1) {
                const put = await log.put(entries);
                const failure = await put.stored.then(
                  () => undefined,
                  (error: unknown) => error,
                );
                if (failure === undefined) {
                  for (const { row } of entries) {
                    expect(stored).toContain(row.id);
                    acknowledged.add(row.id);
                  }
                  return;
                }
                expect(failure).toBeInstanceOf(NotStoredError);
              }
              throw new Error('never acknowledged');
            };
            await Promise.all(sent.map(send));
            expect([...stored].sort()).toEqual([...acknowledged].sort());
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('counts an event as new once in all requests that bring it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 8 }), async (sent) => {
        const { log } = startLog([]);
        const puts = await Promise.all(sent.map((ids) => log.put(ids.map((id) => readingEntry(`event ${id}`, id)))));
        await Promise.all(puts.map((put) => put.stored));
        const news = puts.flatMap((put) => put.isNew).filter(Boolean).length;
        expect(news).toBe(new Set(sent.flat()).size);
      }),
      { numRuns: 60 },
    );
  });

  it('says that it is full before it takes more than it may hold, and takes any one request when it is empty', async () => {
    const { writer } = startLog(Array.from({ length: 50 }, () => 'lost'));
    expect(writer.isFull(1_000)).toBe(false);
    for (let id = 0; id < 30; id += 1) writer.add('reading', readingRow(`event ${id}`, id), `key ${id}`);
    expect(writer.rows).toBe(30);
    expect(writer.isFull(1)).toBe(true);
    await writer.drain(5_000);
    expect(writer.rows).toBe(0);
    expect(writer.isFull(1)).toBe(false);
  });

  it('folds once more after an insert that had to be repeated, before anybody hears of it, and after no other', async () => {
    const { store, stored, refolds } = fakeStore(['stored', 'unheard']);
    const writer = new Writer({ store, limits: LIMITS });
    await writer.add('reading', readingRow('event 1', 1), 'key 1').stored;
    expect(refolds()).toBe(0);
    await writer.add('reading', readingRow('event 2', 2), 'key 2').stored;
    // the first folding failed, so that all was done again
    expect(refolds()).toBe(2);
    expect(stored).toEqual(['event 1', 'event 2']);
  });

  it('gives up what is not stored when the time to drain is over, and does not acknowledge it', async () => {
    const { writer, log } = startLog(Array.from({ length: 100_000 }, () => 'lost'));
    const put = await log.put([readingEntry('event', 1)]);
    const outcome = put.stored.catch((error: unknown) => error);
    await writer.drain(30);
    expect(await outcome).toBeInstanceOf(NotStoredError);
    expect(writer.rows).toBe(0);
  });

  it('tries again by class and code, never by text', () => {
    const answered = (code: string) => new ClickHouseError({ code, message: 'timeout', type: 'X' });
    expect([answered('252'), answered('241'), networkError(), new Error('x')].map(isRetryable)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([answered('60'), answered('27'), new TypeError('x')].map(isRetryable)).toEqual([false, false, false]);
  });
});
