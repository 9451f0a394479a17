import { DateTime, IANAZone } from 'luxon';
import type { Calendar, WeekHours } from '../schema/calendar.ts';
import { DAY_MS, dayNumber, dayText } from './day.ts';

/** A stretch of time, epoch ms; `from` is in it, `to` is not. */
export interface Span {
  from: number;
  to: number;
}

/** The working spans of a run of local days, and what is needed to find one of them by bisection. */
export interface SpanTable {
  /** Days since 1970-01-01, both included. */
  firstDay: number;
  lastDay: number;
  /** The instant at which each day begins; one more for the day after the last. */
  dayStart: readonly number[];
  spans: readonly Span[];
  /** The index of each day's first span; one more for the day after the last. */
  firstSpan: readonly number[];
  /** The working ms before each span; one more: the working ms of the whole table. */
  before: readonly number[];
}

/** What a calendar file says about single days. */
export interface SpecialDays {
  off: ReadonlySet<number>;
  /** A day worked in exchange, to the day that it stands for. */
  swapped: ReadonlyMap<number, number>;
}

/** The days off and the swapped days of a calendar, as day numbers. A day that was exchanged is off even where no list says so. */
export function specialDays(calendar: Calendar): SpecialDays {
  const off = new Set<number>();
  const swapped = new Map<number, number>();
  for (const year of calendar.years) {
    for (const { from, to } of year.off) {
      for (let day = dayNumber(from); day <= dayNumber(to); day += 1) off.add(day);
    }
    for (const swap of year.work) {
      off.add(dayNumber(swap.for));
      swapped.set(dayNumber(swap.on), dayNumber(swap.for));
    }
  }
  return { off, swapped };
}

/**
 * Compiles the working spans of the days `firstDay` to `lastDay` (days since 1970-01-01).
 * A day worked in exchange has the hours of the weekday that it stands for, and is worked even when a list calls it off.
 * Throws an Error when the zone is not known.
 */
export function compileSpans(
  zone: string,
  hours: WeekHours,
  special: SpecialDays,
  firstDay: number,
  lastDay: number,
): SpanTable {
  const localInstant = localInstants(zone);
  const dayStart: number[] = [];
  const spans: Span[] = [];
  const firstSpan: number[] = [];
  const before: number[] = [];
  let worked = 0;
  for (let day = firstDay; day <= lastDay + 1; day += 1) {
    dayStart.push(localInstant(day, '00:00'));
    firstSpan.push(spans.length);
    if (day > lastDay) break;
    for (const [from, to] of hoursOn(day, hours, special)) {
      const span = { from: localInstant(day, from), to: localInstant(day, to) };
      spans.push(span);
      before.push(worked);
      worked += span.to - span.from;
    }
  }
  before.push(worked);
  return { firstDay, lastDay, dayStart, spans, firstSpan, before };
}

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

function hoursOn(day: number, hours: WeekHours, special: SpecialDays): [string, string][] {
  const standsFor = special.swapped.get(day);
  if (standsFor === undefined && special.off.has(day)) return [];
  // 1970-01-01, day 0, was a Thursday
  const weekday = WEEKDAYS[((((standsFor ?? day) + 3) % 7) + 7) % 7];
  return weekday === undefined ? [] : (hours[weekday] ?? []);
}

/** The instant of a clock time (`HH:mm`) on a local day. */
type LocalInstant = (day: number, clock: string) => number;

/** Days in one look at the zone's offset; no zone changes its clock and changes it back in so few. */
const BLOCK_DAYS = 8;

/**
 * Throws an Error when the zone is not known. Days far from a change of the zone's offset, which is all of them in most zones, are
 * reckoned without parsing: a table of a century has some 200,000 edges.
 */
function localInstants(name: string): LocalInstant {
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new Error(`the calendar's zone ${name} is not known`);
  const offsets = new Map<number, number>();
  const offsetAt = (block: number): number => {
    const known = offsets.get(block) ?? zone.offset(block * BLOCK_DAYS * DAY_MS);
    offsets.set(block, known);
    return known;
  };
  return (day, clock) => {
    const block = Math.floor(day / BLOCK_DAYS);
    const offset = offsetAt(block);
    const isSteady = offset === offsetAt(block - 1) && offset === offsetAt(block + 1) && offset === offsetAt(block + 2);
    if (!isSteady) return DateTime.fromISO(`${dayText(day)}T${clock}`, { zone }).toMillis();
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return day * DAY_MS + (hour * 60 + minute - offset) * 60_000;
  };
}
