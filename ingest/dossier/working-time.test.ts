import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalendarSchema, type Calendar, type WeekHours } from '../schema/calendar.ts';
import { createWorkingTime, createWorkingTimes, dayNumber, dayText } from './working-time.ts';
import { minuteCalendar } from './working-time.oracle.ts';

const office: [string, string][] = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const calendar: Calendar = {
  name: { vi: 'Lịch thử', en: 'Test calendar' },
  zone: 'Asia/Ho_Chi_Minh',
  hours: { '1': office, '2': office, '3': office, '4': office, '5': office },
  units: {
    'H49.02': { '1': office, '2': office, '3': office, '4': office, '5': office, '6': [['07:00', '11:00']] },
    'H49.02.05': { '1': [['08:00', '12:00']] },
  },
  years: [
    {
      year: 2026,
      decision: 'test',
      status: 'certain',
      off: [
        { from: '2026-02-14', to: '2026-02-22', name: 'Tết' },
        { from: '2026-08-29', to: '2026-09-02', name: 'Quốc khánh' },
      ],
      work: [
        { on: '2026-08-22', for: '2026-08-31', name: 'Làm bù' },
        { on: '2026-10-10', for: '2026-10-09', name: 'Làm bù' },
      ],
    },
    { year: 2027, decision: 'test', status: 'expected', off: [], work: [] },
  ],
};
const time = createWorkingTime(calendar);
const HOUR = 3_600_000;
const MINUTE = 60_000;
const local = (text: string) => Date.parse(`${text}:00+07:00`);
const shown = (at: number) => new Date(at + 7 * HOUR).toISOString().slice(0, 16);

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
    ['keeps the time of day from one day to the next', '2026-03-02T09:15', 8, '2026-03-03T09:15'],
    ['skips the weekend', '2026-03-06T15:00', 8, '2026-03-09T15:00'],
    ['starts in the afternoon what came at lunch', '2026-03-02T12:10', 3.5, '2026-03-02T17:00'],
    ['starts the next morning what came in the evening', '2026-03-02T19:00', 24, '2026-03-05T17:00'],
    ['skips the days of Tết', '2026-02-13T10:00', 8, '2026-02-23T10:00'],
    ['counts a Saturday that is worked in exchange', '2026-08-21T10:00', 8, '2026-08-22T10:00'],
    ['skips the day that was exchanged', '2026-08-28T10:00', 8, '2026-09-03T10:00'],
    ['skips a day that was exchanged though no list calls it off', '2026-10-08T10:00', 8, '2026-10-10T10:00'],
  ])('%s', (_, from, hours, to) => {
    expect(shown(time.addHours(local(from), hours))).toBe(to);
    expect(shown(time.addDays(local(from), hours / 8))).toBe(to);
  });

  it.each([
    ['2026-03-02T11:30', '2026-03-02T13:30'],
    ['2026-03-06T17:00', '2026-03-09T07:00'],
    ['2026-03-09T07:00', '2026-03-09T07:00'],
    ['2026-02-14T10:00', '2026-02-23T07:00'],
  ])('what comes at %s starts at %s', (at, starts) => expect(shown(time.nextInstant(local(at)))).toBe(starts));

  it('closes a day off with the next working day', () => {
    expect(shown(time.closeOf(dayNumber('2026-03-06')))).toBe('2026-03-06T17:00');
    expect(shown(time.closeOf(dayNumber('2026-02-14')))).toBe('2026-02-23T17:00');
  });

  it('gives a unit the nearest hours on its way to the root, and the whole week of them', () => {
    const at = createWorkingTimes(calendar);
    const saturday = local('2026-03-07T09:00');
    expect(at('/H49/H49.03/').isWorking(saturday)).toBe(false);
    expect(at('/H49/H49.02/').isWorking(saturday)).toBe(true);
    expect(at('/H49/H49.02/H49.02.06/')).toBe(at('/H49/H49.02/'));
    expect(at('/H49/H49.02/H49.02.05/').spansOf(dayNumber('2026-03-03'))).toEqual([]);
    expect(createWorkingTime(calendar, '/H49/H49.02/H49.02.05/').isWorking(local('2026-03-02T11:45'))).toBe(true);
  });

  it('says how sure its days are', () => {
    expect(time.certainty(local('2026-01-01T00:00'), local('2026-12-31T23:59'))).toBe('certain');
    expect(time.certainty(local('2026-12-31T10:00'), local('2027-01-05T10:00'))).toBe('expected');
    expect(time.certainty(local('2027-12-31T10:00'), local('2028-01-05T10:00'))).toBe('unlisted');
  });

  it('counts no time outside the years it knows, and answers for absurd instants at once', () => {
    const never = Date.parse('9999-12-31T00:00:00Z');
    expect(time.msBetween(never, never + HOUR)).toBe(0);
    expect(time.msBetween(0, never)).toBe(time.msBetween(0, Date.parse('2100-01-02T00:00:00Z')));
    expect(() => time.addMs(never, HOUR)).toThrow('no working time after 9999');
  });

  it('says so when a calendar has no working time, an unknown zone, or hours that run backwards', () => {
    const closed = createWorkingTime({ ...calendar, hours: {} });
    expect(() => closed.addDays(local('2026-03-02T09:00'), 1)).toThrow('no working time');
    expect(() => createWorkingTime({ ...calendar, zone: 'Asia/Atlantis' })).toThrow('Asia/Atlantis');
    expect(() => time.addMs(0, -1)).toThrow(RangeError);
    const backwards = {
      ...calendar,
      hours: {
        '1': [
          ['13:30', '17:00'],
          ['07:00', '11:30'],
        ],
      },
    };
    expect(CalendarSchema.safeParse(backwards).success).toBe(false);
    expect(CalendarSchema.safeParse(calendar).success).toBe(true);
  });

  it('counts days by the local date', () => {
    expect(dayText(time.dayOf(local('2026-03-02T00:00')))).toBe('2026-03-02');
    expect(time.dayOf(local('2026-03-01T23:59'))).toBe(dayNumber('2026-03-01'));
  });

  it('counts days by the local date west of Greenwich too', () => {
    const newYork = createWorkingTime({ ...calendar, zone: 'America/New_York' });
    expect(newYork.dayOf(Date.parse('2026-03-03T04:59Z'))).toBe(dayNumber('2026-03-02'));
    expect(newYork.dayOf(Date.parse('2026-03-03T05:00Z'))).toBe(dayNumber('2026-03-03'));
  });

  it('keeps the hours of the wall clock where the zone changes its own', () => {
    const paris = createWorkingTime({ ...calendar, zone: 'Europe/Paris', hours: { '7': [['01:00', '05:00']] } });
    // the last Sunday of March: 02:00 to 03:00 does not exist; the last of October: it comes twice
    expect(paris.msBetween(Date.parse('2026-03-28T23:00Z'), Date.parse('2026-03-29T22:00Z'))).toBe(3 * HOUR);
    expect(paris.msBetween(Date.parse('2026-10-24T22:00Z'), Date.parse('2026-10-25T23:00Z'))).toBe(5 * HOUR);
    expect(paris.dayOf(Date.parse('2026-10-25T22:59Z'))).toBe(dayNumber('2026-10-25'));
    expect(paris.dayOf(Date.parse('2026-10-25T23:00Z'))).toBe(dayNumber('2026-10-26'));
  });
});

const dateArb = fc.nat(27).map((day) => dayText(dayNumber('2026-03-01') + day));
const weekArb: fc.Arbitrary<WeekHours> = fc
  .array(fc.uniqueArray(fc.nat(47), { minLength: 0, maxLength: 5 }), { minLength: 7, maxLength: 7 })
  .map((days) => Object.fromEntries(days.map((edges, day) => [String(day + 1), spansOf(edges)])));
/** Any week, but one that is worked at all. */
const calendarArb = fc
  .record({
    hours: weekArb.filter((week) => Object.values(week).filter((spans) => spans.length > 0).length > 3),
    off: fc.array(fc.tuple(dateArb, fc.nat(3)), { maxLength: 4 }),
    work: fc.array(fc.tuple(dateArb, dateArb), { maxLength: 3 }),
  })
  .map(({ hours, off, work }): Calendar => {
    const days = off.map(([from, more]) => ({ from, to: dayText(dayNumber(from) + more), name: 'off' }));
    // a day is worked in exchange for one other
    const swaps = [...new Map(work).entries()].map(([on, instead]) => ({ on, for: instead, name: 'swap' }));
    return { ...calendar, hours, years: [{ year: 2026, decision: 'x', status: 'certain', off: days, work: swaps }] };
  });

function spansOf(halfHours: readonly number[]): [string, string][] {
  const edges = halfHours
    .toSorted((a, b) => a - b)
    .map((half) => new Date(half * 30 * MINUTE).toISOString().slice(11, 16));
  const spans: [string, string][] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) spans.push([edges[index] ?? '', edges[index + 1] ?? '']);
  return spans;
}

describe('working time, minute by minute', () => {
  it('agrees with counting the minutes, on any calendar', () => {
    const minuteArb = fc.nat(14 * 24 * 60).map((minutes) => local('2026-03-01T00:00') + minutes * MINUTE);
    const questionArb = fc.array(fc.tuple(minuteArb, minuteArb, fc.integer({ min: 1, max: 4 * 60 })), {
      minLength: 12,
    });
    fc.assert(
      fc.property(calendarArb, questionArb, (any, questions) => {
        const compiled = createWorkingTime(any);
        const counted = minuteCalendar(any, any.hours, '2026-03-01', 63);
        for (const [from, to, minutes] of questions) {
          expect(compiled.isWorking(from)).toBe(counted.isWorking(from));
          expect(compiled.nextInstant(from)).toBe(counted.nextInstant(from));
          expect(compiled.msBetween(from, to)).toBe(counted.msBetween(from, to));
          expect(compiled.addMs(from, minutes * MINUTE)).toBe(counted.addMs(from, minutes * MINUTE));
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('adds as it counts, to the millisecond', () => {
    const instant = fc.integer({ min: local('2026-01-01T00:00'), max: local('2026-12-31T00:00') });
    const span = fc.integer({ min: 1, max: 400 * HOUR });
    fc.assert(
      fc.property(instant, span, span, (from, a, b) => {
        expect(time.msBetween(from, time.addMs(from, a))).toBe(a);
        expect(time.addMs(time.addMs(from, a), b)).toBe(time.addMs(from, a + b));
        expect(time.addMs(from, a)).toBeLessThanOrEqual(time.addMs(from + b, a));
      }),
      { numRuns: 2_000 },
    );
  });
});
