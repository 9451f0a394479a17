import { Readable } from 'node:stream';
import exceljs, { type CellValue, type Row } from 'exceljs';
import { MOST_COLUMNS, TableError, textCell, type Cell, type TableOrigin, type TableRow } from './cell.ts';
import { measureZip, readZip, writeZip, type ZipPart } from './zip.ts';

/** Most bytes that a workbook may unfold to; 100,000 rows of 20 columns are about 100 MiB. */
const UNFOLDED = 512 * 2 ** 20;
/** Shared texts are held in memory as a whole. */
const SHARED = 128 * 2 ** 20;

/** The parts that are read before a sheet. In a file they may stand after it, and the reader would then put the sheet on disk. */
const FIRST = ['xl/_rels/workbook.xml.rels', 'xl/workbook.xml', 'xl/styles.xml', 'xl/sharedStrings.xml'];
const SHEET = /^xl\/worksheets\/sheet(\d+)\.xml$/;
/** Sheets that are looked at; one that holds dossiers comes first, or after a cover. */
const MOST_SHEETS = 10;

/** One sheet of a workbook, its rows to be read once. */
export interface XlsxSheet {
  origin: TableOrigin;
  rows: AsyncIterable<TableRow>;
}

/**
 * The visible sheets of an XLSX workbook, in order. Nothing of it is written to disk; what it unfolds to is counted before any of it is read. Throws a
 * `TableError`, also while rows are read.
 */
export async function* openXlsx(bytes: Uint8Array): AsyncGenerator<XlsxSheet> {
  const parts = readZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const byName = new Map(parts.map((part) => [part.name, part]));
  const first = FIRST.flatMap((name) => byName.get(name) ?? []);
  const sheets = parts.filter(({ name }) => SHEET.test(name)).sort((left, right) => numberOf(left) - numberOf(right));
  if (!byName.has('xl/workbook.xml') || sheets.length === 0)
    throw new TableError('IOC_FILE_FORMAT', 'the file is no XLSX workbook: it holds no sheet');
  await measureZip(
    first.filter(({ name }) => name === 'xl/sharedStrings.xml'),
    SHARED,
  );
  await measureZip([...first, ...sheets.slice(0, MOST_SHEETS)], UNFOLDED);
  for (const sheet of sheets.slice(0, MOST_SHEETS)) yield* openSheet([...first, sheet]);
}

const numberOf = (part: ZipPart): number => Number(SHEET.exec(part.name)?.[1]);

async function* openSheet(parts: readonly ZipPart[]): AsyncGenerator<XlsxSheet> {
  const reader = new exceljs.stream.xlsx.WorkbookReader(Readable.from(writeZip(parts)), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  try {
    for await (const sheet of reader) {
      if ('state' in sheet && typeof sheet.state === 'string' && sheet.state !== 'visible') return;
      const name = 'name' in sheet && typeof sheet.name === 'string' ? sheet.name : '';
      yield { origin: { format: 'xlsx', sheet: name }, rows: readRows(sheet) };
      return;
    }
  } catch (error) {
    throw asTableError(error);
  }
}

async function* readRows(rows: AsyncIterable<Row>): AsyncGenerator<TableRow> {
  try {
    for await (const row of rows) {
      const cells: Cell[] = [];
      const width = row.cellCount;
      if (width > MOST_COLUMNS)
        throw new TableError('IOC_FILE_TOO_LARGE', `row ${row.number} has ${width} columns; at most ${MOST_COLUMNS}`);
      for (let column = 1; column <= width; column += 1) cells.push(readCell(row.findCell(column)?.value));
      yield { row: row.number, cells };
    }
  } catch (error) {
    throw asTableError(error);
  }
}

const asTableError = (error: unknown): TableError =>
  error instanceof TableError
    ? error
    : new TableError('IOC_FILE_FORMAT', 'the workbook is damaged: its sheet cannot be read');

/** What a cell shows. A formula counts by the value that was stored with it; a date is its wall clock, which the workbook keeps as if it were UTC. */
function readCell(value: CellValue | undefined): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { error: 'the spreadsheet has no value here' };
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return wallTime(value);
  if ('error' in value) return textCell(value.error);
  if ('richText' in value) return textCell(value.richText.map(({ text }) => text).join(''));
  if ('hyperlink' in value) return textCell(value.text);
  return 'result' in value && value.result !== undefined
    ? readCell(value.result)
    : { error: 'a formula without a stored value: open the workbook in a spreadsheet and save it' };
}

function wallTime(date: Date): Cell {
  // dates are fractions of a day: without rounding, 10:30:00 would be 10:29:59
  const rounded = new Date(Math.round(date.getTime() / 1_000) * 1_000);
  return Number.isNaN(rounded.getTime())
    ? { error: 'the spreadsheet has no date here' }
    : rounded.toISOString().slice(0, 19);
}
