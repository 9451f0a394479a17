import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../relations.ts';
import { isRetryable, type BatchStore } from './store.ts';

/** One insert: rows in RowBinary that stand or fall together, and the token by which a repetition is known. */
export interface Insert {
  log: Log;
  rows: number;
  bytes: Buffer;
  token: string;
}

/** What is told about an insert. `failure` is there when it was given up or will be tried again. */
export interface InsertReport {
  log: Log;
  rows: number;
  insert_ms: number;
  failure?: { error: unknown; isFinal: boolean };
}

/** How it is tried. */
export interface InsertOptions {
  store: BatchStore;
  /** First and longest pause between two attempts, in milliseconds. */
  retry_ms: readonly [first: number, longest: number];
  /** Aborted when nobody waits any more: the attempt under way is the last one. */
  signal: AbortSignal;
  onInsert?: ((report: InsertReport) => void) | undefined;
}

/** Rows that could not be stored: they are not acknowledged. */
export class NotStoredError extends Error {
  override name = 'NotStoredError';
}

/** Tries, byte for byte and with the same token, until the store has taken it; the error when it is given up. */
export async function insertUntilStored(insert: Insert, options: InsertOptions): Promise<NotStoredError | undefined> {
  const { log, rows, bytes, token } = insert;
  const { store, signal, onInsert } = options;
  const [first, longest] = options.retry_ms;
  const insertAgain = async (): Promise<void> => {
    await store.insert(log, bytes, token);
    await store.refold();
  };
  let isRepeated = false;
  for (let pause = first; ; pause = Math.min(pause * 2, longest)) {
    const begun = performance.now();
    const error = await (isRepeated ? insertAgain() : store.insert(log, bytes, token)).then(
      () => undefined,
      (cause: unknown) => ({ cause }),
    );
    const report = { log, rows, insert_ms: performance.now() - begun };
    if (!error) {
      onInsert?.(report);
      return undefined;
    }
    isRepeated = true;
    const isFinal = !isRetryable(error.cause) || signal.aborted;
    onInsert?.({ ...report, failure: { error: error.cause, isFinal } });
    if (isFinal) return new NotStoredError(`${log} rows were not stored`, { cause: error.cause });
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
