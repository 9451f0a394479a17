import { openCsv } from '../file/table/csv.ts';
import { isBlank, TableError } from '../file/table/cell.ts';

/** A row of a table as a record, by the names of its columns, and the number that a spreadsheet shows for it. */
export interface TableRecord {
  row: number;
  record: Readonly<Record<string, unknown>>;
}

/**
 * The records of a CSV file, whose first row that holds anything names the columns. Empty cells are empty texts; those that a short row lacks are not there.
 * Throws a `TableError`, also on the way.
 */
export async function* readTable(bytes: Uint8Array): AsyncGenerator<TableRecord> {
  let names: string[] | undefined;
  for await (const row of openCsv(bytes).rows) {
    if (row.broken) throw new TableError('IOC_FILE_FORMAT', `row ${row.row}: ${row.broken.reason}`);
    if (isBlank(row)) continue;
    const { cells } = row;
    if (!names) names = cells.map((cell) => (typeof cell === 'string' ? cell : ''));
    else {
      const columns = names;
      const filled = cells.map((cell, index): [string, unknown] => [columns[index] ?? '', cell ?? '']);
      yield { row: row.row, record: Object.fromEntries(filled.filter(([name]) => name !== '')) };
    }
  }
}
