import { keepRunning, type Kept, type KeepOptions } from './keep-running.ts';
import type { Say } from './say.ts';

/** The processes of one installation, in the order in which they were started. */
export interface Stack {
  /** Starts a process and keeps it running. Throws a StoppingError once the end has begun. */
  keep: (options: Omit<KeepOptions, 'say'> & { stop_ms: number }) => Kept;
  /** The number of processes that were started. */
  size: () => number;
  /** Ends all in order, the last started first: sources stop, the writer drains, the database ends. */
  stop: () => Promise<void>;
  /** Ends all at once. */
  kill: () => void;
  /** Aborted when the end begins. */
  stopping: AbortSignal;
}

/** Thrown into a start that was interrupted by the end. */
export class StoppingError extends Error {}

/** Order of the end. A name that is not here (a build) ends first. */
const LAST = ['simulator', 'collector', 'ingest', 'api', 'engine'];

/** An empty stack. */
export function createStack(say: Say): Stack {
  const kept: { process: Kept; stop_ms: number }[] = [];
  const stopping = new AbortController();
  return {
    stopping: stopping.signal,
    keep: ({ stop_ms, ...options }) => {
      if (stopping.signal.aborted) throw new StoppingError();
      const process = keepRunning({ ...options, say: (text) => say(options.name, text) });
      kept.push({ process, stop_ms });
      return process;
    },
    size: () => kept.length,
    stop: async () => {
      stopping.abort();
      const order = kept.toSorted((a, b) => LAST.indexOf(a.process.name) - LAST.indexOf(b.process.name));
      for (const { process, stop_ms } of order) await process.stop(stop_ms);
    },
    kill: () => {
      stopping.abort();
      for (const { process } of kept) process.kill();
    },
  };
}
