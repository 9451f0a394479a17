import type { Metric } from '#dashboards/schema/metric.ts';
import type { Language } from '../i18n/i18n.ts';

/** What is written where a value is missing. Missing is not zero. */
export const MISSING = '—';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Writes numbers, instants (epoch ms) and ages (ms) in one language and one zone. */
export interface Formats {
  /** `1.284`. */
  integer: (value: number) => string;
  /** `96,8`. */
  decimal: (value: number, decimals: number) => string;
  /** A value as its metric says: `1.284`, `96,8`, `1 giờ 20 phút`. A percent is written without its sign. */
  value: (value: number | null, metric: Pick<Metric, 'format' | 'decimals'>) => string;
  /** `+6` or `−4`, with `decimals`. */
  signed: (value: number, decimals: number) => string;
  /** `09:41:27`. */
  clock: (instant: number) => string;
  /** `10h`. */
  hour: (instant: number) => string;
  /** `09:41`. */
  time: (instant: number) => string;
  /** `21/11/2026`. */
  date: (instant: number) => string;
  /** `21/11/2026 09:41`. */
  dateTime: (instant: number) => string;
  /** `09:41:27 21/11/2026`. */
  clockDate: (instant: number) => string;
  /** `Thứ Bảy, 21/11/2026`, `Sat, 21/11/2026`. */
  longDate: (instant: number) => string;
  /** `2 giây`, `18 phút`, `1 giờ`, `hôm qua`, `3 ngày`: how long ago `instant` was at `now`. */
  age: (instant: number, now: number) => string;
  /** `2 giây`, `18 phút`, `1 giờ`, `3 ngày`: a length of time. */
  span: (ms: number) => string;
  /** The hour of the day, 0 to 23. */
  hourOfDay: (instant: number) => number;
}

/** The number of the day that an instant falls on, by the calendar of the zone that `parts` reads. */
function dayNumber(parts: Intl.DateTimeFormat, instant: number): number {
  const found = new Map(parts.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(found.get('year') ?? 0, (found.get('month') ?? 1) - 1, found.get('day') ?? 1) / DAY;
}

/** Intl.NumberFormat objects are dear to make, so each is made once a language. */
function createNumbers(locale: string): Pick<Formats, 'integer' | 'decimal' | 'signed'> {
  const plain = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const write = (value: number, digits: number): string => (plain[digits] ?? plain[0])?.format(value) ?? String(value);
  return {
    integer: (value) => write(Math.round(value), 0),
    decimal: write,
    signed: (value, digits) => {
      const text = write(Math.abs(value), digits);
      if (value === 0) return text;
      return `${value > 0 ? '+' : '−'}${text}`;
    },
  };
}

/** Ages and lengths, in whole units. */
function createSpans(locale: string, zone: string): Pick<Formats, 'age' | 'span'> {
  const unit = (name: 'second' | 'minute' | 'hour' | 'day'): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: locale === 'vi' ? 'long' : 'short' });
  const [second, minute, hour, day] = [unit('second'), unit('minute'), unit('hour'), unit('day')];
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' });
  const span = (ms: number): string => {
    const length = Math.max(0, ms);
    if (length < MINUTE) return second.format(Math.floor(length / SECOND));
    if (length < HOUR) return minute.format(Math.floor(length / MINUTE));
    if (length < DAY) return hour.format(Math.floor(length / HOUR));
    return day.format(Math.floor(length / DAY));
  };
  return {
    span,
    age: (instant, now) => {
      const length = now - instant;
      if (length < DAY / 2) return span(length);
      const days = dayNumber(parts, now) - dayNumber(parts, instant);
      if (days === 0) return span(length);
      return days === 1 ? relative.format(-1, 'day').toLocaleLowerCase(locale) : day.format(days);
    },
  };
}

/** Instants on the zone's clock. */
function createInstants(
  locale: string,
  zone: string,
): Omit<Formats, keyof ReturnType<typeof createNumbers> | keyof ReturnType<typeof createSpans> | 'value'> {
  const make = (options: Intl.DateTimeFormatOptions, of = 'en-GB'): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(of, { timeZone: zone, hourCycle: 'h23', ...options });
  const clock = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const date = make({ day: '2-digit', month: '2-digit', year: 'numeric' });
  // English names of days are longer than a heading has room for
  const weekday = make({ weekday: locale === 'vi' ? 'long' : 'short' }, locale);
  const hours = make({ hour: 'numeric' });
  const hourOfDay = (instant: number): number => Number(hours.format(instant));
  return {
    clock: (instant) => clock.format(instant),
    time: (instant) => time.format(instant),
    date: (instant) => date.format(instant),
    dateTime: (instant) => `${date.format(instant)} ${time.format(instant)}`,
    clockDate: (instant) => `${clock.format(instant)} ${date.format(instant)}`,
    longDate: (instant) => `${weekday.format(instant)}, ${date.format(instant)}`,
    hourOfDay,
    hour: (instant) => `${hourOfDay(instant)}h`,
  };
}

/** Makes the formats of a language in a zone. Dates are written dd/MM/yyyy in both languages: the province's papers are. */
export function createFormats(language: Language, zone: string): Formats {
  const locale = language === 'vi' ? 'vi' : 'en';
  const numbers = createNumbers(locale);
  const spans = createSpans(locale, zone);
  return {
    ...numbers,
    ...spans,
    ...createInstants(locale, zone),
    value: (value, metric) => {
      if (value === null) return MISSING;
      if (metric.format === 'integer') return numbers.integer(value);
      if (metric.format === 'duration') return spans.span(value * SECOND);
      return numbers.decimal(value, metric.decimals);
    },
  };
}

const made = new Map<string, Formats>();

/** The formats of a language in a zone, made once a page: components by the dozen ask for the same ones. */
export function formatsOf(language: Language, zone: string): Formats {
  const key = `${language} ${zone}`;
  const formats = made.get(key) ?? createFormats(language, zone);
  made.set(key, formats);
  return formats;
}
