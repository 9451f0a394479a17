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
 * count, a record over several lines counts once. Throws a `TableError`, also while its rows are read; a text that stops being CSV ends with a broken row.
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

/** The first records; where a quote is never closed, those before it, or else the first line as it stands. */
function readSample(lines: string, delimiter: string): string[][] {
  const records: string[][] = [];
  const take = (record: unknown): null => {
    records.push(RecordSchema.parse(record));
    return null;
  };
  try {
    parseSync(lines, { ...optionsOf(delimiter), to: 30, on_record: take });
  } catch {
    if (records.length === 0) return [(/^.*/.exec(lines.trimStart())?.[0] ?? '').split(delimiter)];
  }
  return records;
}

/** The rows of a text, part by part; where it stops being CSV, the rows before that and a broken one. */
async function* readRows(text: string, delimiter: string, first: number): AsyncGenerator<TableRow> {
  let row = first;
  let records: string[][] = [];
  const taken = function* (): Generator<TableRow> {
    for (const record of records) {
      if (record.length > MOST_COLUMNS)
        throw new TableError('IOC_FILE_TOO_LARGE', `row ${row} has ${record.length} columns; at most ${MOST_COLUMNS}`);
      yield { row, cells: record.map(readCell) };
      row += 1;
    }
    records = [];
  };
  // a stream that fails forgets what it has read and nobody has taken yet
  const parser = parse({
    ...optionsOf(delimiter),
    on_record: (record: unknown) => {
      records.push(RecordSchema.parse(record));
      return null;
    },
  });
  parser.on('error', () => undefined);
  let failure: Error | null | undefined;
  for (const chunk of chunksOf(text)) {
    failure = await new Promise<Error | null | undefined>((done) => parser.write(chunk, done));
    yield* taken();
    if (failure) break;
  }
  if (!failure) failure = await new Promise<Error | null | undefined>((done) => parser.end(done));
  yield* taken();
  if (failure instanceof CsvError) yield { row, cells: [], broken: brokenBy(failure) };
  else if (failure) throw failure;
}

function* chunksOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK);
}

/** `="00123"` is how exports keep a spreadsheet from reading a text as a number. */
const readCell = (text: string) => textCell(/^="(.*)"$/s.exec(text)?.[1] ?? text);

function brokenBy(error: CsvError): { column: number; reason: string } {
  const column = typeof error['column'] === 'number' ? error['column'] : 0;
  const rest = 'neither this row nor what follows it was read';
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return { column, reason: `unclosed quote in column ${column + 1}: ${rest}` };
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return {
      column,
      reason: `longer than ${LONGEST_RECORD} characters, perhaps by an unclosed quote in column ${column + 1}: ${rest}`,
    };
  return { column, reason: `no CSV in column ${column + 1} (${error.code}): ${rest}` };
}
