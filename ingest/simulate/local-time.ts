/** Viet Nam keeps UTC+7 all year; the national formats are written in it (Asia/Ho_Chi_Minh). */
const OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** The local day of an instant, days since 1970-01-01. */
export function localDay(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

/** The instant at which a local day begins. */
export function startOfDay(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

/** Local hours since midnight, with fraction. */
export function localHour(at: number): number {
  return (at - startOfDay(localDay(at))) / HOUR_MS;
}

/** ISO weekday of a day, 1 Monday to 7 Sunday. */
export function weekday(day: number): number {
  return ((day + 3) % 7) + 1;
}

const dayTexts = new Map<number, string>();

/** `yyyyMMdd` of a day. */
function compactDay(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  dayTexts.set(day, text);
  return text;
}

const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** `yyyyMMddHHmmss`, local: the form of every instant in the national dossier format. */
export function nationalTime(at: number): string {
  const day = localDay(at);
  const second = Math.floor((at - startOfDay(day)) / 1000);
  return `${compactDay(day)}${two[Math.floor(second / 3600)]}${two[Math.floor(second / 60) % 60]}${two[second % 60]}`;
}

/** `yyMMdd`, local: the day in a dossier number. */
export function shortDay(day: number): string {
  return compactDay(day).slice(2);
}

/** `2026-11-22T09:41:27.123456+0700`, the form of Suricata's timestamps; `micros` are the digits below a millisecond. */
export function sensorTime(at: number, micros: number): string {
  const local = new Date(at + OFFSET_MS).toISOString().slice(0, -1);
  return `${local}${String(micros).padStart(3, '0')}+0700`;
}
