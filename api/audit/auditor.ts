import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { auditLive, listBuckets, type Difference } from '#ingest/clickhouse/audit/live-audit.ts';
import { bucketKey, type TallyBucket } from '#ingest/clickhouse/fold/place.ts';
import type { Clock } from '#ingest/schema/clock.ts';

/** What the audit knows. Instants are epoch ms. */
export interface AuditState {
  /** Buckets (the dossiers of one unit and month) of this round, and how many of them were compared in it. */
  buckets: number;
  compared: number;
  /** Rounds that are complete, and when the last one was; null before the first. */
  rounds: number;
  completed_at: number | null;
  /** When a bucket was last compared; null before the first. */
  compared_at: number | null;
  /** What differed when it was last looked at. */
  differences: readonly Difference[];
  /** Whether the newest attempt could not be made: the database was away or overloaded. */
  is_failing: boolean;
}

/** An audit that runs until it is stopped. */
export interface Auditor {
  state: () => AuditState;
  stop: () => Promise<void>;
}

/** How fast an audit goes. */
export interface AuditPace {
  /** Rest before the first bucket, in milliseconds. */
  first_ms: number;
  /** After a bucket it rests so many times as long as the comparison took, and at most so long, in milliseconds. */
  rest_factor: number;
  longest_rest_ms: number;
  /** Rest after a round and after a failure, in milliseconds: old dossiers do not change by themselves. */
  pause_ms: number;
}

/** A thirtieth of a core, from the time that a start has settled. */
const DEFAULT_PACE: AuditPace = { first_ms: 20_000, rest_factor: 30, longest_rest_ms: 10_000, pause_ms: 30_000 };
/** What differs is looked at again after this time: `live` is behind the log by a minute while a big import is folded. */
const SETTLE_MS = 60_000;

/** What an auditor is made with. */
export interface AuditorOptions {
  /** The reader's. */
  client: ClickHouseClient;
  clock: Clock;
  pace?: AuditPace;
  /** How long what differs may settle before it is called a difference, in milliseconds. @default 60_000 */
  settle_ms?: number;
  found?: (differences: readonly Difference[]) => void;
  failed?: (error: unknown) => void;
}

/**
 * Starts comparing `live` with `history`, one bucket after the other, the newest months first, round after round. What differs is
 * looked at again after every other bucket, and forgotten when it differs no more: a round takes an hour.
 */
export function startAuditor(options: AuditorOptions): Auditor {
  const { client, clock, pace = DEFAULT_PACE, settle_ms = SETTLE_MS, found, failed } = options;
  const ending = new AbortController();
  const known = new Map<string, { bucket: TallyBucket; differences: readonly Difference[] }>();
  let progress = { buckets: 0, compared: 0, rounds: 0 };
  let completed_at: number | null = null;
  let compared_at: number | null = null;
  let is_failing = false;

  const rest = (ms: number) => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  const look = async (bucket: TallyBucket): Promise<void> => {
    const began = performance.now();
    const differences = await auditLive(bucket, { client, settle_ms, signal: ending.signal });
    const key = bucketKey(bucket);
    if (differences.length > 0 && !known.has(key)) found?.(differences);
    // at the end of the row, so that each has its turn
    known.delete(key);
    if (differences.length > 0) known.set(key, { bucket, differences });
    compared_at = clock();
    is_failing = false;
    await rest(Math.min(pace.longest_rest_ms, pace.rest_factor * (performance.now() - began)));
  };
  const round = async (): Promise<void> => {
    const buckets = (await listBuckets(client)).reverse();
    progress = { ...progress, buckets: buckets.length, compared: 0 };
    const current = new Set(buckets.map(bucketKey));
    for (const key of known.keys()) if (!current.has(key)) known.delete(key);
    for (const bucket of buckets) {
      if (ending.signal.aborted) return;
      await look(bucket);
      progress = { ...progress, compared: progress.compared + 1 };
      for (const doubted of [...known.values()].slice(0, 1)) await look(doubted.bucket);
    }
    progress = { ...progress, rounds: progress.rounds + 1 };
    completed_at = clock();
  };
  const run = async (): Promise<void> => {
    await rest(pace.first_ms);
    while (!ending.signal.aborted) {
      await round().catch((error: unknown) => {
        is_failing = true;
        failed?.(error);
      });
      await rest(pace.pause_ms);
    }
  };
  const running = run();
  return {
    state: () => ({
      ...progress,
      completed_at,
      compared_at,
      differences: [...known.values()].flatMap((one) => one.differences),
      is_failing,
    }),
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
