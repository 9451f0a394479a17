import { createMapRecord, type MappedReadings } from '../reading/map-record.ts';
import type { FolderFeed } from '../../schema/feed.ts';
import { readTable } from '../reading/table.ts';

/** A row of which something could not be taken. */
export interface DroppedFault {
  /** As a spreadsheet or an editor numbers it, from 1. */
  row: number;
  reasons: string[];
}

/** A file that was read: its records as they go into the spool, and what is wrong with them. */
export interface DroppedFile {
  records: Buffer[];
  /** Records that gave at least one reading. */
  good: number;
  readings: number;
  faults: DroppedFault[];
  /** Rows with faults, also those that are not named. */
  faulty: number;
}

/** Faults that a report names. */
const MOST_FAULTS = 1_000;

/** Endings of files that are read: those of JSON lines, and those of CSV. */
export const LINES = /\.(jsonl|ndjson)$/i;
export const TABLE = /\.csv$/i;

/** Reads a file by its ending. Throws a `TableError` where a table cannot be read to its end: nothing of it is taken then. */
export async function readDropped(name: string, bytes: Uint8Array, feed: FolderFeed): Promise<DroppedFile> {
  const map = createMapRecord(feed.mapping);
  const file: DroppedFile = { records: [], good: 0, readings: 0, faults: [], faulty: 0 };
  const note = (row: number, { readings, faults }: MappedReadings): void => {
    file.readings += readings.length;
    if (readings.length > 0) file.good += 1;
    if (faults.length === 0) return;
    file.faulty += 1;
    if (file.faults.length < MOST_FAULTS) file.faults.push({ row, reasons: faults });
  };
  if (TABLE.test(name)) {
    for await (const { row, record } of readTable(bytes)) {
      file.records.push(Buffer.from(JSON.stringify(record)));
      note(row, map({ value: record, topic: '' }));
    }
    return file;
  }
  let row = 0;
  for (const line of linesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
    row += 1;
    const text = line.toString('utf8').trim();
    if (text === '') continue;
    file.records.push(line);
    const value = parsed(text);
    note(row, value === undefined ? { readings: [], faults: ['is no JSON'] } : map({ value, topic: '' }));
  }
  return file;
}

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

function* linesOf(bytes: Buffer): Generator<Buffer> {
  let from = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  for (let end = bytes.indexOf(NEWLINE, from); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
    yield bytes.subarray(from, end);
    from = end + 1;
  }
  yield bytes.subarray(from);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
