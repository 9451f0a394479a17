import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';

/** A step, and what is left in it. */
export interface FunnelStep {
  id: string;
  name: string;
  value: number | null;
  /** 0 to 1 of the largest step; null for a missing value. */
  length: number | null;
  /** What share of the step before is left, in percent; null for the first, and where either is missing or the one before is zero. */
  left: number | null;
}

/** The rows as steps, in their order. */
export function funnelOf(result: Rows | undefined, name: (label: string, row: Row) => string): FunnelStep[] {
  const rows = readRows(result);
  const values = rows.map((row) => row.number('value'));
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return rows.map((row, index) => {
    const id = row.text('label') ?? '';
    const value = values[index] ?? null;
    const before = index === 0 ? null : (values[index - 1] ?? null);
    return {
      ...{ id, name: name(id, row), value },
      length: value === null || most <= 0 ? null : Math.max(0, value / most),
      left: value === null || before === null || before <= 0 ? null : (100 * value) / before,
    };
  });
}
