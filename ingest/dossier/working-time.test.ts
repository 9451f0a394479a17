import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../schema/calendar.ts';
import { createWorkingTime, dayNumber, dayText } from './working-time.ts';

const office: [string, string][] = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const calendar: Calendar = {
  name: { vi: 'Lịch thử', en: 'Test calendar' },
  zone: 'Asia/Ho_Chi_Minh',
  hours: { '1': office, '2': office, '3': office, '4': office, '5': office },
  years: [
    {
      year: 2026,
      decision: 'test',
      status: 'certain',
      off: [
        { from: '2026-02-14', to: '2026-02-22', name: 'Tết' },
        { from: '2026-08-29', to: '2026-09-02', name: 'Quốc khánh' },
      ],
      work: [{ on: '2026-08-22', for: '2026-08-31', name: 'Làm bù' }],
    },
  ],
};
const time = createWorkingTime(calendar);
const local = (text: string) => Date.parse(`${text}:00+07:00`);
const shown = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 16);

describe('working time', () => {
  it.each([
    ['2026-03-02T07:00', true],
    ['2026-03-02T06:59', false],
    ['2026-03-02T11:30', false],
    ['2026-03-02T12:15', false],
    ['2026-03-02T13:30', true],
    ['2026-03-02T17:00', false],
    ['2026-03-07T09:00', false],
    ['2026-02-17T09:00', false],
    ['2026-02-23T09:00', true],
    ['2026-08-22T09:00', true],
    ['2026-08-31T09:00', false],
  ])('%s is working time: %s', (at, working) => expect(time.isWorking(local(at))).toBe(working));

  it.each([
    ['keeps the time of day from one day to the next', '2026-03-02T09:15', 1, '2026-03-03T09:15'],
    ['skips the weekend', '2026-03-06T15:00', 1, '2026-03-09T15:00'],
    ['starts in the afternoon what came at lunch', '2026-03-02T12:10', 0.25, '2026-03-02T15:30'],
    ['starts the next morning what came in the evening', '2026-03-02T19:00', 3, '2026-03-05T17:00'],
    ['skips the days of Tết', '2026-02-13T10:00', 1, '2026-02-23T10:00'],
    ['counts a Saturday that is worked in exchange', '2026-08-21T10:00', 1, '2026-08-22T10:00'],
    ['skips the day that was exchanged', '2026-08-28T10:00', 1, '2026-09-03T10:00'],
  ])('%s', (_, from, days, to) => expect(shown(time.addDays(local(from), days))).toBe(to));

  it('moves to the first working instant when nothing is added', () =>
    expect(shown(time.addHours(local('2026-02-14T10:00'), 0))).toBe('2026-02-23T07:00'));

  it('adds hours one after the other as it adds them at once', () => {
    const instant = fc.integer({ min: local('2026-01-01T00:00'), max: local('2026-12-31T00:00') });
    const hours = fc.integer({ min: 1, max: 400 }).map((quarters) => quarters / 4);
    fc.assert(
      fc.property(instant, hours, hours, (from, a, b) => {
        expect(time.addHours(time.addHours(from, a), b)).toBe(time.addHours(from, a + b));
      }),
    );
  });

  it('says so when a calendar has no working time', () => {
    const closed = createWorkingTime({ ...calendar, hours: {} });
    expect(() => closed.addDays(local('2026-03-02T09:00'), 1)).toThrow('no working time');
  });

  it('counts days by the local date', () => {
    expect(dayText(time.dayOf(local('2026-03-02T00:00')))).toBe('2026-03-02');
    expect(time.dayOf(local('2026-03-01T23:59'))).toBe(dayNumber('2026-03-01'));
  });
});
