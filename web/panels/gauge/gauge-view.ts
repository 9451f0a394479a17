import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { readRows } from '../../live/rows.ts';
import { stepOf } from '../bars/bars-view.ts';
import type { Step } from '../bars/bars-view.ts';

/** A stretch of the scale, in shares of it, and the step that values on it have. */
export interface Zone {
  from: number;
  to: number;
  step: Step;
}

/** A value on a scale. Shares are 0 to 1 of the way from `min` to `max`. */
export interface Gauge {
  value: number | null;
  step: Step | null;
  min: number;
  /** Null where nothing says where the scale ends. */
  max: number | null;
  /** Where the value stands, at the nearer end when it is beyond one; null where that cannot be said. */
  share: number | null;
  /** Where the target stands; null where there is none on the scale. */
  target: number | null;
  /** Empty for a metric without limits. */
  zones: Zone[];
}

/** The first row on its scale, which ends at `max`, else at the whole that the row is part of (`of`), else at 100 of a percentage. */
export function gaugeOf(
  result: Rows | undefined,
  metric: Pick<Metric, 'format' | 'limits' | 'good' | 'target'>,
  options: { min: number; max?: number | undefined },
): Gauge {
  const row = readRows(result)[0];
  const value = row?.number('value') ?? null;
  const { min } = options;
  const end = options.max ?? row?.number('of') ?? (metric.format === 'percent' ? 100 : null);
  const max = end !== null && end > min ? end : null;
  const shareOf = (at: number): number | null => (max === null ? null : (at - min) / (max - min));
  const share = value === null ? null : shareOf(value);
  const target = metric.target === undefined ? null : shareOf(metric.target);
  return {
    ...{ value, min, max, step: stepOf(value, metric) },
    share: share === null ? null : Math.min(1, Math.max(0, share)),
    target: target !== null && target >= 0 && target <= 1 ? target : null,
    zones: max === null ? [] : zonesOf(metric, min, max),
  };
}

function zonesOf(metric: Pick<Metric, 'limits' | 'good'>, min: number, max: number): Zone[] {
  if (!metric.limits) return [];
  const inside = metric.limits.filter((limit) => limit > min && limit < max).toSorted((one, other) => one - other);
  const ends = [min, ...inside, max];
  return ends.slice(1).map((to, index) => {
    const from = ends[index] ?? min;
    return {
      from: (from - min) / (max - min),
      to: (to - min) / (max - min),
      step: stepOf((from + to) / 2, metric) ?? 1,
    };
  });
}

/**
 * The `d` of an arc of the half circle above (`x`, `y`), from one share of it to another, left to right.
 *
 * @param radius in the units of the drawing
 */
export function arcOf(at: { x: number; y: number }, radius: number, from: number, to: number): string {
  const point = (share: number): string => {
    const angle = Math.PI * (1 - share);
    return `${(at.x + radius * Math.cos(angle)).toFixed(2)} ${(at.y - radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${point(from)}A${radius} ${radius} 0 0 1 ${point(to)}`;
}
