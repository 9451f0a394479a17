// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { localDayOf } from '../../format/local-day.ts';
import { testMetric } from '../../test-board.ts';
import { calendarOf } from './calendar-view.ts';

const zone = 'Asia/Ho_Chi_Minh';
const metric = testMetric({ good: 'down', limits: [1, 2, 3, 4] });
const at = (day: string): number => Date.parse(`${day}T00:00:00+07:00`);
const read = (rows: [string, number | null][], weeks = 10) =>
  calendarOf({ columns: ['t', 'value'], rows: rows.map(([day, value]) => [at(day), value]) }, metric, { weeks, zone });

describe('a calendar of days', () => {
  it('begins its weeks on Monday and ends with the newest day', () => {
    // 18 November 2026 is a Wednesday
    const weeks = read([['2026-11-13', 0], ['2026-11-18', 3]]); // prettier-ignore
    expect(weeks.map((week) => week.map((day) => (day ? (day.value ?? '-') : null)))).toEqual([
      [null, null, null, null, 0, '-', '-'],
      ['-', '-', 3, null, null, null, null],
    ]);
    expect(weeks[1]?.[2]).toEqual({ day: localDayOf(at('2026-11-18'), zone), value: 3, step: 4 });
  });
  it('keeps to the local day of an instant', () =>
    expect(localDayOf(Date.parse('2026-11-17T17:00:00Z'), zone)).toBe(localDayOf(at('2026-11-18'), zone)));
  it('draws the last weeks where not all have room', () => {
    const weeks = read([['2026-01-01', 1], ['2026-11-18', 1]], 2); // prettier-ignore
    expect(weeks).toHaveLength(2);
    expect(weeks[0]?.[0]?.day).toBe(localDayOf(at('2026-11-09'), zone));
  });
  it('is empty without rows', () => expect(read([])).toEqual([]));
});
