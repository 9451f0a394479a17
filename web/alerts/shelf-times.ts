import { localStart } from '../format/local-start.ts';

/** For how long an alert can be shelved: minutes, or until the morning. */
export const SHELF_TIMES = ['5', '15', '60', 'morning'] as const;
export type ShelfTime = (typeof SHELF_TIMES)[number];

const HOUR_MS = 3_600_000;
/** When the office opens. */
const MORNING_MS = 7 * HOUR_MS;

/** Until when that is, from `now` (epoch ms) in a zone; RFC 3339. */
export function shelfEnd(time: ShelfTime, now: number, zone: string): string {
  if (time !== 'morning') return new Date(now + Number(time) * 60_000).toISOString();
  const today = Date.parse(localStart(now, zone).today) + MORNING_MS;
  return new Date(today > now ? today : today + 24 * HOUR_MS).toISOString();
}
