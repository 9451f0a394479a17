import type { DateFormat } from '../../schema/import-mapping.ts';

/** A moment as it was read: `yyyyMMddHHmmss`, local time, and whether it was written with a time of day. */
export interface ReadMoment {
  stamp: string;
  hasTime: boolean;
}

const DAY_MS = 86_400_000;
/** Day 0 of a spreadsheet's serial numbers; day 60, which never was, lies before any dossier. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
/** 1 January 1980 to 31 December 2199 as serial numbers: other numbers, such as a year alone, are no dates of dossiers. */
const SERIALS = { first: 29_221, last: 109_573 };

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<year>\d{4})`,
  MM: String.raw`(?<month>\d{1,2})`,
  dd: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})`,
};

/** A format as a pattern. Where no separators tell the parts apart, each has its full width. */
function patternOf(format: DateFormat): RegExp {
  const source = format.replace(/yyyy|MM|dd|HH|mm|ss| /g, (part) =>
    part === ' ' ? String.raw`\s+` : (TOKENS[part] ?? part),
  );
  return new RegExp(`^${/\W/.test(format) ? source : source.replaceAll('{1,2}', '{2}')}$`);
}

/** A cell of a spreadsheet that is formatted as a date arrives in this form, whatever the mapping says. */
const CELL = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})T(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})$/;

/** Makes the reader of moments in these formats; it returns undefined for a text that is none of them, or no day that ever was. */
export function createDateReader(formats: readonly DateFormat[]): (text: string) => ReadMoment | undefined {
  const patterns = [CELL, ...formats.filter((format) => format !== 'excel').map(patternOf)];
  const hasSerials = formats.includes('excel');
  return (text) => {
    for (const pattern of patterns) {
      const parts = pattern.exec(text)?.groups;
      if (parts) return momentOf(parts, pattern === CELL);
    }
    return hasSerials && /^\d{1,6}(\.\d+)?$/.test(text) ? fromSerial(Number(text)) : undefined;
  };
}

function momentOf(parts: Readonly<Record<string, string | undefined>>, isCell: boolean): ReadMoment | undefined {
  const [year, month, day] = [Number(parts['year']), Number(parts['month']), Number(parts['day'])];
  const [hour, minute, second] = [
    Number(parts['hour'] ?? 0),
    Number(parts['minute'] ?? 0),
    Number(parts['second'] ?? 0),
  ];
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === day &&
    instant.getUTCHours() === hour &&
    minute < 60 &&
    second < 60;
  if (!isReal) return undefined;
  // a spreadsheet keeps a day as its midnight
  const isMidnight = hour === 0 && minute === 0 && second === 0;
  return { stamp: stampOf(instant), hasTime: isCell ? !isMidnight : parts['hour'] !== undefined };
}

function fromSerial(serial: number): ReadMoment | undefined {
  if (serial < SERIALS.first || serial > SERIALS.last) return undefined;
  // serials are fractions of a day: without rounding, 10:30:00 would be 10:29:59
  const seconds = Math.round((serial * DAY_MS) / 1_000);
  return { stamp: stampOf(new Date(SERIAL_EPOCH + seconds * 1_000)), hasTime: seconds % 86_400 !== 0 };
}

const stampOf = (instant: Date): string => instant.toISOString().slice(0, 19).replace(/\D/g, '');
