import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_CURVE,
  fateOf,
  forecastLate,
  mergeCurves,
  shareAt,
  SHARE_BINS,
  withFate,
  type Curve,
} from './forecast.ts';

const curveOf = (fates: readonly number[]): Curve => fates.reduce(withFate, EMPTY_CURVE);
const times = (count: number, fate: number): number[] => Array.from({ length: count }, () => fate);
const LATE = SHARE_BINS;

describe('the fate of a dossier', () => {
  const course = { accepted_at: 1_000, due_at: 2_000, ended_at: 1_500 };
  it.each([
    ['ended half-way', 1_500, 10],
    ['ended at once', 1_000, 0],
    ['ended before it was accepted', 500, 0],
    ['ended on the promised instant', 2_000, 19],
    ['ended a millisecond late', 2_001, LATE],
    ['open past its promise', null, LATE],
  ])('%s', (_, ended_at, fate) => expect(fateOf({ ...course, ended_at }, 9_000)).toBe(fate));

  it('is not known while its promise is ahead, not even when it has ended', () => {
    expect(fateOf(course, 2_000)).toBeNull();
    expect(fateOf(course, 2_001)).toBe(10);
  });

  it('is as of the instant: what ended later was open then', () =>
    expect(fateOf({ ...course, ended_at: 5_000 }, 3_000)).toBe(LATE));

  it('needs an acceptance and a promise after it', () => {
    expect(fateOf({ ...course, accepted_at: null }, 9_000)).toBeNull();
    expect(fateOf({ ...course, due_at: null }, 9_000)).toBeNull();
    expect(shareAt({ accepted_at: 5, due_at: 5 }, 9)).toBeNull();
  });
});

describe('a forecast', () => {
  it('counts those that were still open then, and how many of them ended late', () => {
    // 60 ended in the first half of their time, 17 in its last tenth, 31 late
    const all = curveOf([...times(60, 3), ...times(17, 18), ...times(31, LATE)]);
    expect(forecastLate(0.8, { all })).toMatchObject({ level: 'all', open: 48, late: 31 });
    expect(forecastLate(0.8, { all })?.probability).toBeCloseTo((31 + 0.5) / 49, 10);
    expect(forecastLate(0, { all })?.probability).toBeCloseTo((31 + 0.5) / 109, 10);
    expect(forecastLate(1, { all })).toMatchObject({ open: 31, late: 31 });
  });

  it('is 1 once the promise has passed, and nothing without any dossier to compare with', () => {
    expect(forecastLate(1.01, {})).toEqual({ probability: 1, level: 'passed', share: 1.01, open: 0, late: 0 });
    expect(forecastLate(0.5, {})).toBeNull();
    expect(forecastLate(0.5, { all: EMPTY_CURVE })).toBeNull();
  });

  it('goes by the narrowest group that says enough, and little by one that says little', () => {
    const all = curveOf([...times(900, 5), ...times(100, LATE)]);
    const few = curveOf([...times(1, 5), ...times(1, LATE)]);
    const many = curveOf([...times(200, 5), ...times(800, LATE)]);
    const byFew = forecastLate(0, { all, procedure_unit: few });
    expect(byFew).toMatchObject({ level: 'all', open: 1_000 });
    expect(byFew?.probability).toBeLessThan(0.15);
    const byMany = forecastLate(0, { all, procedure: many, procedure_unit: few });
    expect(byMany).toMatchObject({ level: 'procedure', open: 1_000, late: 800 });
    expect(byMany?.probability).toBeGreaterThan(0.75);
  });

  const fates = fc.array(fc.integer({ min: 0, max: LATE }), { minLength: 1, maxLength: 60 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('never falls while a dossier stays open, and stays between 0 and 1', () =>
    fc.assert(
      fc.property(fates, fates, share, share, (wide, narrow, one, other) => {
        const curves = { all: curveOf([...wide, ...narrow]), procedure: curveOf(narrow) };
        // of one group: between groups, those that are still open may change which group says more
        const alone = [Math.min(one, other), Math.max(one, other)].map(
          (x) => forecastLate(x, { all: curves.all })?.probability ?? 0.5,
        );
        for (const probability of [...alone, forecastLate(one, curves)?.probability ?? 0.5]) {
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
        }
        // without any late one, the fewer are left the less is known; the first prior then says more
        if (curves.all.late > 0) expect(alone[1]).toBeGreaterThanOrEqual((alone[0] ?? 0) - 1e-12);
      }),
    ));

  it('is the same from curves added up in parts', () =>
    fc.assert(
      fc.property(fates, fates, share, (one, other, x) => {
        expect(forecastLate(x, { all: mergeCurves(curveOf(one), curveOf(other)) })).toEqual(
          forecastLate(x, { all: curveOf([...one, ...other]) }),
        );
      }),
    ));
});
