import type { Cell, Rows } from '#api/contract.ts';

/** One row of a result, read by column name. A column that the result lacks reads as missing. */
export interface Row {
  cell: (column: string) => Cell;
  /** The number of a column; null when missing or text. */
  number: (column: string) => number | null;
  /** The text of a column; null when missing. A number reads as its digits. */
  text: (column: string) => string | null;
  /** All cells by column. */
  values: () => Readonly<Record<string, Cell>>;
}

/** Reads the rows of a result; none while there is no result. */
export function readRows(result: Rows | undefined): Row[] {
  if (!result) return [];
  const places = new Map(result.columns.map((column, index) => [column, index]));
  return result.rows.map((row) => {
    const cell = (column: string): Cell => {
      const place = places.get(column);
      return place === undefined ? null : (row[place] ?? null);
    };
    return {
      cell,
      number: (column) => {
        const value = cell(column);
        return typeof value === 'number' ? value : null;
      },
      text: (column) => {
        const value = cell(column);
        return value === null ? null : String(value);
      },
      values: () => Object.fromEntries([...places.keys()].map((column) => [column, cell(column)])),
    };
  });
}

/** True when no row has a value in `column`: nothing to draw. */
export function lacks(result: Rows | undefined, column: string): boolean {
  return readRows(result).every((row) => row.cell(column) === null);
}
