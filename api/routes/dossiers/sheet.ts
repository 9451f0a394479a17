import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import excel from 'exceljs';

/** One cell of a sheet; a Date is shown as dd/MM/yyyy HH:mm:ss: to the second, so that a file that comes back says the same. */
export type SheetCell = string | number | Date | null;

/** A sheet to be written: lines above the rows, and the rows as they come. */
export interface Sheet {
  name: string;
  heads: readonly (readonly string[])[];
  /** Columns of the first heading that one cell spans, from and to, counted from 1. */
  spans?: readonly (readonly [from: number, to: number])[];
  rows: AsyncIterable<SheetCell[]> | Iterable<SheetCell[]>;
}

export const SHEET_FORMATS = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

export const MEDIA_TYPES: Record<SheetFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Most rows of a sheet of a workbook; its format has room for 1,048,576 with the headings. */
export const MOST_XLSX_ROWS = 1_000_000;

const DATE_FORMAT = 'dd/mm/yyyy hh:mm:ss';

/**
 * Writes a sheet as a stream; a fault of its rows ends the stream with that error. Texts that a spreadsheet would take for a
 * formula are written as texts.
 */
export function writeSheet(sheet: Sheet, format: SheetFormat): Readable {
  return format === 'csv' ? writeCsv(sheet) : writeXlsx(sheet);
}

/** With a byte order mark, since spreadsheets take a CSV without one for another encoding. */
function writeCsv({ heads, rows }: Sheet): Readable {
  const out = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows', cast: { date: dateText } });
  const lines = async function* (): AsyncGenerator<readonly SheetCell[]> {
    yield* heads;
    yield* rows;
  };
  pipeline(lines(), out).catch((error: unknown) => out.destroy(error instanceof Error ? error : undefined));
  return out;
}

function writeXlsx(sheet: Sheet): Readable {
  const out = new PassThrough();
  fillWorkbook(sheet, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : undefined));
  return out;
}

async function fillWorkbook({ name, heads, spans = [], rows }: Sheet, out: PassThrough): Promise<void> {
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  const page = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: heads.length }] });
  page.columns = (heads.at(-1) ?? []).map((_head, column) => ({ width: column === 1 ? 44 : 18 }));
  for (const head of heads) {
    const row = page.addRow([...head]);
    row.font = { bold: true };
    row.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  }
  for (const [from, to] of spans) page.mergeCells(1, from, 1, to);
  // rows above are written out as they are committed; merged cells must be known before
  page.lastRow?.commit();
  for await (const cells of rows) {
    const row = page.addRow(cells);
    cells.forEach((cell, index) => {
      if (cell instanceof Date) row.getCell(index + 1).numFmt = DATE_FORMAT;
    });
    row.commit();
    // the writer does not wait for a slow reader by itself
    if (out.writableNeedDrain) await new Promise<void>((go) => out.once('drain', go));
  }
  page.commit();
  await book.commit();
}

/** A Date whose UTC fields are local time, as texts and workbooks show it. */
function dateText(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  return `${day.split('-').toReversed().join('/')} ${time.slice(0, 8)}`;
}
