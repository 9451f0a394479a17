import type { Cell, Diff, Snapshot } from '#api/contract.ts';

/** What a diff did to the result that was held. After a `gap` the whole result must be asked for. */
export type Applied = { kind: 'applied'; snapshot: Snapshot } | { kind: 'old' } | { kind: 'gap' };

/**
 * Applies the change from `seq - 1` to `seq`. The held snapshot is not touched: who draws it sees a new object.
 * A diff for a result not held, or that leaves a hole in the rows, is a gap; one already applied is old.
 */
export function applyDiff(held: Snapshot | undefined, diff: Diff): Applied {
  if (!held) return { kind: 'gap' };
  if (diff.seq <= held.seq) return { kind: 'old' };
  if (diff.seq !== held.seq + 1) return { kind: 'gap' };
  const rows: (Cell[] | undefined)[] = held.rows.slice(0, diff.length);
  while (rows.length < diff.length) rows.push(undefined);
  for (const [index, row] of diff.set) if (index < diff.length) rows[index] = row;
  const whole = rows.filter((row) => row !== undefined);
  if (whole.length !== diff.length) return { kind: 'gap' };
  const { key, columns } = held;
  const { seq, at, query_ms, failure } = diff;
  return { kind: 'applied', snapshot: { key, columns, rows: whole, seq, at, query_ms, failure } };
}
