const DAY_MS = 86_400_000;

/** The number of days since 1 January 1970 of the local day of an instant (epoch ms) in a zone. */
export function localDayOf(instant: number, zone: string): number {
  // the Swedish way to write a date is the ISO one
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant);
  return Date.parse(`${text}T00:00:00Z`) / DAY_MS;
}

/** Noon, UTC, of a day so numbered: what a date is written of in any zone near it. */
export function noonOf(day: number): number {
  return day * DAY_MS + DAY_MS / 2;
}
