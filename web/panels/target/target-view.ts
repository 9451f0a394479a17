import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';

/** A value against its goal. Lengths are shares of the scale, 0 to 1. */
export interface TargetLine {
  id: string;
  name: string;
  value: number | null;
  goal: number | null;
  /** How far the bar reaches; null where there is no value. */
  length: number | null;
  /** Where the goal stands; null where there is none. */
  mark: number | null;
  /** Whether the goal is reached; null where that cannot be said. */
  reached: boolean | null;
  /** What is missing to the goal, above zero; null when it is reached or cannot be said. */
  missing: number | null;
  /** By when (epoch ms); null where nobody says. */
  due_at: number | null;
}

const WHOLE_PERCENT = 100;

/**
 * The first `top` rows as bars against their goals: `goal` of the row, else the target of the metric. Each stands on a scale of its own, since goals
 * may be of different things; percent stands on 0 to 100. Where down is good, a goal is reached from above.
 */
export function targetsOf(
  result: Rows | undefined,
  metric: Pick<Metric, 'target' | 'good' | 'format'>,
  options: { top: number; name: (label: string, row: Row) => string },
): TargetLine[] {
  return readRows(result)
    .slice(0, options.top)
    .map((row) => {
      const id = row.text('label') ?? '';
      const value = row.number('value');
      const goal = row.number('goal') ?? metric.target ?? null;
      const most = Math.max(metric.format === 'percent' ? WHOLE_PERCENT : 0, value ?? 0, goal ?? 0);
      const part = (of: number | null): number | null => (of === null || most <= 0 ? null : Math.max(0, of / most));
      const gap = value === null || goal === null ? null : metric.good === 'down' ? value - goal : goal - value;
      return {
        ...{ id, name: id === '' ? '' : options.name(id, row), value, goal },
        ...{ length: part(value), mark: part(goal) },
        reached: gap === null ? null : gap <= 0,
        missing: gap !== null && gap > 0 ? gap : null,
        due_at: row.number('due_at'),
      };
    });
}
