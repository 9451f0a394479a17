import { DateTime } from 'luxon';

/** A period as instants (epoch ms): `until` is the first after it. */
export interface PeriodSpan {
  since: number;
  until: number;
}

/** The span of a period (`2026`, `2026-H1`, `2026-Q4`, `2026-11`, `2026-11-21`) on the calendar of a zone. Throws for any other text. */
export function spanOfPeriod(period: string, zone: string): PeriodSpan {
  const [year = '', part = '', day] = period.split('-');
  const from = (month: number, date = 1) => DateTime.fromObject({ year: Number(year), month, day: date }, { zone });
  const span = (start: DateTime, length: { months?: number; days?: number }): PeriodSpan => {
    if (!start.isValid) throw new RangeError(`${period} is no period`);
    return { since: start.toMillis(), until: start.plus(length).toMillis() };
  };
  if (part === '') return span(from(1), { months: 12 });
  if (part.startsWith('H')) return span(from(Number(part.slice(1)) * 6 - 5), { months: 6 });
  if (part.startsWith('Q')) return span(from(Number(part.slice(1)) * 3 - 2), { months: 3 });
  return day === undefined
    ? span(from(Number(part)), { months: 1 })
    : span(from(Number(part), Number(day)), { days: 1 });
}

/** The month that an instant falls in, in a zone: `2026-11`. */
export function monthOf(instant: number, zone: string): string {
  return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM');
}
