import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';

/** A step from 1 (calm) to 5 (alarm). */
export type Step = 1 | 2 | 3 | 4 | 5;
const STEPS = [1, 2, 3, 4, 5] as const;

/**
 * The step of a value by its metric's four limits; a value on a limit belongs to the worse step. Null for a missing value; 2, a quiet
 * step, for a metric without limits.
 */
export function stepOf(value: number | null, metric: Pick<Metric, 'limits' | 'good'>): Step | null {
  if (value === null) return null;
  const { limits } = metric;
  if (!limits) return 2;
  const passed = limits.filter((limit) => (metric.good === 'up' ? value <= limit : value >= limit)).length;
  return STEPS[passed] ?? 5;
}

/** A bar: what it stands for, its value, and the code that its link is filled with. */
export interface Bar {
  id: string;
  name: string;
  value: number | null;
  step: Step | null;
}

/**
 * The first `top` bars of a result, in its order (worst first). Those of `silent` units have no value and come last: what is known of them
 * is old. A missing value is kept and drawn as missing.
 */
export function barsOf(
  result: Rows | undefined,
  metric: Pick<Metric, 'limits' | 'good'>,
  options: { top: number; name: (label: string, row: Row) => string; silent?: ReadonlySet<string> },
): Bar[] {
  const bars = readRows(result).map((row) => {
    const id = row.text('label') ?? '';
    const value = options.silent?.has(id) ? null : row.number('value');
    return { id, name: options.name(id, row), value, step: stepOf(value, metric) };
  });
  return bars.sort((one, other) => Number(one.value === null) - Number(other.value === null)).slice(0, options.top);
}
