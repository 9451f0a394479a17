import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoldEvent } from './event-order.ts';
import { foldDossier } from './fold.ts';
import { OUTCOMES } from './outcome.ts';
import { OUTCOME_NAMES, RULE_IDS, RULE_SETS } from './rules.ts';
import { createWorkingTime } from './working-time.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00+07:00');
const office: [string, string][] = [['08:00', '16:00']];
const time = createWorkingTime({
  name: { vi: 'Lịch thử', en: 'Test calendar' },
  zone: 'Asia/Ho_Chi_Minh',
  hours: { '1': office, '2': office, '3': office, '4': office, '5': office },
  years: [],
});
const matter = {
  procedure_code: '',
  procedure_name: '',
  field_code: '',
  field_name: '',
  channel: 0,
  applicant_kind: 0,
};
const place = { handler_path: '', handler: '', step_holder: '', simulated: 0 as const, source: 'a' };
const turnArb = fc.tuple(fc.nat(200), fc.nat(10), fc.option(fc.nat(200)));
const historyArb = fc.array(turnArb, { maxLength: 9 }).map((turns) =>
  turns.map(([hour, status, due], index): FoldEvent => ({
    event_key: String(index),
    observed_at: START + hour * HOUR,
    received_at: START,
    status,
    due_at: due === null ? null : START + due * HOUR,
    ...matter,
    ...place,
  })),
);
const limitArb = fc.constantFrom(null, { kind: 'working_days' as const, amount: 3 });
/** How far the lateness of an open dossier has gone; it only goes on. */
const STAGES = ['open_in_time', 'open_due_soon', 'open_overdue'];

describe.each(RULE_IDS)('rule set %s', (id) => {
  const { judge } = RULE_SETS[id];

  it('judges as it says: late and overdue are not in time, early and on time are', () => {
    fc.assert(
      fc.property(historyArb, limitArb, fc.nat(400), (history, limit, hour) => {
        const { outcome, on_time } = judge(foldDossier(history), START + hour * HOUR, { time, limit });
        if (outcome === 'finished_late' || outcome === 'open_overdue') expect(on_time).toBe(false);
        if (['finished_early', 'finished_on_time', 'open_in_time', 'open_due_soon', 'paused'].includes(outcome)) {
          expect(on_time).not.toBe(false);
        }
        if (outcome === 'waiting' || outcome === 'unknown') expect(on_time).toBeNull();
      }),
      { numRuns: 3_000 },
    );
  });

  it('never takes lateness back while nothing happens', () => {
    fc.assert(
      fc.property(historyArb, limitArb, fc.nat(200), fc.nat(200), (history, limit, hour, later) => {
        const state = foldDossier(history);
        const at = START + (200 + hour) * HOUR;
        const first = judge(state, at, { time, limit }).outcome;
        const second = judge(state, at + later * HOUR, { time, limit }).outcome;
        if (STAGES.includes(first)) expect(STAGES.indexOf(second)).toBeGreaterThanOrEqual(STAGES.indexOf(first));
        else expect(second).toBe(first);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('rule sets', () => {
  it('agree on what was not late by the stricter one, without waiting and with a promise', () => {
    fc.assert(
      fc.property(fc.nat(150), fc.nat(150), (due, finish) => {
        const event = { received_at: START, ...matter, ...place };
        const state = foldDossier([
          { ...event, event_key: 'a', observed_at: START, status: 2, due_at: START + due * HOUR },
          { ...event, event_key: 'b', observed_at: START + finish * HOUR, status: 9, due_at: null },
        ]);
        const strict = RULE_SETS['766'].judge(state, START + 500 * HOUR, { time, limit: null });
        const local = RULE_SETS.province.judge(state, START + 500 * HOUR, { time, limit: null });
        if (strict.on_time === true) expect(local).toEqual(strict);
      }),
    );
  });

  it('have a name and a definition in both languages, and a name for each outcome', () => {
    for (const id of RULE_IDS) {
      const { name, definition } = RULE_SETS[id];
      for (const text of [name.vi, name.en]) expect(text.length).toBeGreaterThan(2);
      for (const text of [definition.vi, definition.en]) expect(text.length).toBeGreaterThan(200);
    }
    expect(Object.keys(OUTCOME_NAMES).sort()).toEqual([...OUTCOMES].sort());
  });
});
