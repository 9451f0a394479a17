import { DateTime } from 'luxon';

/** Longest span that the API looks at, in days. */
export const MOST_DAYS = 31;

/** The first and the last day of a span, `2026-11-21`. */
export interface DaySpan {
  from: string;
  to: string;
}

/** The span after one of its ends was moved: the other follows, so that it is in order and no longer than `MOST_DAYS`. */
export function moveSpan(span: DaySpan, change: Partial<DaySpan>): DaySpan {
  const { from, to } = { ...span, ...change };
  const far = (day: string, days: number): string => DateTime.fromISO(day).plus({ days }).toISODate() ?? day;
  const most = MOST_DAYS - 1;
  if (change.from !== undefined) {
    if (to < from) return { from, to: from };
    return { from, to: to > far(from, most) ? far(from, most) : to };
  }
  if (to < from) return { from: to, to };
  return { from: from < far(to, -most) ? far(to, -most) : from, to };
}
