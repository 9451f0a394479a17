import type { Roster } from '../schema/roster.ts';

const DAY_MIN = 24 * 60;
const WEEK_MIN = 7 * DAY_MIN;

/** Minute of the day of a clock time. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The first minute of the week at which nobody is on duty, as ISO day and clock time; undefined where the week is covered. */
export function minutesCovered({ shifts }: Pick<Roster, 'shifts'>): { gap: { day: number; time: string } | undefined } {
  const covered = new Uint8Array(WEEK_MIN);
  for (const { days, from, to } of shifts)
    for (const day of days) {
      const start = (day - 1) * DAY_MIN + minuteOf(from);
      const length = minuteOf(to) - minuteOf(from);
      for (let minute = 0; minute < (length > 0 ? length : length + DAY_MIN); minute++)
        covered[(start + minute) % WEEK_MIN] = 1;
    }
  const at = covered.indexOf(0);
  if (at < 0) return { gap: undefined };
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${two(Math.floor((at % DAY_MIN) / 60))}:${two(at % 60)}`;
  return { gap: { day: Math.floor(at / DAY_MIN) + 1, time } };
}
