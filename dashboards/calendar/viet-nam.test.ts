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

  it.each([2024, 2025, 2026, 2027])(
    'gives the eleven days of điều 112 in %i, none lost to a weekend and none won',
    (year) => {
      const swaps = calendar.years.filter((one) => one.year === year).flatMap(({ work }) => work);
      const workdays = daysOff(year).filter((date) => weekday(date) >= 1 && weekday(date) <= 5);
      expect(workdays.length - swaps.length).toBe(11);
    },
  );

  // for these years the Chinese calendar of ICU and the Vietnamese one agree; they do not in every year
  const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  const allDays = (year: number) =>
    Array.from({ length: 365 }, (_, n) => new Date(Date.UTC(year, 0, n + 1)).toISOString().slice(0, 10));
  const onLunar = (year: number, text: string) =>
    allDays(year).find((date) => lunar.format(new Date(date)) === text) ?? '';
  const shifted = (date: string, days: number) => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

  it.each([2024, 2025, 2026, 2027])('is off in %i from the eve of Tết to its third day, without a gap', (year) => {
    const first = onLunar(year, '1/1');
    expect(daysOff(year)).toEqual(expect.arrayContaining([-1, 0, 1, 2].map((days) => shifted(first, days))));
    const block = calendar.years
      .flatMap(({ off }) => off)
      .find(({ from, to }) => from <= first && first <= to && from.startsWith(String(year)));
    expect(block && (Date.parse(block.to) - Date.parse(block.from)) / DAY + 1).toBeGreaterThanOrEqual(7);
  });

  it.each([2024, 2025, 2026, 2027])(
    'is off in %i on the tenth of the third month, or on the Monday after its weekend',
    (year) => {
      const day = onLunar(year, '3/10');
      const observed = weekday(day) === 0 ? shifted(day, 1) : weekday(day) === 6 ? shifted(day, 2) : day;
      expect(daysOff(year)).toContain(observed);
    },
  );

  it.each([2024, 2025, 2026, 2027])('is off in %i on 2 September and a day beside it', (year) => {
    expect(daysOff(year)).toContain(`${year}-09-02`);
    expect(daysOff(year).some((date) => date === `${year}-09-01` || date === `${year}-09-03`)).toBe(true);
  });

  it('says in every year what its days come from, and where a day is not law yet', () => {
    for (const { decision } of calendar.years) expect(decision.length).toBeGreaterThan(20);
    for (const { year, decision } of calendar.years) expect(decision.includes('24/11 chưa tính')).toBe(year >= 2026);
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
