import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from './test-store.ts';

const RowsSchema = z.object({ data: z.array(z.array(z.union([z.number(), z.string(), z.null()]))) });
const START = Date.UTC(2026, 9, 1);
let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const stamp = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

/** Any event of any of a few dossiers: instants collide on purpose, and many events say nothing of status, promise or channel. */
const event = fc.record({
  dossier: fc.nat(40),
  step: fc.nat(30),
  late_ms: fc.nat(400_000_000),
  status: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
  due: fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined }),
  channel: fc.nat(3),
});

function row({ dossier, step, late_ms, status, due, channel }: typeof event extends fc.Arbitrary<infer T> ? T : never) {
  const observed = START + step * 3_600_000 + (step % 4) * 250;
  const key = `${dossier}-${step}-${status}-${due ?? ''}-${channel}`.split('').map((char) => char.charCodeAt(0).toString(16)).join(''); // prettier-ignore
  return {
    unit_path: dossier % 3 === 0 ? '/H49/?/' : `/H49/H49.0${1 + (dossier % 9)}/`,
    observed_at: stamp(observed),
    received_at: stamp(observed + late_ms),
    event_key: key
      .padStart(32, '0')
      .slice(-32)
      .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
    type: status === 0 || status === 4 ? 'dossier.step' : 'dossier.received',
    dossier_id: `H49.0${1 + (dossier % 9)}-${dossier}`,
    opened_on: dossier % 5 === 0 ? '1970-01-01' : `2026-0${7 + (dossier % 3)}-11`,
    status,
    due_at: due === undefined ? null : stamp(observed + due * 86_400_000 + 123),
    channel,
  };
}

async function rows(sql: string) {
  const reply = await store.owner.query({ query: sql, format: 'JSONCompact' });
  return RowsSchema.parse(await reply.json()).data;
}

async function empty(): Promise<void> {
  for (const table of [
    'log.dossier_event',
    'live.dossier_clock_state',
    'live.dossier_recent_event',
    'live.dossier_state',
  ])
    await store.owner.command({ query: `TRUNCATE TABLE ${table}` });
}

describe('dossier_clock and dossier_recent', () => {
  it('are the same kept and folded, whatever the order, the batches and the repeats', async () => {
    const batches = fc.array(fc.array(event, { minLength: 1, maxLength: 120 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), async (drawn, seed) => {
        await empty();
        const all = drawn.map((events) => events.map(row));
        const repeated = drawn[seed % drawn.length] ?? [];
        const again = repeated.map((one) => row({ ...one, late_ms: one.late_ms + 3_600_000 })).reverse();
        for (const values of [...all, again])
          await store.writer.insert({ table: 'log.dossier_event', values, format: 'JSONEachRow' });
        const byTime = 'ORDER BY observed_at, unit_path, event_key';
        const recent = await rows(`SELECT * FROM live.dossier_recent ${byTime}`);
        expect(await rows(`SELECT * FROM history.dossier_recent ${byTime}`)).toEqual(recent);
        const everything = 'ORDER BY opened_on, unit_path, dossier_id';
        const live = await rows(`SELECT * FROM live.dossier_clock ${everything}`);
        expect(live.length).toBeGreaterThan(0);
        expect(await rows(`SELECT * FROM history.dossier_clock ${everything}`)).toEqual(live);
        // and it says what the full relation says, to the second
        const full = await rows(
          `SELECT opened_on, unit_path, dossier_id, status, ifNull(toDateTime(due_at), toDateTime(4294967295, 'UTC')), ifNull(toDateTime(accepted_at), toDateTime(0, 'UTC')),
             if(status = 7, toDateTime(status_at), ifNull(toDateTime(finished_at), toDateTime(0, 'UTC'))), channel FROM live.dossier ${everything}`,
        );
        const columns = 'opened_on, unit_path, dossier_id, status, due_at, accepted_at, ended_at, channel';
        expect(await rows(`SELECT ${columns} FROM live.dossier_clock ${everything}`)).toEqual(full);
        expect(await rows('SELECT count() FROM live.dossier_clock WHERE ended_at > last_end_at')).toEqual([[0]]);
      }),
      { numRuns: 6 },
    );
  });

  it('keeps a promise beyond what it can hold from lapsing, and one before it from being lost', async () => {
    await empty();
    const base = row({ dossier: 1, step: 1, late_ms: 0, status: 2, due: undefined, channel: 1 });
    await store.writer.insert({
      table: 'log.dossier_event',
      values: [
        { ...base, dossier_id: 'far', due_at: '2299-01-01 00:00:00.000' },
        { ...base, dossier_id: 'none', event_key: base.event_key.replace('0', '1') },
        { ...base, dossier_id: 'past', event_key: base.event_key.replace('0', '2'), due_at: '1950-01-01 00:00:00.000' },
      ],
      format: 'JSONEachRow',
    });
    const lapsed = `SELECT dossier_id FROM live.dossier_clock WHERE due_at < toDateTime('2100-01-01 00:00:00', 'UTC')`;
    expect(await rows(lapsed)).toEqual([['past']]);
    expect(await rows(lapsed.replace('live', 'history'))).toEqual([['past']]);
  });
});
