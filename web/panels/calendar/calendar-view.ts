import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { localDayOf } from '../../format/local-day.ts';
import { readRows } from '../../live/rows.ts';
import { stepOf } from '../bars/bars-view.ts';
import type { Step } from '../bars/bars-view.ts';

/** A day of the calendar: its number since 1970 by the local calendar, and its value; null where nothing is known. */
export interface CalendarDay {
  day: number;
  value: number | null;
  step: Step | null;
}

/** A week, Monday first; days before the first and after the last that is drawn are null. */
export type CalendarWeek = (CalendarDay | null)[];

const WEEK = 7;
/** 1 January 1970 was a Thursday: Monday is 0. */
const weekdayOf = (day: number): number => (((day + 3) % WEEK) + WEEK) % WEEK;

/** The `weeks` last weeks up to the newest day of the rows. A day without a row is not known. */
export function calendarOf(
  result: Rows | undefined,
  metric: Pick<Metric, 'limits' | 'good'>,
  options: { weeks: number; zone: string },
): CalendarWeek[] {
  const values = new Map<number, number | null>();
  for (const row of readRows(result)) {
    const t = row.number('t');
    if (t !== null) values.set(localDayOf(t, options.zone), row.number('value'));
  }
  const days = [...values.keys()].sort((one, other) => one - other);
  const last = days.at(-1);
  const oldest = days[0];
  if (last === undefined || oldest === undefined) return [];
  const end = last - weekdayOf(last) + WEEK - 1;
  const first = Math.max(oldest, end + 1 - WEEK * options.weeks);
  const start = first - weekdayOf(first);
  return Array.from({ length: (end + 1 - start) / WEEK }, (_, week) =>
    Array.from({ length: WEEK }, (_each, weekday) => {
      const day = start + WEEK * week + weekday;
      if (day < first || day > last) return null;
      const value = values.get(day) ?? null;
      return { day, value, step: stepOf(value, metric) };
    }),
  );
}
