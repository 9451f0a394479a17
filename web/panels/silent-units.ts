import type { Rows } from '#api/contract.ts';
import { readRows } from '../live/rows.ts';

/** The units of which nothing was heard for too long, by the result of the role `silent`: what is last known of them is old. */
export function silentUnits(result: Rows | undefined): ReadonlySet<string> {
  return new Set(readRows(result).map((row) => row.text('unit') ?? ''));
}
