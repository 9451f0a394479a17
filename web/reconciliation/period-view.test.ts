// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { kindOf, PERIOD_KINDS, periodAfter, periodAs, periodOf, periodWords, readPeriod } from './period-view.ts';

const ALL = ['2026', '2026-H2', '2026-Q4', '2026-11', '2026-11-21'];

describe('a period', () => {
  it('is read from an address, and nothing else is', () => {
    expect(ALL.map((text) => readPeriod(text))).toEqual(ALL);
    for (const text of [undefined, '', '26', '2026-13', '2026-Q5', '2026-H3', '2026-02-30', '2026-11-'])
      expect(readPeriod(text)).toBeUndefined();
    expect(ALL.map(kindOf)).toEqual(['year', 'half', 'quarter', 'month', 'day']);
  });

  it('is followed by the next of its kind', () => {
    expect(ALL.map((period) => periodAfter(period, 1))).toEqual([
      '2027',
      '2027-H1',
      '2027-Q1',
      '2026-12',
      '2026-11-22',
    ]);
    expect(['2026', '2026-H1', '2026-Q1', '2026-01', '2024-03-01'].map((period) => periodAfter(period, -1))).toEqual([
      ...['2025', '2025-H2', '2025-Q4', '2025-12', '2024-02-29'],
    ]);
  });

  it('becomes one of another kind, and is that of an instant', () => {
    expect(PERIOD_KINDS.map((kind) => periodAs('2026-Q4', kind))).toEqual([
      ...['2026-10', '2026-Q4', '2026-H2', '2026', '2026-10-01'],
    ]);
    // half past midnight in Hà Nội
    expect(periodOf(Date.parse('2026-06-30T17:30:00Z'), 'half', 'Asia/Ho_Chi_Minh')).toBe('2026-H2');
  });

  it('is said in words', () => {
    expect(periodWords('2026-H2')).toEqual({
      key: 'half_2',
      values: { year: 2026, quarter: 3, month: '07', day: '01' },
    });
    expect(periodWords('2026-11')).toMatchObject({ key: 'month', values: { year: 2026, month: '11' } });
  });
});
