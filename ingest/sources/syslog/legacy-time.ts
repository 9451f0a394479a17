import { localInstant } from '../../pipeline/local-time.ts';
import { readIsoTime } from './iso-time.ts';

/** A time at the start of a text of RFC 3164, and where it ends. */
export interface LegacyTime {
  /** Epoch ms. */
  time: number;
  end: number;
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
/**
 * `Oct 11 22:14:15`, with what devices add: a mark of a clock that nobody set (`*`, `.`), a year before the month or after the day or the clock, parts of a second, the
 * name of a zone.
 */
const FORM =
  /^[*.]?(?:(\d{4}) )?([A-Za-z]{3}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4})(?=[ :]|$))?(?: ((?:UTC|GMT|Z|ICT|[+-]\d\d:?\d\d))(?=[ :]|$))?/;
/** Longest text that the form can cover. */
const LONGEST = 48;
const YEAR_MS = 365 * 86_400_000;
const REMEMBERED = 2_000;

/** Reads the times of RFC 3164 as senders write them. Without a zone it is the province's; without a year the one that brings it nearest to its reception. */
export function createLegacyTime(): (text: string, at: number, received_at: number) => LegacyTime | undefined {
  // lines of the same second follow each other
  const remembered = new Map<string, number | undefined>();
  let day = 0;
  return function readLegacyTime(text, at, received_at) {
    const first = text.charCodeAt(at);
    if (first >= 48 && first <= 57 && text.charCodeAt(at + 4) === 45) {
      const iso = readIsoTime(text, at, false);
      if (!iso) return undefined;
      const time = iso.offset === undefined ? localOf(iso.wall) : iso.wall - iso.offset;
      return time === undefined ? undefined : { time, end: iso.end };
    }
    const today = Math.floor(received_at / 86_400_000);
    if (today !== day || remembered.size > REMEMBERED) remembered.clear();
    day = today;
    if (isPlain(text, at)) {
      const key = text.slice(at, at + 15);
      let time = remembered.get(key);
      if (time === undefined) remembered.set(key, (time = readForm(key, received_at)?.time));
      return time === undefined ? undefined : { time, end: at + 15 };
    }
    const read = readForm(text.slice(at, at + LONGEST), received_at);
    return read && { time: read.time, end: at + read.end };
  };
}

/** True for `Oct 11 22:14:15 x`, where neither a year nor a zone follows: nearly every line. */
function isPlain(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 16);
  const isClock = text.charCodeAt(at + 9) === 58 && text.charCodeAt(at + 12) === 58;
  // `2016`, `UTC`, `+0700` could follow; a name in small letters could not
  return isClock && text.charCodeAt(at + 15) === 32 && next >= 97 && next <= 122;
}

function readForm(text: string, received_at: number): LegacyTime | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [whole, before, name = '', date = '', after, hour = '', minute, second, fraction = '', behind, zone] = match;
  const place = MONTHS.indexOf(name.toLowerCase());
  if (place === -1 || place % 3 !== 0) return undefined;
  const year = before ?? after ?? behind;
  const pad = (digits: string): string => digits.padStart(2, '0');
  const rest = `${pad(String(place / 3 + 1))}-${pad(date)}T${pad(hour)}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const time = year === undefined ? nearest(rest, zone, received_at) : instantOf(`${year}-${rest}`, zone);
  return time === undefined ? undefined : { time, end: whole.length };
}

/** The instant of a local time in a zone; the province's when it names none. */
function instantOf(wall: string, zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'ICT') return localInstant(wall);
  const offset = zone.length < 4 ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const time = localInstant(wall) === undefined ? Number.NaN : Date.parse(`${wall}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}

const localOf = (wall: number): number | undefined => localInstant(new Date(wall).toISOString().slice(0, -1));

/** The one nearest to its reception of those in the year before, this and the next: in the days around New Year both occur. */
function nearest(rest: string, zone: string | undefined, received_at: number): number | undefined {
  const year = new Date(received_at).getUTCFullYear();
  let best: number | undefined;
  for (const candidate of [year, year - 1, year + 1]) {
    const time = instantOf(`${candidate}-${rest}`, zone);
    if (time === undefined) continue;
    if (Math.abs(time - received_at) < YEAR_MS / 2) return time;
    if (best === undefined || Math.abs(time - received_at) < Math.abs(best - received_at)) best = time;
  }
  return best;
}
