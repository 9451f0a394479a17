import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { readRows } from '../../live/rows.ts';
import { stepOf } from '../bars/bars-view.ts';
import type { Step } from '../bars/bars-view.ts';

/** What a unit was in one step of time: its value, null where nothing is known, and the step from calm (1) to alarm (5). */
export interface MatrixCell {
  t: number;
  value: number | null;
  step: Step | null;
}

/** A line of the matrix: a unit, and its cells from the oldest. */
export interface MatrixLine {
  id: string;
  name: string;
  /** Its worst value; null where nothing is known of it. */
  worst: number | null;
  cells: MatrixCell[];
}

/** Rows as lines over common steps of time. */
export interface Matrix {
  /** Starts of the steps, epoch ms, without gaps. */
  instants: number[];
  lines: MatrixLine[];
}

/** Most steps that are drawn: rows that lie apart by mistake must not make a line of thousands. */
const MOST_STEPS = 200;

/** Rows of `label`, `t`, `value` as a matrix, the worst lines first. A step of which a line has no row is not known: missing, neither good nor bad. */
export function matrixOf(
  result: Rows | undefined,
  metric: Pick<Metric, 'limits' | 'good'>,
  name: (label: string) => string,
): Matrix {
  const values = new Map<string, Map<number, number | null>>();
  for (const row of readRows(result)) {
    const [label, t] = [row.text('label'), row.number('t')];
    if (label === null || t === null) continue;
    const line = values.get(label) ?? new Map<number, number | null>();
    values.set(label, line.set(t, row.number('value')));
  }
  const instants = evenly([...values.values()].flatMap((line) => [...line.keys()]));
  const lines = [...values].map(([id, known]): MatrixLine => {
    const cells = instants.map((t) => {
      const value = known.get(t) ?? null;
      return { t, value, step: stepOf(value, metric) };
    });
    return { id, name: name(id), worst: worstOf(cells, metric), cells };
  });
  const weight = (line: MatrixLine): number => line.cells.reduce((sum, { step }) => sum + (step ?? 1) ** 2, 0);
  lines.sort((one, other) => weight(other) - weight(one) || (one.id < other.id ? -1 : 1));
  return { instants, lines };
}

/** All steps from the first to the last instant, as far apart as the nearest two. */
function evenly(instants: readonly number[]): number[] {
  const known = [...new Set(instants)].sort((one, other) => one - other);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const gap = Math.min(...known.slice(1).map((t, index) => t - (known[index] ?? t)));
  if (!Number.isFinite(gap) || (last - first) / gap >= MOST_STEPS) return known.slice(-MOST_STEPS);
  return Array.from({ length: Math.round((last - first) / gap) + 1 }, (_, index) => first + index * gap);
}

function worstOf(cells: readonly MatrixCell[], { good }: Pick<Metric, 'good'>): number | null {
  const values = cells.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return null;
  return good === 'up' ? Math.min(...values) : Math.max(...values);
}
