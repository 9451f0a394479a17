import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { DossierRowSchema } from '#ingest/clickhouse/fold/dossier-row.ts';
import {
  chances,
  history,
  HISTORY_SPAN_MS,
  HISTORY_START,
  insertHistories,
  shuffled,
} from '#ingest/clickhouse/fold/test-histories.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { foldDossier } from '#ingest/dossier/fold.ts';
import { aim } from './lens.ts';

const COUNT = 2_000;
const INSTANTS = 12;
const chance = chances(49);
const histories = Array.from({ length: COUNT }, (_, number) => history(number, chance));

let db: TestStore;
beforeAll(async () => {
  db = await startTestStore();
  await insertHistories(db.writer, shuffled(histories.flat(), chance));
});
afterAll(() => db.close());

it('tells of every dossier what was, and what was known, at any instant: the fold of what the lens lets through', async () => {
  for (let turn = 0; turn < INSTANTS; turn += 1) {
    const at = HISTORY_START + chance(HISTORY_SPAN_MS);
    const known_at = turn % 3 === 0 ? null : HISTORY_START + chance(2 * HISTORY_SPAN_MS);
    const { settings } = aim({ scope: '/H49/', at, known_at }, Date.now());
    const reply = await db.reader.query({
      query: 'SELECT * FROM dossier',
      format: 'JSONEachRow',
      clickhouse_settings: settings,
    });
    const rows = new Map(
      z
        .array(DossierRowSchema)
        .parse(await reply.json())
        .map((row) => [row.dossier_id, row]),
    );
    const expected = new Map(
      histories
        .map((events) =>
          events.filter((event) => event.observed_at <= at && event.received_at <= (known_at ?? Infinity)),
        )
        .flatMap((events) => (events[0] ? [[events[0].dossier_id, foldDossier(events)] as const] : [])),
    );
    expect([...rows.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [dossier, state] of expected) expect(rows.get(dossier)).toMatchObject(state);
  }
});
