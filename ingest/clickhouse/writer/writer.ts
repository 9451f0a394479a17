import type { DossierPlace } from '../fold/place.ts';
import type { Log } from '../relations.ts';
import type { Batch } from './batch.ts';
import { LOG_COLUMNS, type LogRow } from './columns.ts';
import { insertUntilStored, type InsertReport } from './insert.ts';
import { LogQueue, type BatchLimits } from './log-queue.ts';
import { batchToken, type BatchStore } from './store.ts';

/** Limits of a writer. */
export interface WriterLimits extends BatchLimits {
  /** Most rows that may be on their way; above it, requests are refused. */
  queue_rows: number;
  /** Most bytes that may be on their way. */
  queue_bytes: number;
  /** First and longest pause between two attempts, in milliseconds. */
  retry_ms: [first: number, longest: number];
}

/** Measured on two cores: see ../README.md. */
export const WRITER_LIMITS: WriterLimits = {
  batch_rows: 20_000,
  batch_bytes: 8 * 2 ** 20,
  quick_rows: 500,
  linger_ms: [25, 250],
  inserts: 2,
  queue_rows: 200_000,
  queue_bytes: 128 * 2 ** 20,
  retry_ms: [50, 1_000],
};

/** What a writer works with. */
export interface WriterOptions {
  store: BatchStore;
  limits?: WriterLimits;
  /**
   * Called when rows are stored, or given up, before anybody who waits for them hears of it. Rows that were given up may be stored all the same: the
   * last answer of the store may have been lost.
   */
  onSettled?: (log: Log, batch: Pick<Batch, 'keys' | 'dossiers'>) => void;
  onInsert?: (report: InsertReport) => void;
}

type Queues = { readonly [L in Log]: LogQueue<LogRow[L]> };

/**
 * Writes rows to the logs in batches, by count and age.
 *
 * A batch is tried again, byte for byte and with the same token, until the store has taken it: a server that answers late, or restarts in
 * between, then stores it once in the log and in every view. A batch is given up only on an error that would come again,
 * and at the end of `drain`.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #limits: WriterLimits;
  readonly #queues: Queues;
  readonly #pending = new Map<string, Batch>();
  readonly #batches = new Set<Batch>();
  readonly #ending = new AbortController();
  #rows = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#limits = options.limits ?? WRITER_LIMITS;
    const queue = <L extends Log>(log: L, placeOf?: (row: LogRow[L]) => DossierPlace) =>
      new LogQueue<LogRow[L]>({
        log,
        columns: LOG_COLUMNS[log],
        limits: this.#limits,
        placeOf,
        send: (...sent) => this.#send(...sent),
      });
    this.#queues = {
      dossier: queue('dossier', (row) => row),
      link: queue('link'),
      security: queue('security'),
      reading: queue('reading'),
      chase: queue('chase'),
      entry: queue('entry'),
      display: queue('display'),
      syslog: queue('syslog'),
      intake: queue('intake'),
      alert: queue('alert'),
      duty: queue('duty'),
      dead_letter: queue('dead_letter'),
    };
  }

  /** Rows on their way. */
  get rows(): number {
    return this.#rows;
  }

  /** True when `rows` more would overfill the queue. An empty queue takes any one request. */
  isFull(rows: number): boolean {
    if (this.#rows === 0) return false;
    const bytes = Object.values(this.#queues).reduce((sum, queue) => sum + queue.bytes, 0);
    return this.#rows + rows > this.#limits.queue_rows || bytes > this.#limits.queue_bytes;
  }

  /** The batch that carries an event which is on its way. */
  pending(key: string): Batch | undefined {
    return this.#pending.get(key);
  }

  /** Puts a row on its way and returns the batch that carries it. The row may be changed afterwards: it is encoded here. */
  add<L extends Log>(log: L, row: LogRow[L], key: string): Batch {
    const queue: Queues[L] = this.#queues[log];
    const batch = queue.add(row, key);
    this.#batches.add(batch);
    this.#pending.set(key, batch);
    this.#rows += 1;
    return batch;
  }

  /** Stores what is on its way, for at most `grace_ms`; what is not stored by then is given up, and so not acknowledged. */
  async drain(grace_ms: number): Promise<void> {
    const timer = setTimeout(() => this.#ending.abort(), grace_ms);
    for (const queue of Object.values(this.#queues)) queue.flush();
    await Promise.allSettled([...this.#batches].map((batch) => batch.stored));
    clearTimeout(timer);
    this.#ending.abort();
  }

  async #send(log: Log, batch: Batch): Promise<void> {
    const failure = await this.#insert(log, batch);
    this.#options.onSettled?.(log, batch);
    for (const key of batch.keys) this.#pending.delete(key);
    this.#batches.delete(batch);
    this.#rows -= batch.keys.length;
    if (failure === undefined) batch.resolve();
    else batch.reject(failure);
  }

  async #insert(log: Log, batch: Batch): Promise<Error | undefined> {
    return insertUntilStored(
      { log, rows: batch.keys.length, bytes: batch.bytes.written(), token: batchToken(log, batch.keys) },
      {
        store: this.#options.store,
        retry_ms: this.#limits.retry_ms,
        signal: this.#ending.signal,
        onInsert: this.#options.onInsert,
      },
    );
  }
}
