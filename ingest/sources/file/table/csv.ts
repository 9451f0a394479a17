import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse, type Options } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { z } from 'zod';
import { MOST_COLUMNS, TableError, textCell, type TableOrigin, type TableRow } from './cell.ts';
import { decodeText } from './encoding.ts';

const DELIMITERS = [';', ',', '\t'];
/** Longest record, in characters: a quote that is never closed must not swallow the file. */
const LONGEST_RECORD = 256 * 1_024;
/** Characters that are looked at to find the delimiter, and characters that are parsed at a time. */
const SAMPLE = 64 * 1_024;
const CHUNK = 64 * 1_024;

const RecordSchema = z.array(z.string());

/** A CSV file that was opened: what it is, and its rows, to be read once. */
export interface CsvTable {
  origin: TableOrigin;
  rows: AsyncIterable<TableRow>;
}

/**
 * Opens a CSV file: its encoding and its delimiter (`;`, `,` or tab) are found out. A row's number is the one that a spreadsheet shows: blank lines
 * count, a record over several lines counts once. Throws a `TableError`, also while its rows are read.
 */
export function openCsv(bytes: Uint8Array): CsvTable {
  const { text: whole, encoding } = decodeText(bytes);
  const named = /^sep=([;,|\t])\r?\n/.exec(whole);
  const text = named ? whole.slice(named[0].length) : whole;
  const delimiter = named?.[1] ?? delimiterOf(text.slice(0, SAMPLE));
  const origin: TableOrigin = { format: 'csv', encoding, delimiter: delimiter === '\t' ? 'tab' : delimiter };
  return { origin, rows: readRows(text, delimiter, named ? 2 : 1) };
}

const optionsOf = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: LONGEST_RECORD,
});

/** The delimiter that gives the first lines the most columns; a lone title line above does not sway it. */
function delimiterOf(sample: string): string {
  const lines = sample.slice(0, sample.length < SAMPLE ? undefined : sample.lastIndexOf('\n') + 1);
  const widths = DELIMITERS.map((delimiter) => {
    const records = readSample(lines, delimiter).map((record) => record.filter((cell) => cell.trim() !== '').length);
    return { delimiter, width: Math.max(0, ...records) };
  });
  return widths.reduce((best, next) => (next.width > best.width ? next : best)).delimiter;
}

function readSample(lines: string, delimiter: string): string[][] {
  try {
    const records: unknown = parseSync(lines, { ...optionsOf(delimiter), to: 30 });
    return z.array(RecordSchema).parse(records);
  } catch {
    return [];
  }
}

async function* readRows(text: string, delimiter: string, first: number): AsyncGenerator<TableRow> {
  const parser = parse(optionsOf(delimiter));
  // what goes wrong on the way is seen by whoever reads the rows
  pipeline(Readable.from(chunksOf(text)), parser).catch(() => undefined);
  let row = first;
  try {
    for await (const record of parser) {
      const cells = RecordSchema.parse(record);
      if (cells.length > MOST_COLUMNS)
        throw new TableError('IOC_FILE_TOO_LARGE', `row ${row} has ${cells.length} columns; at most ${MOST_COLUMNS}`);
      yield { row, cells: cells.map(readCell) };
      row += 1;
    }
  } catch (error) {
    throw error instanceof CsvError ? new TableError('IOC_FILE_FORMAT', wordsOf(error, first)) : error;
  }
}

function* chunksOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK);
}

/** `="00123"` is how exports keep a spreadsheet from reading a text as a number. */
const readCell = (text: string) => textCell(/^="(.*)"$/s.exec(text)?.[1] ?? text);

function wordsOf(error: CsvError, first: number): string {
  // the parser is ahead of the rows that were taken from it
  const row = first + (typeof error['records'] === 'number' ? error['records'] : 0);
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `row ${row} is longer than ${LONGEST_RECORD} characters; a quote may be left open`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `a quote is opened in row ${row} and never closed`;
  return `the text is no CSV from row ${row} on (${error.code})`;
}
