import { describe, expect, it } from 'vitest';
import { monthOf, spanOfPeriod } from './period.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const iso = (period: string) => {
  const { since, until } = spanOfPeriod(period, ZONE);
  return [since, until].map((instant) => new Date(instant).toISOString());
};

describe('a period', () => {
  it.each([
    ['2019', '2018-12-31T17:00:00.000Z', '2019-12-31T17:00:00.000Z'],
    ['2026-H1', '2025-12-31T17:00:00.000Z', '2026-06-30T17:00:00.000Z'],
    ['2026-H2', '2026-06-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
    ['2026-Q4', '2026-09-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
    ['2024-02', '2024-01-31T17:00:00.000Z', '2024-02-29T17:00:00.000Z'],
    ['2024-02-29', '2024-02-28T17:00:00.000Z', '2024-02-29T17:00:00.000Z'],
  ])('%s is whole days of the province', (period, since, until) => expect(iso(period)).toEqual([since, until]));

  it('is refused for a day that there is not', () =>
    expect(() => spanOfPeriod('2026-02-30', ZONE)).toThrow(RangeError));

  it('is a month of the province', () => expect(monthOf(Date.UTC(2026, 10, 30, 18), ZONE)).toBe('2026-12'));
});
