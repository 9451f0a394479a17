import { openCsv } from './csv.ts';
import { isBlank, TableError, type TableOrigin, type TableRow } from './cell.ts';
import { findHeader, HEADER_ROWS, isNumbering, type Header, type Names } from './header.ts';
import { openXlsx } from './xlsx.ts';

/** Most rows of dossiers in a file, and most characters of the columns that are read: what is read is held until it is stored. */
export const MOST_ROWS = 200_000;
const MOST_CHARACTERS = 100 * 1_000_000;
/** Rows that are handed over at a time. */
const BATCH = 500;

export type TableFormat = TableOrigin['format'];

/** What a file gives, in this order: one head, then its rows, with the cells of `header.columns` in that order and no others. */
export type TablePart = { part: 'head'; origin: TableOrigin; header: Header } | { part: 'rows'; rows: TableRow[] };

/**
 * Reads a file of dossiers. Columns that the mapping does not name are left behind here, whatever they hold. Blank rows and a row of column numbers are passed
 * over. Throws a `TableError`: nothing that came before it may be used then.
 */
export async function* readDossierTable(
  bytes: Uint8Array,
  format: TableFormat,
  names: Names,
): AsyncGenerator<TablePart> {
  const faults: string[] = [];
  for await (const { origin, rows } of sheetsOf(bytes, format)) {
    const iterator = rows[Symbol.asyncIterator]();
    const first = await firstRows(iterator);
    const broken = first.find((row) => row.broken);
    const header = findHeader(
      first.filter((row) => !row.broken),
      names,
    );
    if (header?.faults.length === 0) {
      yield { part: 'head', origin, header };
      yield* batches(header, first, iterator);
      return;
    }
    await iterator.return?.();
    if (broken?.broken) throw new TableError('IOC_FILE_FORMAT', `row ${broken.row}: ${broken.broken.reason}`);
    const where = origin.sheet === undefined ? '' : `sheet "${origin.sheet}" `;
    if (header) faults.push(`${where}row ${header.rows.join(' and ')}: ${header.faults.join('; ')}`);
  }
  throw new TableError(
    'IOC_FILE_HEADER',
    faults[0] ?? `none of the first ${HEADER_ROWS} rows holds a column name of the mapping`,
  );
}

async function* sheetsOf(bytes: Uint8Array, format: TableFormat) {
  if (format === 'csv') yield openCsv(bytes);
  else yield* openXlsx(bytes);
}

/** A broken row as one that is refused, in the column where it broke, or the first where that one is left behind. */
function brokenRow(
  { row }: TableRow,
  { column, reason }: NonNullable<TableRow['broken']>,
  { columns }: Header,
): TableRow {
  const place = Math.max(
    columns.findIndex(({ index }) => index === column),
    0,
  );
  return { row, cells: columns.map((_, each) => (each === place ? { error: reason } : undefined)) };
}

async function firstRows(rows: AsyncIterator<TableRow>): Promise<TableRow[]> {
  const first: TableRow[] = [];
  while (first.length < HEADER_ROWS) {
    const next = await rows.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  return first;
}

async function* batches(
  header: Header,
  first: readonly TableRow[],
  rest: AsyncIterator<TableRow>,
): AsyncGenerator<TablePart> {
  const last = header.rows.at(-1) ?? 0;
  let batch: TableRow[] = [];
  let count = 0;
  let characters = 0;
  const take = (row: TableRow) => {
    if (row.row <= last || (row.row === last + 1 && isNumbering(row))) return;
    const kept = row.broken
      ? brokenRow(row, row.broken, header)
      : { row: row.row, cells: header.columns.map(({ index }) => row.cells[index]) };
    if (isBlank(kept)) return;
    count += 1;
    characters += kept.cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
    if (count > MOST_ROWS || characters > MOST_CHARACTERS)
      throw new TableError(
        'IOC_FILE_TOO_LARGE',
        `at most ${MOST_ROWS} rows and ${MOST_CHARACTERS} characters: send it in parts`,
      );
    batch.push(kept);
  };
  for (const row of first) take(row);
  for await (const row of { [Symbol.asyncIterator]: () => rest }) {
    take(row);
    if (batch.length < BATCH) continue;
    yield { part: 'rows', rows: batch };
    batch = [];
  }
  if (batch.length > 0) yield { part: 'rows', rows: batch };
}
