import type { Failure } from '../contract.ts';
import { toFailure } from '../errors.ts';
import type { Store } from '../store.ts';
import type { Registry } from './registry.ts';

/** Asks, again and again, which logs have grown, and tells the registry. */
export interface Ticker {
  /** Set while the database does not answer. */
  failure: () => Failure | null;
  /** Ends it and waits for the question under way. */
  stop: () => Promise<void>;
}

/** What a ticker is made of. */
export interface TickerOptions {
  store: Pick<Store, 'watermarks'>;
  registry: Pick<Registry, 'tick' | 'recover' | 'size'>;
  /** From one question to the next, in milliseconds. @default 250 */
  every_ms?: number;
  /** Called when the database goes away and when it is back. */
  turned?: (failure: Failure | null, error?: unknown) => void;
  /** Called after every tick, whether it asked or not. */
  ticked?: () => void;
}

/**
 * Starts a ticker. One question serves every key. Nothing is asked while nobody looks, and one question is never asked before the
 * last is answered.
 */
export function startTicker(options: TickerOptions): Ticker {
  const { store, registry, every_ms = 250, turned = () => undefined, ticked = () => undefined } = options;
  let failure: Failure | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const ask = async (): Promise<void> => {
    try {
      const marks = await store.watermarks();
      if (failure) {
        failure = null;
        registry.recover();
        turned(null);
      }
      registry.tick(marks);
    } catch (error) {
      const isNew = failure === null;
      failure = toFailure(error);
      if (isNew) turned(failure, error);
    }
  };

  const tick = async (): Promise<void> => {
    const began = performance.now();
    // an outage is asked about even when nobody looks: whoever comes next must not be told an old failure
    if (registry.size() > 0 || failure) await ask();
    ticked();
    if (!isStopped)
      timer = setTimeout(() => void (current = tick()), Math.max(10, every_ms - (performance.now() - began)));
  };
  let current = tick();

  return {
    failure: () => failure,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
