import type { OwnEvent, PostEvents } from '../actions/event-poster.ts';

/** Events that are to be stored in order, whatever becomes of the ingest meanwhile. */
export interface Outbox {
  add: (events: readonly OwnEvent[]) => void;
  /** How many wait. */
  size: () => number;
  /** Tries to store all that wait; one attempt at a time. Returns whether nothing waits any more. */
  flush: () => Promise<boolean>;
}

/** Most events of one request. */
const MOST = 500;

/** Makes an outbox. Events leave it once they are stored; their ids make a repeat harmless. */
export function createOutbox(post: PostEvents, failed: (error: unknown) => void): Outbox {
  const waiting: OwnEvent[] = [];
  let flushing: Promise<boolean> | undefined;
  const flush = async (): Promise<boolean> => {
    while (waiting.length > 0) {
      const part = waiting.slice(0, MOST);
      try {
        await post(part);
      } catch (error) {
        failed(error);
        return false;
      }
      waiting.splice(0, part.length);
    }
    return true;
  };
  return {
    add: (events) => {
      waiting.push(...events);
    },
    size: () => waiting.length,
    flush: () => (flushing ??= flush().finally(() => (flushing = undefined))),
  };
}
