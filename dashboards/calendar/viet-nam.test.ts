import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CalendarSchema, type Calendar } from '#ingest/schema/calendar.ts';

const DAY = 86_400_000;
let calendar: Calendar;
beforeAll(async () => {
  calendar = CalendarSchema.parse(parse(await readFile(join(import.meta.dirname, 'viet-nam.yaml'), 'utf8')));
});

const daysOff = (year: number) =>
  calendar.years
    .filter((one) => one.year === year)
    .flatMap(({ off }) => off)
    .flatMap(({ from, to }) =>
      Array.from({ length: (Date.parse(to) - Date.parse(from)) / DAY + 1 }, (_, n) =>
        new Date(Date.parse(from) + n * DAY).toISOString().slice(0, 10),
      ),
    );
const weekday = (date: string) => new Date(date).getUTCDay();

describe('the calendar of state offices', () => {
  it('has every year from 2024 to 2027 once, the one not announced marked as expected', () => {
    expect(calendar.years.map(({ year, status }) => [year, status])).toEqual([
      [2024, 'certain'],
      [2025, 'certain'],
      [2026, 'certain'],
      [2027, 'expected'],
    ]);
  });

  it('has no day off twice, and each in its year', () => {
    for (const { year } of calendar.years) {
      const days = daysOff(year);
      expect(new Set(days).size).toBe(days.length);
      expect(days.every((date) => date.startsWith(String(year)))).toBe(true);
    }
  });

  it.each([
    [2024, ['2024-01-01', '2024-02-10', '2024-04-18', '2024-04-30', '2024-05-01', '2024-09-02', '2024-09-03']],
    [2025, ['2025-01-01', '2025-01-29', '2025-04-07', '2025-04-30', '2025-05-01', '2025-09-01', '2025-09-02']],
    [2026, ['2026-01-01', '2026-02-17', '2026-04-27', '2026-04-30', '2026-05-01', '2026-09-01', '2026-09-02']],
    [2027, ['2027-01-01', '2027-02-06', '2027-04-16', '2027-04-30', '2027-05-01', '2027-09-02', '2027-09-03']],
  ])('is off in %i on New Year, Tết, the Hùng Kings, both days of spring and both National Days', (year, days) => {
    expect(daysOff(year)).toEqual(expect.arrayContaining(days));
  });

  it('is off on 25 days of 2026, as announced', () => expect(daysOff(2026)).toHaveLength(25));

  it('swaps a working day that is off for a weekend day that is worked', () => {
    for (const { year, work } of calendar.years)
      for (const { on, for: instead } of work) {
        expect([0, 6]).toContain(weekday(on));
        expect([1, 2, 3, 4, 5]).toContain(weekday(instead));
        expect(daysOff(year)).toContain(instead);
        expect(daysOff(year)).not.toContain(on);
      }
  });
});
