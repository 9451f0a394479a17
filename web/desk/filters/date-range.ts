import { DateTime } from 'luxon';

/** The first instant of a day (`2026-11-21`) in a zone, as ISO text with the zone's offset; undefined for what is no day. */
export function startOfDay(day: string, zone: string): string | undefined {
  const start = DateTime.fromISO(day, { zone }).startOf('day');
  return start.isValid ? start.toISO() : undefined;
}

/** The first instant after a day in a zone: ranges end before their `…_to`, so one that ends here includes the day. */
export function endOfDay(day: string, zone: string): string | undefined {
  const end = DateTime.fromISO(day, { zone }).startOf('day').plus({ days: 1 });
  return end.isValid ? end.toISO() : undefined;
}

/** The last day (`2026-11-21`) of a range that ends before an ISO instant; empty for what is no instant. */
export function lastDayOf(end: string | undefined, zone: string): string {
  if (end === undefined) return '';
  return DateTime.fromISO(end, { zone }).minus({ milliseconds: 1 }).toISODate() ?? '';
}

/** The day (`2026-11-21`) that an ISO instant falls on in a zone; empty for what is no instant. */
export function dayOf(instant: string | undefined, zone: string): string {
  if (instant === undefined) return '';
  return DateTime.fromISO(instant, { zone }).toISODate() ?? '';
}

/** The instant (epoch ms) of a local time of day (`2026-11-21T16:30`) in a zone; undefined for what is none. */
export function instantOf(local: string, zone: string): number | undefined {
  const at = DateTime.fromISO(local, { zone });
  return local !== '' && at.isValid ? at.toMillis() : undefined;
}

/** An instant (epoch ms) as a local time of day in a zone, to the minute. */
export function localTime(instant: number, zone: string): string {
  return DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}
