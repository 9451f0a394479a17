import type { Clock } from '#ingest/schema/clock.ts';
import type { Snapshot } from '../contract.ts';
import { IocError, toFailure } from '../errors.ts';
import type { Store, Watermarks } from '../store.ts';
import type { RowChange } from './diff.ts';
import type { Sight } from './key.ts';
import { afterAnswer, afterFailure, type Outcome } from './result.ts';
import {
  createEntry,
  DEFAULT_PACE,
  isOutOfDate,
  noteCost,
  notBefore,
  pressureOf,
  type Entry,
  type Pace,
} from './entry.ts';

/** What is told when a key has changed: its new result, and the change from `seq - 1`, or null when only the whole will do. */
export type Changed = (snapshot: Snapshot, change: RowChange | null, scope: string) => void;

/** What is being looked at, and how it is kept current. */
export interface Registry {
  /** Begins to follow a sight and returns its key. Throws `IOC_BUSY` when too many keys are followed. */
  acquire: (sight: Sight) => string;
  /** Begins to follow all of them, or none: a key that nobody gives back is asked for ever. Throws `IOC_BUSY`. */
  acquireAll: (sights: readonly Sight[]) => void;
  /** Ends what `acquire` began; the key is forgotten a while after its last viewer. */
  release: (key: string) => void;
  /** The newest result; undefined before the first. */
  snapshot: (key: string) => Snapshot | undefined;
  /** Returns when the key has a first result or failure. All who wait share one query. */
  first: (key: string) => Promise<void>;
  /** The followed keys of a scope with their `seq`. */
  seqs: (scope: string) => Record<string, number>;
  /** Takes the marks of the logs and runs, within its bounds, what they or time have made out of date. */
  tick: (marks: Watermarks) => void;
  /** After an outage: every key is out of date, whatever the marks say. */
  recover: () => void;
  size: () => number;
  /** Starts no more queries. */
  stop: () => void;
}

/** What a registry is made of. */
export interface RegistryOptions {
  store: Pick<Store, 'run'>;
  /** Milliseconds that only go forward. */
  monotonic?: () => number;
  /** Also gives a key its first `seq`, so that a key which was forgotten never repeats a number. */
  clock: Clock;
  changed: Changed;
  failed?: (key: string, error: unknown) => void;
  pace?: Partial<Pace>;
}

/**
 * Makes a registry. A key runs when a log it reads has grown or its refresh is due: at most once a tick, never twice at once, not
 * more often than its pace, a few keys at a time, and first come first served, so a slow one delays the others and starves none.
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { store, clock, changed, failed = () => undefined } = options;
  const monotonic = options.monotonic ?? (() => performance.now());
  const pace: Pace = { ...DEFAULT_PACE, ...options.pace };
  const entries = new Map<string, Entry>();
  let marks: Watermarks = {};
  let running = 0;
  let pressure = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** Starts what may start, and comes back when the next one may. */
  const pump = () => {
    clearTimeout(timer);
    while (running < pace.parallel && !isStopped) {
      const now = monotonic();
      const next = nextOf(entries.values(), now, (entry) => notBefore(entry, pace, pressure));
      if (!next) return;
      if (next.may_at > now) {
        timer = setTimeout(pump, Math.ceil(next.may_at - now)).unref();
        return;
      }
      void start(next.entry);
    }
  };

  const start = async (entry: Entry): Promise<void> => {
    running += 1;
    entry.running = true;
    entry.wanted_since = undefined;
    entry.started_at = monotonic();
    // the marks were read before this run began, so it sees at least what they stand for
    entry.seen = marks;
    try {
      const { query, params, lens } = entry.sight;
      const answer = await store.run(query, params, lens);
      entry.failures = 0;
      noteCost(entry, monotonic() - entry.started_at);
      publish(entry, afterAnswer(entry.result, answer));
    } catch (error) {
      entry.failures += 1;
      failed(entry.sight.key, error);
      publish(entry, afterFailure(entry.result, toFailure(error), clock()));
    } finally {
      entry.running = false;
      running -= 1;
      for (const go of entry.waiting.splice(0)) go();
      pump();
    }
  };

  const publish = (entry: Entry, { snapshot, isNews, change }: Outcome) => {
    entry.result = snapshot;
    if (isNews) changed(snapshot, change, entry.sight.lens.scope);
  };

  const acquire: Registry['acquire'] = (sight) => {
    const entry = entries.get(sight.key) ?? createEntry(sight, clock(), monotonic());
    if (!entries.has(sight.key)) {
      if (entries.size >= pace.most) throw new IocError('IOC_BUSY');
      entries.set(sight.key, entry);
    }
    entry.viewers += 1;
    entry.left_at = undefined;
    pump();
    return sight.key;
  };
  const release: Registry['release'] = (key) => {
    const entry = entries.get(key);
    if (!entry) return;
    entry.viewers -= 1;
    if (entry.viewers === 0) entry.left_at = monotonic();
  };

  return {
    acquire,
    acquireAll: (sights) => {
      const held: string[] = [];
      try {
        for (const sight of sights) held.push(acquire(sight));
      } catch (error) {
        for (const key of held) release(key);
        throw error;
      }
    },
    release,
    snapshot: (key) => resultOf(entries.get(key)),
    first: async (key) => {
      const entry = entries.get(key);
      if (entry && !resultOf(entry)) await new Promise<void>((go) => entry.waiting.push(go));
    },
    seqs: (scope) => {
      const seqs: Record<string, number> = {};
      for (const entry of entries.values()) {
        const result = entry.sight.lens.scope === scope ? resultOf(entry) : undefined;
        if (result) seqs[result.key] = result.seq;
      }
      return seqs;
    },
    tick: (newest) => {
      marks = newest;
      const now = monotonic();
      pressure = pressureOf(entries.values(), pace, now);
      for (const [key, entry] of entries) {
        if (entry.left_at !== undefined && now - entry.left_at >= pace.grace_ms && !entry.running) entries.delete(key);
        else if (isOutOfDate(entry, marks, now)) entry.wanted_since ??= now;
      }
      pump();
    },
    recover: () => {
      const now = monotonic();
      for (const entry of entries.values()) {
        entry.failures = 0;
        entry.wanted_since ??= now;
      }
    },
    size: () => entries.size,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** The result of a key, once there is one. */
function resultOf(entry: Entry | undefined): Snapshot | undefined {
  return entry?.result.rows ? entry.result : undefined;
}

/** Of the keys that want to run: the one that may and has wanted longest, or else the first that will be allowed to. */
function nextOf(
  entries: Iterable<Entry>,
  now: number,
  earliest: (entry: Entry) => number,
): { entry: Entry; may_at: number } | undefined {
  let next: { entry: Entry; may_at: number; rank: number } | undefined;
  for (const entry of entries) {
    if (entry.wanted_since === undefined || entry.running) continue;
    const may_at = Math.max(now, earliest(entry));
    // those that may run come before those that may not yet; a wish is never later than now
    const rank = may_at > now ? may_at : entry.wanted_since;
    if (!next || rank < next.rank) next = { entry, may_at, rank };
  }
  return next;
}
