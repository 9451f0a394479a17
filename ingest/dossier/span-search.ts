import type { Calendar, WeekHours } from '../schema/calendar.ts';
import { DAY_MS, dayNumber } from './day.ts';
import { compileSpans, specialDays, type SpanTable } from './working-spans.ts';

/** A calendar's compiled spans, compiled only as far as they are asked for. */
export interface SpanSearch {
  /** A table that holds both days (days since 1970-01-01), as far as working time is known at all. */
  covering: (from: number, to: number) => SpanTable;
  /**
   * What `locate` finds, in a table that begins before the instant `from` and reaches ever further ahead until it finds something.
   * Throws an Error when working time has come to its end.
   */
  find: (from: number, locate: (table: SpanTable) => number | undefined) => number;
}

/** Working time is known for the days from here … */
export const FIRST_DAY = dayNumber('1970-01-01');
/** … to here. A promise of the year 9999 is a source's way to write "none": it must not cost a table of 8,000 years. */
export const LAST_DAY = dayNumber('2099-12-31');

/** The last instants at which it is still certain that working time follows; epoch ms. */
export const KNOWN_UNTIL = (LAST_DAY - 365) * DAY_MS;

/** Days compiled beyond what is asked for, so that neighbouring questions cost nothing; each growth also doubles the table. */
const MARGIN_DAYS = 400;

/** The spans of a calendar for one week of hours. Throws an Error for an unknown zone. */
export function createSpanSearch(calendar: Calendar, hours: WeekHours): SpanSearch {
  const special = specialDays(calendar);
  const compile = (from: number, to: number): SpanTable =>
    compileSpans(calendar.zone, hours, special, Math.max(FIRST_DAY, from), Math.min(LAST_DAY, to));
  let table = compile(FIRST_DAY, FIRST_DAY - 1);

  const covering = (from: number, to: number): SpanTable => {
    const first = Math.min(Math.max(from, FIRST_DAY), LAST_DAY);
    const last = Math.min(Math.max(to, FIRST_DAY), LAST_DAY);
    if (table.firstDay <= first && last <= table.lastDay) return table;
    const size = table.lastDay - table.firstDay + 1;
    const margin = MARGIN_DAYS + size;
    table =
      size === 0
        ? compile(first - margin, last + margin)
        : compile(Math.min(first - MARGIN_DAYS, table.firstDay), Math.max(last + margin, table.lastDay));
    return table;
  };
  const find: SpanSearch['find'] = (from, locate) => {
    const day = Math.floor(from / DAY_MS);
    for (let reach = day + 1; ; reach = table.lastDay + 1) {
      const known = covering(day - 1, reach);
      const found = locate(known);
      if (found !== undefined) return found;
      if (known.lastDay === LAST_DAY) {
        throw new Error(`the calendar ${calendar.name.en} has no working time after ${new Date(from).toISOString()}`);
      }
    }
  };
  return { covering, find };
}

/** The index of the first of `length` items for which `holds`; `length` when there is none. Once it holds it goes on holding. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The index of the first span that ends after the instant. */
export function spanIndex({ spans }: SpanTable, at: number): number {
  return firstIndex(spans.length, (index) => (spans[index]?.to ?? 0) > at);
}

/** Working ms from the beginning of the table to the instant. */
export function workedBy(table: SpanTable, at: number): number {
  const index = spanIndex(table, at);
  const span = table.spans[index];
  return (table.before[index] ?? 0) + (span === undefined ? 0 : Math.max(0, at - span.from));
}
