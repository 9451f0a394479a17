import type { Failure, Snapshot } from '../contract.ts';
import type { Answer } from '../store.ts';
import { diff, type RowChange } from './diff.ts';

/** A key's result after a run: what is held from now on, whether viewers must hear of it, and as what: null is the whole. */
export interface Outcome {
  snapshot: Snapshot;
  isNews: boolean;
  change: RowChange | null;
}

/** The result before a run, or where the results of the key begin: its name, first `seq` and columns. */
export type Before = Snapshot | { key: string; seq: number; columns: string[]; rows: undefined };

/** The result after an answer. It is news when rows differ, and when the run before had failed. */
export function afterAnswer(before: Before, { columns, rows, at, query_ms }: Answer): Outcome {
  const change = before.rows && diff(before.rows, rows);
  return outcome(before, { columns, rows, at, query_ms, failure: null }, change);
}

/** The result after a failure: the last good rows, if there are any, beside it. It is news when the run before had not failed so. */
export function afterFailure(before: Before, failure: Failure, now: number): Outcome {
  const kept = before.rows ? before : { columns: before.columns, rows: [], at: now, query_ms: 0 };
  const { columns, rows, at, query_ms } = kept;
  return outcome(before, { columns, rows, at, query_ms, failure }, undefined);
}

function outcome(before: Before, result: Omit<Snapshot, 'key' | 'seq'>, change: RowChange | undefined): Outcome {
  const isFirst = before.rows === undefined;
  const isNews = isFirst || change !== undefined || before.failure?.code !== result.failure?.code;
  // when most rows changed the whole is as small, and heals whatever a viewer has missed
  const isWhole = isFirst || (change !== undefined && change.set.length * 2 > change.length);
  return {
    snapshot: { key: before.key, seq: before.seq + (isNews && !isFirst ? 1 : 0), ...result },
    isNews,
    change: isWhole ? null : (change ?? { length: result.rows.length, set: [] }),
  };
}
