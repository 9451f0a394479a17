/** Where the local day of an instant, the day before and the month began, as ISO texts (UTC). */
export interface LocalStart {
  today: string;
  yesterday: string;
  month: string;
}

/**
 * The begin of the local day, the day before and the month at `at` (epoch ms) in a zone. Reckoned with the offset of that instant: exact where the
 * offset has not changed since, as in Vietnam.
 */
export function localStart(at: number, zone: string): LocalStart {
  // the Swedish way to write a date is the ISO one
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
  const [day = '', time = ''] = local.split(' ');
  const offset_ms = Date.parse(`${day}T${time}Z`) - Math.floor(at / 1000) * 1000;
  const begin = (text: string) => new Date(Date.parse(`${text}T00:00:00Z`) - offset_ms).toISOString();
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return { today: begin(day), yesterday: begin(before), month: begin(`${day.slice(0, 7)}-01`) };
}
