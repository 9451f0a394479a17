import type { Calendar, WeekHours } from '../schema/calendar.ts';

const MINUTE = 60_000;

/** A calendar looked at minute by minute, for tests alone: Việt Nam's clock, seven hours ahead of UTC, and no library. */
export interface MinuteCalendar {
  isWorking: (at: number) => boolean;
  nextInstant: (at: number) => number;
  msBetween: (from: number, to: number) => number;
  addMs: (from: number, ms: number) => number;
}

/** The wall clock's times of a day: 00:00 to 23:59. */
const CLOCK = Array.from({ length: 1_440 }, (_, minute) => new Date(minute * MINUTE).toISOString().slice(11, 16));

/**
 * The days from `firstDate` on, so many of them; instants are epoch ms on whole minutes of these days.
 * `addMs` gives the end of the minute in which the last of the working time is spent.
 */
export function minuteCalendar(calendar: Calendar, hours: WeekHours, firstDate: string, days: number): MinuteCalendar {
  // midnight in Hà Nội is 17:00 of the day before in Greenwich
  const from = Date.parse(`${firstDate}T00:00:00+07:00`);
  const minutes: boolean[] = [];
  for (let day = 0; day < days; day += 1) {
    const date = new Date(from + (day * 1_440 + 7 * 60) * MINUTE).toISOString().slice(0, 10);
    const spans = spansOn(calendar, hours, date);
    minutes.push(...CLOCK.map((clock) => spans.some(([opens, closes]) => opens <= clock && clock < closes)));
  }
  const index = (at: number) => (at - from) / MINUTE;
  return {
    isWorking: (at) => minutes[index(at)] === true,
    nextInstant: (at) => {
      let next = index(at);
      while (minutes[next] !== true) next = mustBeInside(next, minutes) + 1;
      return from + next * MINUTE;
    },
    msBetween: (start, end) =>
      minutes.slice(index(start), Math.max(index(start), index(end))).filter(Boolean).length * MINUTE,
    addMs: (start, ms) => {
      let next = index(start);
      for (let left = ms; left > 0; next = mustBeInside(next, minutes) + 1) if (minutes[next] === true) left -= MINUTE;
      return from + next * MINUTE;
    },
  };
}

function mustBeInside(index: number, minutes: readonly boolean[]): number {
  if (index >= minutes.length) throw new Error('the oracle looked past its window');
  return index;
}

function spansOn(calendar: Calendar, hours: WeekHours, date: string): [string, string][] {
  const swap = calendar.years.flatMap((year) => year.work).find((candidate) => candidate.on === date);
  const isOff = calendar.years.some(
    (year) => year.off.some((off) => off.from <= date && date <= off.to) || year.work.some((work) => work.for === date),
  );
  if (isOff && swap === undefined) return [];
  const weekday = new Date(`${swap?.for ?? date}T12:00:00Z`).getUTCDay();
  return Object.entries(hours).find(([day]) => Number(day) % 7 === weekday)?.[1] ?? [];
}
