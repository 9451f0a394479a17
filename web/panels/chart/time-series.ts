import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';

/** Values of some series over common instants. A series without a row at an instant is missing there. */
export interface TimeSeries {
  /** Ascending, epoch ms. */
  instants: number[];
  values: Map<string, (number | null)[]>;
}

/** Turns rows of `t`, `series` and a column (`value`) into one list of values a series, in the order of `ids`. Rows of other series are left out. */
export function timeSeries(result: Rows | undefined, ids: readonly string[], column = 'value'): TimeSeries {
  const rows = readRows(result).map((row) => ({
    t: row.number('t'),
    series: row.text('series'),
    value: row.number(column),
  }));
  const instants = [...new Set(rows.map((row) => row.t).filter((t) => t !== null))].sort((one, other) => one - other);
  const places = new Map(instants.map((instant, index) => [instant, index]));
  const values = new Map(ids.map((id) => [id, instants.map((): number | null => null)]));
  for (const { t, series, value } of rows) {
    const place = t === null ? undefined : places.get(t);
    const target = series === null ? undefined : values.get(series);
    if (place !== undefined && target) target[place] = value;
  }
  return { instants, values };
}

/** Whether all that is known of some values is whole numbers. */
export function areWhole(values: Iterable<readonly (number | null)[]>): boolean {
  return [...values].every((each) => each.every((value) => value === null || Number.isInteger(value)));
}

/** A line or layer to draw: its id in the rows, its name in the viewer's language, its colour by name. */
export interface SeriesLine {
  id: string;
  name: string;
  color: 'in' | 'out' | 'neutral' | 'warn' | 'alarm' | 'low' | 'medium' | 'high' | 'critical' | 'unclassified';
}

/** True when the last of evenly spaced instants begins a step that is not over at `at` (epoch ms): its values still grow. */
export function isRunning(instants: readonly number[], at: number): boolean {
  const [before, last] = instants.slice(-2);
  return before !== undefined && last !== undefined && at < last + (last - before);
}
