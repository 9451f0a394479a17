import { DateTime } from 'luxon';

/** Kinds of period, as reports have them. */
export const PERIOD_KINDS = ['month', 'quarter', 'half', 'year', 'day'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

const SHAPE = /^\d{4}(-H[12]|-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const STEP = {
  month: { months: 1 },
  quarter: { months: 3 },
  half: { months: 6 },
  year: { years: 1 },
  day: { days: 1 },
} as const satisfies Record<PeriodKind, object>;

/** A period (`2026-Q4`) of an address; undefined for text that is none. */
export function readPeriod(text: string | undefined): string | undefined {
  return text !== undefined && SHAPE.test(text) && startOf(text).isValid ? text : undefined;
}

/** What kind of period a text is. */
export function kindOf(period: string): PeriodKind {
  if (period.length === 4) return 'year';
  if (period.includes('H')) return 'half';
  if (period.includes('Q')) return 'quarter';
  return period.length === 7 ? 'month' : 'day';
}

/** The first day of a period. */
function startOf(period: string): DateTime {
  const [year = '', part = '01', day = '01'] = period.split('-');
  const number = Number(part.replace(/\D/, ''));
  const month = part.startsWith('H') ? number * 6 - 5 : part.startsWith('Q') ? number * 3 - 2 : number;
  return DateTime.fromObject({ year: Number(year), month, day: Number(day) }, { zone: 'utc' });
}

function written(day: DateTime, kind: PeriodKind): string {
  if (kind === 'half') return `${day.year}-H${day.month <= 6 ? 1 : 2}`;
  if (kind === 'quarter') return `${day.year}-Q${day.quarter}`;
  return day.toFormat({ year: 'yyyy', month: 'yyyy-MM', day: 'yyyy-MM-dd' }[kind]);
}

/** The period of another kind that a period begins in. */
export function periodAs(period: string, kind: PeriodKind): string {
  return written(startOf(period), kind);
}

/** The period of a kind that an instant (epoch ms) falls in, in a zone. */
export function periodOf(instant: number, kind: PeriodKind, zone: string): string {
  return written(DateTime.fromMillis(instant, { zone }), kind);
}

/** The period that lies so many periods of its own kind after another. */
export function periodAfter(period: string, count: 1 | -1): string {
  const kind = kindOf(period);
  const start = startOf(period);
  return written(count > 0 ? start.plus(STEP[kind]) : start.minus(STEP[kind]), kind);
}

/** A period in words, as a key of the catalogues and what to fill in. */
export function periodWords(period: string): { key: string; values: Record<string, string | number> } {
  const kind = kindOf(period);
  const start = startOf(period);
  const values = { year: start.year, quarter: start.quarter, month: start.toFormat('MM'), day: start.toFormat('dd') };
  return { key: kind === 'half' ? `half_${start.month === 1 ? 1 : 2}` : kind, values };
}
