import { DateTime } from 'luxon';
import type { Calendar, WeekHours } from '../schema/calendar.ts';
import { DAY_MS, dayText } from './day.ts';
import { createSpanSearch, FIRST_DAY, firstIndex, LAST_DAY, spanIndex, workedBy } from './span-search.ts';
import type { Span } from './working-spans.ts';

export { dayNumber, dayText } from './day.ts';
export type { Span } from './working-spans.ts';

/** How sure working days are: announced, by law while swaps are still open, or of a year that the calendar does not list. */
export type Certainty = 'certain' | 'expected' | 'unlisted';

/**
 * Arithmetic in the working time of one calendar. Instants are epoch ms (UTC), days are local days since 1970-01-01.
 * Working time is known from 1970 to 2099; nothing outside these years counts.
 */
export interface WorkingTime {
  /** The working spans of a day, in order; empty on a day off. */
  spansOf: (day: number) => readonly Span[];
  /** The day that an instant falls on. */
  dayOf: (at: number) => number;
  isWorking: (at: number) => boolean;
  /** The instant itself in working time; at lunch the afternoon; after hours or on a day off the next working morning. */
  nextInstant: (at: number) => number;
  /** Working ms from one instant to the other; 0 when the second is not later. */
  msBetween: (from: number, to: number) => number;
  /**
   * The earliest instant that is so much working time later: a result that falls on the end of a span stays there.
   * With nothing to add it is `nextInstant`. Throws an Error when the calendar has no working time left, a RangeError below 0.
   */
  addMs: (from: number, ms: number) => number;
  /** `addMs` in hours. */
  addHours: (from: number, hours: number) => number;
  /** `addMs` in working days of `HOURS_PER_DAY` each, whatever the hours of the unit. */
  addDays: (from: number, days: number) => number;
  /** The close of business of the day, or of the first working day after it. Throws an Error when there is none. */
  closeOf: (day: number) => number;
  /** The least sure of the years that the stretch touches. */
  certainty: (from: number, to: number) => Certainty;
}

/** A working day is eight working hours: the unit in which statutory limits are written. */
export const HOURS_PER_DAY = 8;

const HOUR_MS = 3_600_000;

/**
 * The working time of a calendar file: its weekly hours, without its days off, with its swapped working days; for the unit at
 * `unitPath` (`/H49/H49.02/`) by the nearest hours given on its way to the root. Throws an Error for an unknown zone.
 */
export function createWorkingTime(calendar: Calendar, unitPath = ''): WorkingTime {
  return compile(calendar, hoursFor(calendar, unitPath).hours);
}

/** Working times by unit path; units whose hours are decided at the same place share one compiled calendar. */
export function createWorkingTimes(calendar: Calendar): (unitPath: string) => WorkingTime {
  const made = new Map<string, WorkingTime>();
  return (unitPath) => {
    const { decidedBy, hours } = hoursFor(calendar, unitPath);
    const time = made.get(decidedBy) ?? compile(calendar, hours);
    made.set(decidedBy, time);
    return time;
  };
}

function hoursFor(calendar: Calendar, unitPath: string): { decidedBy: string; hours: WeekHours } {
  for (const code of unitPath.split('/').reverse()) {
    const hours = calendar.units?.[code];
    if (hours !== undefined) return { decidedBy: code, hours };
  }
  return { decidedBy: '', hours: calendar.hours };
}

function compile(calendar: Calendar, hours: WeekHours): WorkingTime {
  const { covering, find } = createSpanSearch(calendar, hours);
  const local = (at: number): DateTime => DateTime.fromMillis(at, { zone: calendar.zone });

  const dayOf = (at: number): number => {
    const guess = Math.floor(at / DAY_MS);
    if (guess <= FIRST_DAY || guess >= LAST_DAY) return Math.floor((at + local(at).offset * 60_000) / DAY_MS);
    // midnight here is less than a day away from midnight UTC, so the day is the guess or a neighbour
    const { dayStart, firstDay } = covering(guess - 1, guess + 1);
    if (at < (dayStart[guess - firstDay] ?? 0)) return guess - 1;
    return at < (dayStart[guess + 1 - firstDay] ?? 0) ? guess : guess + 1;
  };
  const spansOf = (day: number): readonly Span[] => {
    if (day < FIRST_DAY || day > LAST_DAY) return [];
    const { spans, firstSpan, firstDay } = covering(day, day);
    return spans.slice(firstSpan[day - firstDay], firstSpan[day - firstDay + 1]);
  };
  const nextInstant = (at: number): number =>
    find(at, (table) => {
      const span = table.spans[spanIndex(table, at)];
      return span === undefined ? undefined : Math.max(span.from, at);
    });
  const addMs = (from: number, ms: number): number => {
    if (!(ms >= 0)) throw new RangeError(`working time can be added only: ${ms}`);
    if (ms === 0) return nextInstant(from);
    return find(from, (table) => {
      const worked = workedBy(table, from) + ms;
      const index = firstIndex(table.spans.length, (candidate) => (table.before[candidate + 1] ?? 0) >= worked);
      const span = table.spans[index];
      return span === undefined ? undefined : span.from + worked - (table.before[index] ?? 0);
    });
  };
  return {
    spansOf,
    dayOf,
    isWorking: (at) => spansOf(dayOf(at)).some((span) => span.from <= at && at < span.to),
    nextInstant,
    msBetween: (from, to) => {
      if (to <= from) return 0;
      const table = covering(Math.floor(from / DAY_MS) - 1, Math.floor(to / DAY_MS) + 1);
      return workedBy(table, to) - workedBy(table, from);
    },
    addMs,
    addHours: (from, added) => addMs(from, added * HOUR_MS),
    addDays: (from, added) => addMs(from, added * HOURS_PER_DAY * HOUR_MS),
    closeOf: (day) => {
      const midnight = DateTime.fromISO(dayText(day), { zone: calendar.zone }).toMillis();
      return spansOf(dayOf(nextInstant(midnight))).at(-1)?.to ?? midnight;
    },
    certainty: (from, to) => leastSure(calendar, local(from).year, local(to).year),
  };
}

function leastSure(calendar: Calendar, first: number, last: number): Certainty {
  let sure: Certainty = 'certain';
  for (let year = first; year <= last; year += 1) {
    const listed = calendar.years.find((candidate) => candidate.year === year);
    if (listed === undefined) return 'unlisted';
    if (listed.status === 'expected') sure = 'expected';
  }
  return sure;
}
