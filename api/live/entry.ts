import type { Snapshot } from '../contract.ts';
import type { Watermarks } from '../store.ts';
import type { Sight } from './key.ts';

/** How fast keys run. */
export interface Pace {
  /** Shortest time from one start of a key to its next, in milliseconds. */
  floor_ms: number;
  /** And not sooner than this many times what its last run took: no key takes more than this share of the database. */
  rest: number;
  /**
   * Most queries under way on average, over all keys: when the keys together would take more of the database, all of them slow down
   * alike, so that a wall with many panels leaves room for what comes in.
   */
  budget: number;
  /** Longest wait after failures, in milliseconds. */
  backoff_ms: number;
  /** Queries at once. */
  parallel: number;
  /** How long a key outlives its last viewer, in milliseconds: a page that is loaded again finds it warm. */
  grace_ms: number;
  /** Most keys at once. */
  most: number;
}

/** Measured on two cores: a wall of a dozen panels of 10–40 ms costs a third of a core, and a change is seen within the second. */
export const DEFAULT_PACE: Pace = {
  floor_ms: 500,
  rest: 10,
  budget: 0.75,
  backoff_ms: 10_000,
  parallel: 2,
  grace_ms: 10_000,
  most: 4_000,
};

/** A key that is followed. Instants are monotonic milliseconds. */
export interface Entry {
  sight: Sight;
  viewers: number;
  /** When the last viewer left; undefined while there is one. */
  left_at: number | undefined;
  snapshot: Snapshot | undefined;
  seq: number;
  /** Marks of the logs that the newest started run is sure to have seen. */
  seen: Watermarks | undefined;
  started_at: number;
  took_ms: number;
  failures: number;
  running: boolean;
  /** Since when a run is wanted; undefined when none is. */
  wanted_since: number | undefined;
  /** Those who wait for the first result. */
  waiting: (() => void)[];
}

/** A key that has never run and is wanted at once. */
export function createEntry(sight: Sight, seq: number, now: number): Entry {
  return {
    sight,
    viewers: 0,
    left_at: undefined,
    snapshot: undefined,
    seq,
    seen: undefined,
    started_at: -Infinity,
    took_ms: 0,
    failures: 0,
    running: false,
    wanted_since: now,
    waiting: [],
  };
}

/** Whether the marks or time have made the newest started run out of date. */
export function isOutOfDate(entry: Entry, marks: Watermarks, now: number): boolean {
  const { seen, sight } = entry;
  if (seen === undefined || entry.failures > 0) return true;
  if (now - entry.started_at >= sight.query.refresh_s * 1000) return true;
  // unequal, not greater: a log that was restored from a copy has grown too
  return sight.logs.some((log) => marks[log] !== seen[log]);
}

/** Time from one start of a key to the next that its own cost allows, in milliseconds. */
function period(entry: Entry, pace: Pace): number {
  return Math.max(pace.floor_ms, pace.rest * entry.took_ms);
}

/** By how much all periods are stretched so that the keys together stay within the budget; 1 when they do anyway. */
export function stretchOf(entries: Iterable<Entry>, pace: Pace): number {
  let load = 0;
  for (const entry of entries) if (entry.took_ms > 0) load += entry.took_ms / period(entry, pace);
  return Math.max(1, load / pace.budget);
}

/** The earliest instant at which a key may start again. */
export function notBefore(entry: Entry, pace: Pace, stretch: number): number {
  const backoff =
    entry.failures === 0 ? 0 : Math.min(pace.floor_ms * 2 ** Math.min(entry.failures, 10), pace.backoff_ms);
  return entry.started_at + Math.max(Math.min(stretch * period(entry, pace), 60_000), backoff);
}

/** The time a key takes, smoothed: one slow answer of a busy moment does not make it rest for long. */
export function smoothed(before_ms: number, ms: number): number {
  return before_ms === 0 ? ms : (before_ms + ms) / 2;
}
