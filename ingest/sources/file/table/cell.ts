/** A cell as a file holds it. An `error` is one that the spreadsheet itself says has no value, with the reason. */
export type Cell = string | number | { error: string } | undefined;

/** A row as the sheet numbers it, from 1. */
export interface TableRow {
  row: number;
  cells: Cell[];
  /** Of the row at which a text stops being a table: in which column (from 0), and why. Nothing follows it. */
  broken?: { column: number; reason: string };
}

/** What a file says of itself. */
export interface TableOrigin {
  format: 'csv' | 'xlsx';
  /** Of a text: how it was encoded. */
  encoding?: string;
  /** Of a text: what stands between the cells. */
  delimiter?: string;
  /** Of a workbook: the name of the sheet. */
  sheet?: string;
}

/** Longest text of a cell that is read, in characters. */
const LONGEST = 1_000;

/** A text as a cell: trimmed and bounded; an error text of a spreadsheet is an error. */
export function textCell(text: string): Cell {
  const trimmed = text.normalize('NFC').trim().slice(0, LONGEST);
  if (trimmed === '') return undefined;
  return /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/.test(trimmed)
    ? { error: `the spreadsheet has no value here: ${trimmed}` }
    : trimmed;
}

/** True when no cell of a row holds anything. */
export function isBlank(row: TableRow): boolean {
  return row.cells.every((cell) => cell === undefined);
}

/** The faults of a file as a whole; they are among the faults of a request. */
export const TABLE_FAULTS = ['IOC_FILE_FORMAT', 'IOC_FILE_ENCODING', 'IOC_FILE_HEADER', 'IOC_FILE_TOO_LARGE'] as const;
export type TableFault = (typeof TABLE_FAULTS)[number];

/** Why a file cannot be read as a table. The message holds nothing of a person. */
export class TableError extends Error {
  override name = 'TableError';
  readonly code: TableFault;

  constructor(code: TableFault, message: string) {
    super(message);
    this.code = code;
  }
}

/** Most columns of a file; spreadsheets allow 16,384. */
export const MOST_COLUMNS = 1_000;
