import { placeKey, type DossierPlace } from '../fold/place.ts';
import type { Log } from '../relations.ts';
import { openBatch, type Batch } from './batch.ts';
import type { Column } from './columns.ts';
import { RowBuffer } from './row-buffer.ts';

/** How batches are cut. */
export interface BatchLimits {
  /** Most rows of one insert. */
  batch_rows: number;
  /** Most bytes of one insert. */
  batch_bytes: number;
  /** Rows that are worth an insert at once, without waiting for company. */
  quick_rows: number;
  /** Shortest and longest wait for company, in milliseconds. Between them a batch waits twice as long as inserts take just now. */
  linger_ms: [least: number, most: number];
  /** Inserts under way at the same time, per log. While they run the next batch grows: that is what adapts to load. */
  inserts: number;
}

/** What a queue is made with. `send` stores a batch, trying again as long as that makes sense; it never throws. */
export interface LogQueueOptions<Row> {
  log: Log;
  columns: readonly Column<Row>[];
  limits: BatchLimits;
  /** The dossier that a row is of. */
  placeOf?: (row: Row) => DossierPlace;
  send: (log: Log, batch: Batch) => Promise<void>;
}

/** The rows of one log on their way: one open batch, full ones waiting, some being inserted. */
export class LogQueue<Row> {
  readonly #options: LogQueueOptions<Row>;
  readonly #waiting: Batch[] = [];
  readonly #spare: RowBuffer[] = [];
  #open: Batch | undefined;
  #sending = 0;
  #bytes = 0;
  #isPumping = false;
  /** How long inserts take just now, in milliseconds: a moving mean. */
  #insert_ms = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LogQueueOptions<Row>) {
    this.#options = options;
  }

  /** Bytes on their way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes a row into the open batch and returns that batch. */
  add(row: Row, key: string): Batch {
    const { columns, limits, placeOf } = this.#options;
    const batch = (this.#open ??= this.#begin());
    const before = batch.bytes.length;
    for (const column of columns) column.write(batch.bytes, row);
    this.#bytes += batch.bytes.length - before;
    batch.keys.push(key);
    if (placeOf) {
      const { unit_path, dossier_id, opened_on } = placeOf(row);
      batch.dossiers.set(placeKey({ unit_path, dossier_id, opened_on }), { unit_path, dossier_id, opened_on });
    }
    if (batch.keys.length >= limits.batch_rows || batch.bytes.length >= limits.batch_bytes) this.#closeOpen();
    this.#pumpSoon();
    return batch;
  }

  /** Sends what is there without waiting for company. */
  flush(): void {
    if (this.#open) this.#open.isDue = true;
    this.#pump();
  }

  #begin(): Batch {
    const batch = openBatch(this.#spare.pop() ?? new RowBuffer(64 * 1024));
    this.#timer = setTimeout(() => {
      batch.isDue = true;
      this.#pump();
    }, this.#linger());
    return batch;
  }

  /**
   * An insert costs the store much the same whether it brings ten rows or a thousand, and it costs whoever reads, too. A store that is at
   * ease is given small batches soon; one that is busy larger ones, less often.
   */
  #linger(): number {
    const [least, most] = this.#options.limits.linger_ms;
    return Math.min(most, Math.max(least, 2 * this.#insert_ms));
  }

  #closeOpen(): void {
    if (!this.#open) return;
    clearTimeout(this.#timer);
    this.#waiting.push(this.#open);
    this.#open = undefined;
  }

  /** After the rows that are being added now, and after requests that have already arrived: they make better company than waiting. */
  #pumpSoon(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    setImmediate(() => {
      this.#isPumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    const { limits } = this.#options;
    while (this.#sending < limits.inserts) {
      if (this.#waiting.length === 0) {
        if (!this.#open || (!this.#open.isDue && this.#open.keys.length < limits.quick_rows)) return;
        this.#closeOpen();
      }
      const batch = this.#waiting.shift();
      if (batch) void this.#send(batch);
    }
  }

  async #send(batch: Batch): Promise<void> {
    const { log, limits, send } = this.#options;
    this.#sending += 1;
    const begun = performance.now();
    await send(log, batch);
    this.#insert_ms += (performance.now() - begun - this.#insert_ms) / 4;
    this.#sending -= 1;
    this.#bytes -= batch.bytes.length;
    // buffers are used again, so that a steady load takes a steady amount of memory
    if (this.#spare.length <= limits.inserts) this.#spare.push(batch.bytes);
    this.#pump();
  }
}
