import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepsBy } from './steps.ts';

const MINUTE = 60_000;
const pace = { every: 5 * MINUTE, catch_up: 60 * MINUTE };
const at = (minutes: number) => minutes * MINUTE;

it('tells the newest step at first, then each that has passed', () => {
  expect(stepsBy(at(1002), { ...pace, told_at: null })).toEqual([at(1000)]);
  expect(stepsBy(at(1004), { ...pace, told_at: at(1000) })).toEqual([]);
  expect(stepsBy(at(1016), { ...pace, told_at: at(1000) })).toEqual([at(1005), at(1010), at(1015)]);
});

it('leaves out what is older than may be caught up with', () => {
  expect(stepsBy(at(2001), { ...pace, told_at: at(1000) })).toEqual([at(1945), ...[...Array(11).keys()].map((n) => at(1950 + 5 * n))]); // prettier-ignore
});

it('whatever the pace: on whole steps, in order, none before the last, none in the future', () => {
  const times = fc.record({
    every: fc.integer({ min: 10_000, max: 3_600_000 }),
    catch_up: fc.integer({ min: 0, max: 86_400_000 }),
    now: fc.integer({ min: 1e12, max: 2e12 }),
    ago: fc.option(fc.integer({ min: -1e6, max: 1e8 }), { nil: null }),
  });
  fc.assert(
    fc.property(times, ({ every, catch_up, now, ago }) => {
      const told_at = ago === null ? null : Math.floor((now - ago) / every) * every;
      const steps = stepsBy(now, { every, catch_up, told_at });
      for (const [index, step] of steps.entries()) {
        expect(step % every).toBe(0);
        expect(step).toBeLessThanOrEqual(now);
        if (told_at !== null) expect(step).toBeGreaterThan(told_at);
        if (index > 0) expect(step - (steps[index - 1] ?? 0)).toBe(every);
      }
    }),
  );
});
