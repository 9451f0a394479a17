import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';
import { stepOf } from '../bars/bars-view.ts';
import type { Step } from '../bars/bars-view.ts';

/** A place in a league. */
export interface LeagueLine {
  id: string;
  name: string;
  /** From 1; equal values share a place. Null for a missing value. */
  place: number | null;
  value: number | null;
  step: Step | null;
  /** Length of its bar, 0 to 1 of the largest value. */
  length: number;
  /** Change against `previous`; null where there is none. */
  change: number | null;
  /** Whether the change is for the better; null where there is none, or neither direction is. */
  better: boolean | null;
  why: string;
}

/** The first `top` rows as places, in their order; those without a value come last and have no place. */
export function leagueOf(
  result: Rows | undefined,
  metric: Pick<Metric, 'limits' | 'good'>,
  options: { top: number; name: (label: string, row: Row) => string },
): LeagueLine[] {
  const rows = readRows(result);
  const most = Math.max(0, ...rows.map((row) => row.number('value') ?? 0));
  const ranked = [...rows].sort(
    (one, other) => Number(one.number('value') === null) - Number(other.number('value') === null),
  );
  const values = ranked.map((row) => row.number('value'));
  return ranked.slice(0, options.top).map((row) => {
    const id = row.text('label') ?? '';
    const value = row.number('value');
    const previous = row.number('previous');
    const change = value === null || previous === null ? null : value - previous;
    return {
      ...{ id, name: options.name(id, row), value, step: stepOf(value, metric), change },
      place: value === null ? null : values.indexOf(value) + 1,
      length: value === null || most <= 0 ? 0 : Math.max(0, value / most),
      better:
        change === null || change === 0 || metric.good === 'neutral' ? null : change > 0 === (metric.good === 'up'),
      why: row.text('why') ?? '',
    };
  });
}
