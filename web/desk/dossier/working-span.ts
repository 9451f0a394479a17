import type { Words } from '../../composables/use-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * A length of working time in working days and hours: `3 ngày 2 giờ làm việc`; minutes below an hour. `day_ms` is one day's working time
 * there, so that eight hours are a day where the day has eight. The sign is left to the words around it.
 */
export function workingSpan(ms: number, day_ms: number, t: Words['t']): string {
  const length = Math.abs(ms);
  if (length < HOUR) return t('desk.working.minutes', { n: Math.floor(length / MINUTE) });
  const days = day_ms > 0 ? Math.floor(length / day_ms) : 0;
  const hours = Math.floor((length - days * day_ms) / HOUR);
  if (days === 0) return t('desk.working.hours', { n: hours });
  return hours === 0 ? t('desk.working.days', { n: days }) : t('desk.working.days_hours', { days, hours });
}
