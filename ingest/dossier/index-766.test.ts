import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTS_766 } from './index-766-parts.ts';
import { GRADES_766, gradeOf, pointsOfKeeping, reckon766, type Figures766, type Ratio } from './index-766.ts';

const pointsOf = (figures: Figures766, id: string) => reckon766(figures).parts.find((part) => part.id === id)?.points;
const full = (): Figures766 =>
  Object.fromEntries(PARTS_766.map(({ id }) => [id, id === '5.4' ? { part: 0, whole: 10 } : { part: 10, whole: 10 }]));

const ratio = fc.option(fc.record({ part: fc.nat(2_000), whole: fc.nat(1_500) }), { nil: null });
const anyFigures = fc.record(Object.fromEntries(PARTS_766.map(({ id }) => [id, ratio]))) satisfies fc.Arbitrary<
  Record<string, Ratio | null>
>;

describe('the index of decision 766', () => {
  it('gives 100 points for everything, in groups of 18, 20, 12 + 10, 22 and 18', () => {
    const { points, known, most, groups, grade } = reckon766(full());
    expect([points, known, most, grade]).toEqual([100, 100, 100, 'excellent']);
    expect(groups.map((group) => group.most)).toEqual([18, 20, 12, 10, 22, 18]);
  });

  it.each<[string, Figures766, number]>([
    ['2.1 in proportion', { '2.1': { part: 19, whole: 20 } }, 19],
    ['1.4 in proportion', { '1.4': { part: 1, whole: 2 } }, 3],
    ['3.1 below 80 %', { '3.1': { part: 40, whole: 100 } }, 1],
    ['3.1 at 80 %', { '3.1': { part: 80, whole: 100 } }, 2],
    ['3.1 above 80 %', { '3.1': { part: 95, whole: 100 } }, 2],
    ['3.2 in proportion', { '3.2': { part: 80, whole: 100 } }, 3.2],
    ['3.3 below 50 %', { '3.3': { part: 25, whole: 100 } }, 3],
    ['3.6 below 30 %', { '3.6': { part: 15, whole: 100 } }, 3],
    ['3.6 above 30 %', { '3.6': { part: 31, whole: 100 } }, 6],
    ['4.1 in proportion', { '4.1': { part: 80, whole: 100 } }, 4.8],
    ['4.2 below 80 %', { '4.2': { part: 40, whole: 100 } }, 2],
    ['4.3 below 80 %', { '4.3': { part: 20, whole: 100 } }, 0.5],
    ['4.3 at 0', { '4.3': { part: 0, whole: 100 } }, 0],
  ])('%s', (name, figures, points) => {
    expect(pointsOf(figures, name.slice(0, 3))).toBeCloseTo(points, 10);
  });

  it('multiplies online filing by the rate of synchronisation where that is known', () => {
    const figures = { '3.3': { part: 40, whole: 100 }, '1.4': { part: 1, whole: 2 } };
    expect(pointsOf(figures, '3.3')).toBeCloseTo(2.4, 10);
    expect(pointsOf({ ...figures, '1.4': { part: 0, whole: 0 } }, '3.3')).toBeCloseTo(4.8, 10);
  });

  it('takes overdue and complaints off satisfaction, full at 90 %, never below nothing, unknown without either', () => {
    const of = (late: number, complained: number) =>
      pointsOf({ '2.1': { part: 100 - late, whole: 100 }, '5.4': { part: complained, whole: 100 } }, '5.4');
    expect(of(5, 5)).toBeCloseTo(6, 10);
    expect(of(0, 5)).toBe(6);
    expect(of(30, 25)).toBeCloseTo(3, 10);
    expect(of(60, 50)).toBe(0);
    expect(pointsOf({ '5.4': { part: 1, whole: 100 } }, '5.4')).toBeNull();
    expect(pointsOf({ '2.1': { part: 1, whole: 100 } }, '5.4')).toBeNull();
  });

  it('is unknown, not 0, where nothing is known or the whole is 0', () => {
    expect(reckon766({})).toMatchObject({ points: null, known: 0, grade: null });
    expect(reckon766({ '2.1': { part: 0, whole: 0 }, '4.1': null })).toMatchObject({ points: null, known: 0 });
    expect(reckon766({ '2.1': { part: 0, whole: 9 } })).toMatchObject({ points: 0, known: 20, grade: 'weak' });
  });

  it('grades at 90, 80, 70 and 50 points, by the points that are known', () => {
    expect([90, 89.99, 80, 79.99, 70, 69.99, 50, 49.99].map(gradeOf)).toEqual(
      [0, 1, 1, 2, 2, 3, 3, 4].map((at) => GRADES_766[at]),
    );
    expect(reckon766({ '2.1': { part: 85, whole: 100 } }).grade).toBe('good');
  });

  it('stays between 0 and the most of each part, group and all; sums are sums', () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const { parts, groups, ...all } = reckon766(figures);
        for (const { points, most } of [...parts, ...groups])
          if (points !== null) expect(points >= 0 && points <= most + 1e-9).toBe(true);
        for (const { id, points } of parts) if ((figures[id]?.whole ?? 0) === 0) expect(points).toBeNull();
        const sumOf = (scores: readonly { points: number | null }[]) =>
          scores.reduce((sum, { points }) => sum + (points ?? 0), 0);
        expect(sumOf(groups)).toBeCloseTo(all.points ?? 0, 9);
        expect(sumOf(parts)).toBeCloseTo(all.points ?? 0, 9);
        expect((all.points ?? 0) <= all.known + 1e-9 && all.known <= 100).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives for keeping dossiers exactly what reckoning with them as kept gives', () => {
    fc.assert(
      fc.property(anyFigures, fc.nat(900), fc.nat(600), fc.nat(600), (figures, kept, late, more) => {
        const known = { ...figures, '2.1': { part: kept, whole: kept + late } };
        const gain = pointsOfKeeping(known, Math.min(more, late));
        if (kept + late === 0) {
          expect(gain).toBeNull();
          return;
        }
        const after = reckon766({ ...known, '2.1': { part: kept + Math.min(more, late), whole: kept + late } });
        expect((reckon766(known).points ?? 0) + (gain ?? 0)).toBeCloseTo(after.points ?? 0, 9);
        expect(gain).toBeGreaterThanOrEqual(0);
        expect(pointsOfKeeping(known, -more)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
    // a late one of a hundred: 0.2 of 2.1, and 1 % of the 6 points of 5.4 at 90 %, where it is below full marks
    const figures = { '2.1': { part: 70, whole: 100 }, '5.4': { part: 5, whole: 100 } };
    expect(pointsOfKeeping(figures, 1)).toBeCloseTo(0.2 + (0.01 / 0.9) * 6, 10);
    expect(pointsOfKeeping({ ...figures, '5.4': null }, 1)).toBeCloseTo(0.2, 10);
  });
});
