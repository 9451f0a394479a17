import type { DossierPlace } from '../fold/place.ts';
import type { RowBuffer } from './row-buffer.ts';

/** Rows that are inserted by one statement and stand or fall together. */
export interface Batch {
  readonly keys: string[];
  /** The dossiers that its rows are of, by key. */
  readonly dossiers: Map<string, DossierPlace>;
  readonly bytes: RowBuffer;
  /** True once it has waited as long as a row may wait for company. */
  isDue: boolean;
  /** Settles when every row is stored, or when it is certain that none will be by this process. */
  readonly stored: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** An empty batch that writes into `bytes`. */
export function openBatch(bytes: RowBuffer): Batch {
  const { promise, resolve, reject } = withResolvers();
  // a batch that nobody waits for any more may still fail; that is counted by the writer, not a crash
  promise.catch(() => undefined);
  bytes.reset();
  return { keys: [], dossiers: new Map(), bytes, isDue: false, stored: promise, resolve, reject };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (reason: Error) => void } {
  let resolve: () => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<void>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
}
