import type { Cell } from '../contract.ts';

/** What turns one list of rows into another: rows to set by position, and the new length. */
export interface RowChange {
  length: number;
  set: [index: number, row: Cell[]][];
}

/** The change from `before` to `after`; undefined when they are the same. `apply(before, change)` is `after`. */
export function diff(before: readonly Cell[][], after: readonly Cell[][]): RowChange | undefined {
  const set: [number, Cell[]][] = [];
  after.forEach((row, index) => {
    if (!sameRow(before[index], row)) set.push([index, row]);
  });
  if (set.length === 0 && before.length === after.length) return undefined;
  return { length: after.length, set };
}

/** The rows after a change. */
export function apply(before: readonly Cell[][], change: RowChange): Cell[][] {
  const rows = before.slice(0, change.length);
  for (const [index, row] of change.set) rows[index] = row;
  return rows;
}

function sameRow(one: Cell[] | undefined, other: Cell[]): boolean {
  return one?.length === other.length && one.every((cell, index) => Object.is(cell, other[index]));
}
