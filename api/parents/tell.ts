import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#ingest/schema/clock.ts';
import type { Parent } from '#dashboards/schema/parent.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Heard } from './send.ts';
import { stepsBy } from './steps.ts';
import type { ToldEvent } from './told.ts';

/** What one parent is told with. */
export interface TellOptions {
  parent: Pick<Parent, 'every' | 'catch_up'>;
  clock: Clock;
  checkpoint: Checkpoint;
  /** The events of a step. */
  figures: (step: { at: number; isNow: boolean; isOwn: boolean }) => Promise<ToldEvent[]>;
  send: (events: readonly ToldEvent[], ending: AbortSignal) => Promise<Heard>;
  /** What is refused is not sent again. */
  refused: (reasons: readonly string[]) => void;
  /** Called when the parent, or what is told of, ceases to answer, and when it is there again (null). */
  turned: (reason: string | null) => void;
  /** Wait before a telling that failed is tried again, in milliseconds. @default 10_000 */
  retry_ms?: number;
}

/** Tells one parent for as long as it runs. */
export interface Telling {
  /** How long the oldest step has waited that the parent has not been told of, in seconds; 0 when it knows all. */
  lag_s: () => number;
  stop: () => Promise<void>;
}

/**
 * Starts telling. Steps are told in order, each once it was heard; while the parent is away they wait, and are told as they were. The checkpoint moves after
 * the parent has stored a step: a kill between the two tells a step twice, which the parent knows by its ids.
 */
export function startTelling(options: TellOptions): Telling {
  const { parent, clock, checkpoint, figures, send, refused, turned, retry_ms = 10_000 } = options;
  const ending = new AbortController();
  const began_at = clock();
  let told_at: number | null = null;
  let isAway = false;

  const turn = (reason: string | null): void => {
    if (isAway === (reason !== null)) return;
    isAway = reason !== null;
    turned(reason);
  };
  /** Tells what is due; false when it has to be tried again. */
  const tell = async (): Promise<boolean> => {
    const now = clock();
    const steps = stepsBy(now, { ...parent, told_at });
    for (const at of steps) {
      if (ending.signal.aborted) return true;
      const events = await figures({ at, isNow: at === steps.at(-1), isOwn: at >= began_at - parent.every });
      const heard = await send(events, ending.signal);
      if (heard.outcome === 'away') {
        turn(heard.reason);
        return false;
      }
      if (heard.outcome === 'refused') refused(heard.reasons);
      await checkpoint.write(at);
      told_at = at;
    }
    turn(null);
    return true;
  };
  const run = async (): Promise<void> => {
    told_at = await checkpoint.read();
    while (!ending.signal.aborted) {
      const isTold = await tell().catch((error: unknown) => {
        turn(error instanceof Error ? error.message : String(error));
        return false;
      });
      const wait_ms = isTold ? parent.every - (clock() % parent.every) : Math.min(retry_ms, parent.every);
      await sleep(wait_ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    lag_s: () => {
      // one that was never told has waited since this process began to try
      const [oldest] = stepsBy(clock(), { ...parent, told_at: told_at ?? began_at - parent.every });
      return oldest === undefined ? 0 : (clock() - oldest) / 1000;
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
