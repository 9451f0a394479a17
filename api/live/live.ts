import type { Clock } from '#ingest/schema/clock.ts';
import type { Failure, Pulse } from '../contract.ts';
import type { Store } from '../store.ts';
import type { Pace } from './entry.ts';
import { createPulses, type Pulses } from './pulses.ts';
import { createRegistry, type Changed, type Registry } from './registry.ts';
import { startTicker } from './ticker.ts';

/** The live path: what is followed, how fresh it is, and whether the database answers. */
export interface Live {
  registry: Registry;
  pulses: Pulses;
  failure: () => Failure | null;
  /** Names who is told. There is one: the sockets. */
  listen: (listener: LiveListener) => void;
  /** Starts the ticker. */
  start: () => void;
  stop: () => Promise<void>;
}

/** What the live path tells. */
export interface LiveListener {
  changed: Changed;
  pulse: (scope: string, pulse: Pulse) => void;
  /** After each tick. */
  ticked: () => void;
}

/** What the live path is made of. */
export interface LiveOptions {
  store: Store;
  clock: Clock;
  every_ms?: number;
  pace?: Partial<Pace>;
  /** Path of the province, for what every scope is told of it. */
  root?: () => string;
  /** A key's query failed. */
  failed?: (key: string, error: unknown) => void;
  /** The database went away, or is back (null). */
  turned?: (failure: Failure | null, error?: unknown) => void;
}

/** Puts registry, ticker and pulses together. */
export function createLive({
  store,
  clock,
  every_ms,
  pace,
  root,
  failed,
  turned = () => undefined,
}: LiveOptions): Live {
  let listener: LiveListener | undefined;
  let ticker: ReturnType<typeof startTicker> | undefined;
  const failure = () => ticker?.failure() ?? null;
  const registry = createRegistry({
    store,
    pace,
    failed,
    clock,
    changed: (snapshot, change, scope) => {
      pulses.touch(scope);
      listener?.changed(snapshot, change, scope);
    },
  });
  const pulses = createPulses({
    registry,
    clock,
    failure,
    root,
    send: (scope, pulse) => listener?.pulse(scope, pulse),
  });
  return {
    registry,
    pulses,
    failure,
    listen: (next) => (listener = next),
    start: () => {
      ticker ??= startTicker({
        store,
        registry,
        every_ms,
        turned: (news, error) => {
          pulses.touch();
          turned(news, error);
        },
        ticked: () => {
          pulses.beat();
          listener?.ticked();
        },
      });
    },
    stop: async () => {
      registry.stop();
      await ticker?.stop();
    },
  };
}
