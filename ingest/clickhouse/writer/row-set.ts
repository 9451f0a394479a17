import type { DeadLetterRow, LogEntry } from '../../schema/row.ts';
import type { Log } from '../relations.ts';
import { LOG_COLUMNS, type LogRow } from './columns.ts';
import { RowBuffer } from './row-buffer.ts';

/** An event that needs nothing done after it is stored. Dossiers are folded by the ingest that took them. */
export type PlainEntry = Exclude<LogEntry, { family: 'dossier' }>;

/** Rows of one log, encoded. */
export interface EncodedRows {
  log: Log;
  rows: number;
  bytes: Buffer;
}

/** Rows of several logs that came together, encoded as they are added. It is used again after `reset`. */
export class RowSet {
  readonly #logs = new Map<Log, { out: RowBuffer; rows: number }>();

  add(entry: PlainEntry): void {
    switch (entry.family) {
      case 'link':
        return this.#write('link', entry.row);
      case 'security':
        return this.#write('security', entry.row);
      case 'reading':
        return this.#write('reading', entry.row);
      case 'chase':
        return this.#write('chase', entry.row);
      case 'entry':
        return this.#write('entry', entry.row);
      case 'display':
        return this.#write('display', entry.row);
      case 'syslog':
        return this.#write('syslog', entry.row);
      case 'intake':
        return this.#write('intake', entry.row);
      case 'alert':
        return this.#write('alert', entry.row);
      case 'duty':
        return this.#write('duty', entry.row);
    }
  }

  bury(letter: DeadLetterRow): void {
    this.#write('dead_letter', letter);
  }

  /** What was added, by log: valid until `reset`. */
  encoded(): EncodedRows[] {
    return [...this.#logs].flatMap(([log, { out, rows }]) => (rows > 0 ? [{ log, rows, bytes: out.written() }] : []));
  }

  reset(): void {
    for (const buffer of this.#logs.values()) {
      buffer.out.reset();
      buffer.rows = 0;
    }
  }

  #write<L extends Log>(log: L, row: LogRow[L]): void {
    let buffer = this.#logs.get(log);
    if (!buffer) this.#logs.set(log, (buffer = { out: new RowBuffer(64 * 1024), rows: 0 }));
    const columns = LOG_COLUMNS[log];
    for (const column of columns) column.write(buffer.out, row);
    buffer.rows += 1;
  }
}
