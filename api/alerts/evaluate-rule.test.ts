import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../contract.ts';
import { stateAfter, type Known } from './condition.oracle.ts';
import { ERROR_FOR_MS, ERROR_KEY, evaluateRule, keyOf, type Instances } from './evaluate-rule.ts';
import { answerOf, stateOf, testRule } from './test-rule.ts';

const MINUTE_MS = 60_000;

describe('one evaluation', () => {
  it('gives an instance its labels, value, text and unit, and the gravest step that is true', () => {
    const when = [{ severity: 'critical', below: 10 }, { severity: 'medium', column: 'other', above: 5 }, { severity: 'low', below: 100 }] as const; // prettier-ignore
    const rule = testRule({ when: [...when], unit: 'unit', text: 'name', labels: { team: 'trực' } });
    const rows: Cell[][] = [['a', 5, 9, 'H49.02'], ['b', 50, 9, ''], ['c', null, null, ''], ['d', 200, null, '']]; // prettier-ignore
    const { moves, after } = evaluateRule(rule, new Map(), { columns: ['name', 'value', 'other', 'unit'], rows }, 1000);
    expect(moves).toEqual([
      { key: '[["name","a"]]', labels: { team: 'trực', name: 'a' }, value: 5, text: 'a', unit: 'H49.02', moved: 'firing', severity: 4, onset_at: 1000 },
      { key: '[["name","b"]]', labels: { team: 'trực', name: 'b' }, value: 50, text: 'b', unit: undefined, moved: 'firing', severity: 2, onset_at: 1000 },
    ]); // prettier-ignore
    expect(after.size).toBe(2);
  });

  it('tells a change of severity, and of two rows of one instance keeps the graver', () => {
    const rule = testRule({
      when: [
        { severity: 'critical', below: 10 },
        { severity: 'low', below: 100 },
      ],
    });
    const one = evaluateRule(rule, new Map(), answerOf({ a: 50 }), 0);
    const two = evaluateRule(rule, one.after, { ...answerOf({}), rows: [['a', 50, null, ''], ['a', 5, null, ''], ['a', 60, null, '']] }, 1); // prettier-ignore
    expect(two.moves.map(({ moved, severity, onset_at }) => [moved, severity, onset_at])).toEqual([['firing', 4, 0]]);
    expect(evaluateRule(rule, two.after, answerOf({ a: 5 }), 2).moves).toEqual([]);
  });

  it('leaves instances as they are when the query fails, and is an alert of its own when it goes on failing', () => {
    const rule = testRule();
    const before = evaluateRule(rule, new Map(), answerOf({ a: 5 }), 0).after;
    const failed = evaluateRule(rule, before, 'failed', 1000);
    expect(stateOf(failed.after, 'a')).toBe('firing');
    expect(failed.after.get(ERROR_KEY)?.condition?.state).toBe('pending');
    const later = evaluateRule(rule, failed.after, 'failed', 1000 + ERROR_FOR_MS);
    expect(later.moves).toMatchObject([{ key: ERROR_KEY, labels: { alert_of: 'query' }, moved: 'error' }]);
    expect(keyOf(rule, later.moves[0]?.labels ?? {})).toBe(ERROR_KEY);
    const back = evaluateRule(rule, later.after, answerOf({ a: 5 }), 2000 + ERROR_FOR_MS);
    expect(back.moves).toMatchObject([{ key: ERROR_KEY, moved: 'resolved' }]);
    expect(evaluateRule(testRule({ error: 'keep' }), before, 'failed', 1000)).toEqual({ after: before, moves: [] });
  });

  it('keeps the severity of what goes missing, and ends what is told apart otherwise now', () => {
    const rule = testRule({ no_data: 'alert', when: [{ severity: 'critical', below: 10 }, { severity: 'low', below: 100 }] }); // prettier-ignore
    const before = evaluateRule(rule, new Map(), answerOf({ a: 5, b: 500 }), 0).after;
    const gone = evaluateRule(rule, before, answerOf({ b: null }), 1);
    expect(gone.moves.map(({ key, moved, severity }) => [key, moved, severity])).toEqual([
      ['[["name","b"]]', 'no_data', 1],
      ['[["name","a"]]', 'no_data', 4],
    ]);
    const changed = evaluateRule({ ...rule, by: ['unit'] }, gone.after, answerOf({}), 2);
    expect(changed.moves.map(({ moved }) => moved)).toEqual(['resolved', 'resolved']);
    expect(changed.after.size).toBe(0);
  });

  it('knows the one instance of a rule that tells none apart, even when no row ever was', () => {
    const rule = testRule({ by: [], no_data: 'alert' });
    const { moves } = evaluateRule(rule, new Map(), answerOf({}), 0);
    expect(moves).toMatchObject([{ key: '[]', moved: 'no_data' }]);
    expect(evaluateRule({ ...rule, no_data: 'normal' }, new Map(), answerOf({}), 0).moves).toEqual([]);
  });
});

const value = fc.constantFrom<number | null | 'gone'>(50, 50, 150, 150, null, 'gone');
const happening = fc.record({
  wait: fc.constantFrom(1_000, MINUTE_MS, MINUTE_MS, 5 * MINUTE_MS),
  what: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'failed', 'unscheduled'),
  isRestarted: fc.boolean(),
  a: value,
  b: value,
});
const duration = fc.constantFrom('0s', '1s', '1m', '2m', '7m');

it('comes to the same states as the slow way, whatever comes, fails, is off duty or restarts, in 2,000 histories', () => {
  fc.assert(
    fc.property(
      fc.record({ for: duration, keep_firing_for: duration, no_data: fc.constantFrom('normal', 'keep', 'alert'), error: fc.constantFrom('keep', 'alert') }), // prettier-ignore
      fc.array(happening, { minLength: 1, maxLength: 30 }),
      (policy, happenings) => {
        const rule = testRule(policy);
        const timing = { for_ms: rule.for, keep_ms: rule.keep_firing_for };
        const ofQuery = { for_ms: Math.max(rule.for, ERROR_FOR_MS), keep_ms: 0 };
        const histories: Record<'a' | 'b' | 'query', Known[]> = { a: [], b: [], query: [] };
        const isMissing = { a: false, b: false };
        let tracked = new Set<string>();
        let instances: Instances = new Map();
        const folded = new Map<string, string>();
        let at = Date.UTC(2026, 10, 18);
        for (const { wait, what, isRestarted, ...values } of happenings) {
          at += wait;
          if (isRestarted) {
            // what was written down comes back, by the labels that were written with it
            const kept = [...instances.values()].filter(({ condition }) => condition !== undefined);
            instances = new Map(kept.map((one) => [keyOf(rule, one.labels), { ...one }]));
            tracked = new Set([...tracked].filter((name) => stateOf(instances, name) !== 'normal'));
          }
          for (const name of ['a', 'b'] as const) {
            const seen = values[name];
            const isGone = seen === null || seen === 'gone';
            const isUnknown = what !== 'answer' || (isGone && (policy.no_data === 'keep' || (seen === 'gone' && !tracked.has(name)))); // prettier-ignore
            const holds = isGone ? policy.no_data === 'alert' : seen < 100;
            histories[name].push({ at, holds: isUnknown ? 'unknown' : holds });
            if (!isUnknown) isMissing[name] = isGone;
            if (what === 'answer' && seen !== 'gone') tracked.add(name);
          }
          const query = policy.error === 'keep' && what === 'failed' ? 'unknown' : what === 'failed';
          histories.query.push({ at, holds: what === 'unscheduled' ? 'unknown' : query });
          const rows = Object.fromEntries(Object.entries(values).flatMap(([name, seen]) => (seen === 'gone' ? [] : [[name, seen]]))); // prettier-ignore
          const { after, moves } = evaluateRule(rule, instances, what === 'failed' ? 'failed' : answerOf(rows), at, what !== 'unscheduled'); // prettier-ignore
          instances = after;
          for (const { key, moved } of moves) folded.set(key, moved === 'resolved' ? 'normal' : moved);
          for (const name of ['a', 'b'] as const) {
            const expected = stateAfter(histories[name], timing);
            const state = expected.state === 'firing' && isMissing[name] ? 'no_data' : expected.state;
            expect(stateOf(instances, name)).toBe(state);
            const key = keyOf(rule, { name });
            expect(instances.get(key)?.condition?.onset_at ?? null).toBe(expected.onset_at);
            // what was told, folded, is the state: nothing is told twice and nothing is left out
            expect(folded.get(key) ?? 'normal').toBe(state);
          }
          const { state } = stateAfter(histories.query, ofQuery);
          expect(instances.get(ERROR_KEY)?.condition?.state ?? 'normal').toBe(state === 'firing' ? 'error' : state);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
