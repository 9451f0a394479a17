/** Instants of days (epoch ms, UTC) by their text `2003-10-11`; undefined for one that does not exist. Few days are written at a time. */
const days = new Map<string, number | undefined>();
const REMEMBERED = 1_000;

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
/** The two digits at a place; NaN or more than 99 when there are none. */
function two(text: string, at: number): number {
  const tens = digit(text, at);
  const ones = digit(text, at + 1);
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function dayOf(text: string): number | undefined {
  const known = days.get(text);
  if (known !== undefined || days.has(text)) return known;
  if (days.size >= REMEMBERED) days.clear();
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 31 September would silently become another day
  const day = Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at;
  days.set(text, day);
  return day;
}

/** An ISO time in a text. */
export interface IsoTime {
  /** Epoch ms of the wall clock that it shows. */
  wall: number;
  /** How far that clock is ahead of UTC, in ms; undefined when it does not say. */
  offset: number | undefined;
  /** Where it ends. */
  end: number;
}

/**
 * Reads `2003-10-11T22:14:15.003Z` (RFC 3339) at a place. `isStrict` as RFC 5424, 6.2.3 wants it: `T` and `Z` in capitals, at most six digits of a second, an offset.
 * Undefined when it is none.
 */
export function readIsoTime(text: string, at: number, isStrict: boolean): IsoTime | undefined {
  const day = dayOf(text.slice(at, at + 10));
  const middle = text.charCodeAt(at + 10);
  if (day === undefined || !(middle === 84 || (!isStrict && (middle === 32 || middle === 116)))) return undefined;
  const hour = two(text, at + 11);
  const minute = two(text, at + 14);
  const second = two(text, at + 17);
  const isClock = text.charCodeAt(at + 13) === 58 && text.charCodeAt(at + 16) === 58;
  if (!isClock || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  let end = at + 19;
  let ms = 0;
  const point = text.charCodeAt(end);
  if (point === 46 || (point === 44 && !isStrict)) {
    const from = end + 1;
    end = from;
    for (let scale = 100; digit(text, end) >= 0 && digit(text, end) <= 9; end += 1, scale /= 10)
      ms += scale >= 1 ? digit(text, end) * scale : 0;
    if (end === from || (isStrict && end - from > 6)) return undefined;
  }
  const wall = day + hour * 3_600_000 + minute * 60_000 + second * 1_000 + ms;
  return withOffset(text, wall, end, isStrict);
}

function withOffset(text: string, wall: number, end: number, isStrict: boolean): IsoTime | undefined {
  const sign = text.charCodeAt(end);
  if (sign === 90 || (sign === 122 && !isStrict)) return { wall, offset: 0, end: end + 1 };
  if (sign !== 43 && sign !== 45) return isStrict ? undefined : { wall, offset: undefined, end };
  const hours = two(text, end + 1);
  const colon = text.charCodeAt(end + 3) === 58 ? 1 : 0;
  const minutes = two(text, end + 3 + colon);
  if (!(hours <= 23 && minutes <= 59) || (isStrict && colon === 0)) return undefined;
  const size = hours * 3_600_000 + minutes * 60_000;
  return { wall, offset: sign === 43 ? size : -size, end: end + 5 + colon };
}
