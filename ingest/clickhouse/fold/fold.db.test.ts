import { TupleParam } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clipPauses, latest } from '../../dossier/dossier-clock.ts';
import { foldDossier } from '../../dossier/fold.ts';
import { OUTCOMES } from '../../dossier/outcome.ts';
import { RULE_IDS, RULE_SETS, type RuleId } from '../../dossier/rules.ts';
import { createWorkingTime } from '../../dossier/working-time.ts';
import { startTestStore, type TestStore } from '../test-store.ts';
import { DossierRowSchema, type DossierRow } from './dossier-row.ts';
import { clickhouseLiveDossiers, GROUP_COLUMNS } from './live-dossiers.ts';
import { bucketOf } from './place.ts';
import {
  chances,
  history,
  HISTORY_SPAN_MS,
  HISTORY_START,
  insertHistories,
  shuffled,
  type HistoryRow,
} from './test-histories.ts';

const COUNT = 2_500;
const chance = chances(20_261_121);
const terms = {
  limit: null,
  time: createWorkingTime({ name: { vi: '', en: '' }, zone: 'Asia/Ho_Chi_Minh', hours: {}, years: [] }),
};

let store: TestStore;
const histories = new Map<string, HistoryRow[]>();
beforeAll(async () => {
  store = await startTestStore();
  for (let number = 0; number < COUNT; number += 1) {
    const rows = history(number, chance);
    histories.set(rows[0]?.dossier_id ?? '', rows);
  }
  await insertHistories(store.writer, shuffled([...histories.values()].flat(), chance));
});
afterAll(() => store.close());

async function rowsOf(relation: string): Promise<Map<string, DossierRow>> {
  const reply = await store.owner.query({ query: `SELECT * FROM ${relation}`, format: 'JSONEachRow' });
  const rows = z.array(DossierRowSchema).parse(await reply.json());
  return new Map(rows.map((row) => [row.dossier_id, row]));
}

describe('history.dossier', () => {
  it(`is the fold, column by column, of ${COUNT} random histories that came in any order and repeated`, async () => {
    const rows = await rowsOf('history.dossier');
    expect(rows.size).toBe(COUNT);
    for (const [dossier, events] of histories) {
      const state = foldDossier(events);
      const since = latest(state.accepted_at, state.due_since);
      const ended = state.pauses.filter((pause) => pause.to !== null);
      const derived = {
        waited_ms: clipPauses(ended, since, Infinity).reduce((sum, { from, to }) => sum + to - from, 0),
        first_observed_at: Math.min(...events.map((event) => event.observed_at)),
        last_observed_at: Math.max(...events.map((event) => event.observed_at)),
        events: new Set(events.map((event) => event.event_key)).size,
      };
      expect(rows.get(dossier)).toMatchObject({ ...state, ...derived });
    }
  });

  it('says under both rule sets, at any instant, what they judge', async () => {
    const seen = new Set<string>();
    for (const [dossier, row] of await rowsOf('history.dossier')) {
      const state = foldDossier(histories.get(dossier) ?? []);
      for (const rule of RULE_IDS) {
        const judged = instantsOf(row, rule).map((at) => RULE_SETS[rule].judge(state, at, terms));
        const told = instantsOf(row, rule).map((at) => outcomeAt(row, rule, at));
        expect([dossier, rule, told]).toEqual([dossier, rule, judged.map(({ outcome }) => outcome)]);
        const on_time = judged[0]?.on_time ?? null;
        if (row.closed !== null) expect(row[`on_time_${rule}`]).toBe(on_time === null ? null : Number(on_time));
        for (const outcome of told) seen.add(`${rule} ${outcome}`);
      }
    }
    // every outcome was met under both rules
    expect(seen.size).toBe(2 * OUTCOMES.length);
  });
});

/** Instants around which the outcome changes, none before the last that is known of it: what is later has not happened yet. */
function instantsOf(row: DossierRow, rule: RuleId): number[] {
  const base = row[`overdue_from_${rule}`] ?? row.due_at ?? HISTORY_START;
  const soon = row[`soon_from_${rule}`] ?? base;
  return [base - 1, base, soon - 1, soon, base + HISTORY_SPAN_MS].map((at) => Math.max(row.last_observed_at, at));
}

/** What the comment in 0003_dossier.sql says of an instant. */
function outcomeAt(row: DossierRow, rule: RuleId, at: number): string {
  const overdue = row[`overdue_from_${rule}`];
  const soon = row[`soon_from_${rule}`];
  if (overdue !== null && at >= overdue) return 'open_overdue';
  if (row[`outcome_${rule}`] !== 'open') return row[`outcome_${rule}`];
  return soon !== null && at >= soon ? 'open_due_soon' : 'open_in_time';
}

describe('live.dossier', () => {
  it('is history.dossier, whatever was folded first, twice, or beside itself, and the open ones are those not ended', async () => {
    const live = clickhouseLiveDossiers(store.writer, Date.now);
    const places = shuffled(
      [...histories.values()].flatMap(([first]) => first ?? []),
      chance,
    );
    await live.refoldReceived(Infinity);
    // more happens, also to dossiers that had ended or are open again
    for (let number = 0; number < COUNT; number += 40) {
      const [place] = histories.get(places[number]?.dossier_id ?? '') ?? [];
      const [more] = history(COUNT + number, chance);
      if (place && more)
        await insertHistories(store.writer, [{ ...more, unit_path: place.unit_path, dossier_id: place.dossier_id, opened_on: place.opened_on }], 1); // prettier-ignore
    }
    const parts = [0, 1, 2, 3].map((part) => places.filter((_, at) => at % 4 === part || at % 7 === 0));
    await Promise.all(
      parts.map(async (part) => {
        await live.refold(part);
        await live.count(part.map(bucketOf));
      }),
    );
    for (const relation of ['dossier', 'dossier_open']) {
      const kept = await rowsOf(`live.${relation}`);
      expect(kept.size).toBeGreaterThan(0);
      expect(kept).toEqual(await rowsOf(`history.${relation}`));
    }
    const groups = async (relation: string) => {
      const query = `SELECT * EXCEPT ('groups.*'), group FROM ${relation}
        ARRAY JOIN arrayZip(${GROUP_COLUMNS.map((name) => `groups.${name}`).join(', ')}) AS group ORDER BY ALL`;
      return (await store.owner.query({ query, format: 'JSONEachRow' })).json();
    };
    for (const relation of ['dossier_tally', 'dossier_total'])
      expect(await groups(`live.${relation}`)).toEqual(await groups(`history.${relation}`));
  });

  it('reads by key only the dossiers that are folded', async () => {
    const [first] = [...histories.values()][0] ?? [];
    const reply = await store.owner.query({
      query: `EXPLAIN indexes = 1 SELECT status FROM history.dossier WHERE (unit_path, dossier_id) IN {places:Array(Tuple(String, String))} AND opened_on IN {days:Array(Date)}`,
      query_params: { places: [new TupleParam([first?.unit_path, first?.dossier_id])], days: [first?.opened_on] },
      format: 'TabSeparated',
    });
    expect(await reply.text()).toMatch(/Keys:\s+opened_on[\s\S]+Keys:\s+unit_path\s+dossier_id/);
  });
});
