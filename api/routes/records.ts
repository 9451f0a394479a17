import type { Cell, Rows } from '../contract.ts';

/** Rows by name. The values are checked by the reply's schema, column by column. */
export function toRecords({ columns, rows }: Rows): Record<string, Cell>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
}
