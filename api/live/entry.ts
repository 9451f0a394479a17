import type { Watermarks } from '../store.ts';
import type { Sight } from './key.ts';
import type { Before } from './result.ts';

/** How fast keys run. */
export interface Pace {
  /** Shortest time from one start of a key to its next, in milliseconds; a query may ask for a longer one. */
  floor_ms: number;
  /** And not sooner than this many times what it takes: no key alone takes more than this share of the database. */
  rest: number;
  /**
   * Most queries under way on average, over all keys. When the keys together would take more, all of them slow down, so that a wall
   * with many panels leaves room for what comes in.
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

/** For two cores that also take in what is shown. */
export const DEFAULT_PACE: Pace = {
  floor_ms: 250,
  rest: 5,
  budget: 1,
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
  result: Before;
  /** Marks of the logs that the newest started run is sure to have seen. */
  seen: Watermarks | undefined;
  started_at: number;
  /** What a run costs, and how long the last good one took, in milliseconds; 0 before the second and the first. */
  cost_ms: number;
  last_ms: number;
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
    result: { key: sight.key, seq, columns: Object.keys(sight.query.rows), rows: undefined },
    seen: undefined,
    started_at: -Infinity,
    cost_ms: 0,
    last_ms: 0,
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
  return sight.tables.some((table) => marks[table] !== seen[table]);
}

/** A key that has not run for so long does not count among those that share the budget, in milliseconds. */
const IDLE_MS = 10_000;

/** Longest period of a key that did not ask for a longer one, in milliseconds. */
const SLOWEST_MS = 60_000;

/**
 * How hard the keys press on the database: what each key's period is multiplied from. Shares are given by the square root of the
 * cost: of all ways to stay within the budget that one keeps the sum of the periods, and so the age of what is seen, smallest. Cheap
 * keys stay quick and costly ones slow down. Keys that ask for a slow pace get what they ask for first, up to half of the budget.
 */
export function pressureOf(entries: Iterable<Entry>, pace: Pace, now: number): number {
  let sum = 0;
  let reserved = 0;
  for (const { cost_ms, started_at, sight } of entries) {
    const { min_interval_s } = sight.query;
    if (now - started_at >= IDLE_MS + min_interval_s * 1000) continue;
    if (min_interval_s > 0) reserved += cost_ms / (min_interval_s * 1000);
    else sum += Math.sqrt(cost_ms);
  }
  return sum / Math.max(pace.budget / 2, pace.budget - reserved);
}

/** The earliest instant at which a key may start again. */
export function notBefore({ cost_ms, failures, started_at, sight }: Entry, pace: Pace, pressure: number): number {
  const wished = Math.max(pace.floor_ms, sight.query.min_interval_s * 1000);
  const period = Math.max(wished, Math.min(SLOWEST_MS, Math.max(pace.rest * cost_ms, pressure * Math.sqrt(cost_ms))));
  const backoff = failures === 0 ? 0 : Math.min(pace.floor_ms * 2 ** Math.min(failures, 10), pace.backoff_ms);
  return started_at + (failures === 0 ? period : Math.max(backoff, Math.min(period, pace.backoff_ms)));
}

/** Notes how long a good run took. A key costs the shorter of its last two: one slow answer of a busy or a cold moment is no cost. */
export function noteCost(entry: Entry, ms: number): void {
  entry.cost_ms = Math.min(entry.last_ms, ms);
  entry.last_ms = ms;
}
