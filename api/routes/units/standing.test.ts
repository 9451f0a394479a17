import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StandingFigures } from '../../contract-units.ts';
import { testProvince } from '../../test-boards.ts';
import { NO_FIGURES, peersOf, pointsOf, ranksOf, readCauses, readFigures } from './standing.ts';

const figures = (change: Partial<StandingFigures>): StandingFigures => ({ ...NO_FIGURES, ...change });

describe('the standing of a unit', () => {
  it('compares it with units of its kind under its own parent', () => {
    const { units } = testProvince();
    const codes = units.units.map((unit) => [unit.code, peersOf(unit, units).map(({ code }) => code)]);
    expect(Object.fromEntries(codes)).toEqual({
      H49: [],
      'H49.01': ['H49.02'],
      'H49.02': ['H49.01'],
      'H49.01.01': ['H49.01.02'],
      'H49.01.02': ['H49.01.01'],
    });
  });

  it('ranks the best first, lets equals share a place, and leaves out those without a figure', () => {
    const others = [
      figures({ overdue_share: 5 }),
      figures({ overdue_share: 10 }),
      figures({}),
      figures({ median_ms: 9 }),
    ];
    const ranks = ranksOf(figures({ overdue_share: 10, on_time_share: 90 }), others);
    expect(ranks.overdue_share).toEqual({ place: 2, of: 3 });
    expect([ranks.on_time_share, ranks.median_ms, ranks.early_share]).toEqual([null, null, null]);
  });

  it('has no share of nothing', () => {
    const columns = ['path', 'open', 'overdue', 'ended', 'late', 'early', 'median_ms'];
    const read = readFigures({ columns, rows: [['', 4, 1, 0, 0, 0, null]] });
    expect(read.get('')).toMatchObject({ overdue_share: 25, on_time_share: null, early_share: null, median_ms: null });
  });

  it('breaks the difference from the province into points that add up to it', () => {
    const part = fc.record({ of: fc.integer({ min: 1, max: 500 }), late: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (parts, reference) => {
          const rows = parts.map(({ of, late }) => ({ of, bad: Math.round(of * late) }));
          const all = rows.reduce((sum, { of }) => sum + of, 0);
          const bad = rows.reduce((sum, row) => sum + row.bad, 0);
          const points = rows.reduce((sum, row) => sum + pointsOf(row, all, reference), 0);
          expect(points).toBeCloseTo((100 * bad) / all - reference, 6);
        },
      ),
    );
  });

  it('names at most five causes of a kind, the worst first, and only what is worse than the province', () => {
    const columns = ['kind', 'key', 'label', 'of', 'bad'];
    const rows = [1, 2, 3, 4, 5, 6, 7].map((n) => ['overdue_procedure', `P${n}`, `Thủ tục ${n}`, 10, n]);
    const own = figures({ open: 70, overdue: 28, overdue_share: 40 });
    const causes = readCauses({ columns, rows }, own, figures({ overdue_share: 20 }));
    expect(causes.overdue_procedure.map(({ key }) => key)).toEqual(['P7', 'P6', 'P5', 'P4', 'P3']);
    expect(causes.overdue_procedure[0]?.points).toBeCloseTo(50 / 7);
    expect(causes.late_procedure).toEqual([]);
  });
});
