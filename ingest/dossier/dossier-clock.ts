import { dueAt, type Limit } from './due.ts';
import type { DossierState, Pause } from './fold.ts';
import { KNOWN_UNTIL } from './span-search.ts';
import type { WorkingTime } from './working-time.ts';

/** What a dossier is measured by: the working time of the unit that handles it, and its procedure's limit where that is known. */
export interface Terms {
  time: WorkingTime;
  limit: Limit | null;
}

/** A dossier's clock as read at one instant. Instants are epoch ms, UTC; null is "cannot be said". */
export interface ClockReading {
  /** Up to where time is counted: the finish, or the instant of reading. */
  counted_to: number;
  /** The limit of the procedure, reckoned from the acceptance, pauses left out of account. */
  statutory_due_at: number | null;
  /** Our own promise: the limit, or else the source's first promise, and as much working time as the clock rested since. */
  own_due_at: number | null;
  own_due_from: 'limit' | 'source' | null;
  /** The source's promise as it stands (`NgayHenTraMoi` after a supplement). */
  source_due_at: number | null;
  /** The source's promise less our own: positive where the source gave itself more time. In elapsed and in working ms. */
  difference_ms: number | null;
  difference_working_ms: number | null;
  /** Time in pauses since the acceptance, elapsed and working. */
  paused_ms: number;
  paused_working_ms: number;
  /** Working ms since the acceptance without the pauses; null for a dossier that was not accepted. */
  used_working_ms: number | null;
  /** Working ms left until our own and until the source's promise; below 0 when it has passed. */
  left_working_ms: number | null;
  source_left_working_ms: number | null;
}

/** Reads the clock of a dossier at `at` (epoch ms); the state is to be that of `at`. Throws when the calendar has no working time. */
export function readClock(state: DossierState, at: number, terms: Terms): ClockReading {
  const { time } = terms;
  const end = state.finished_at ?? at;
  const accepted = state.accepted_at;
  const paused = clipPauses(state.pauses, accepted, end);
  const paused_working_ms = workingIn(paused, time);
  const statutory = statutoryDue(state, terms);
  const own = ownDue(state, end, statutory, time);
  return {
    counted_to: end,
    statutory_due_at: statutory,
    own_due_at: own,
    own_due_from: own === null ? null : statutory === null ? 'source' : 'limit',
    source_due_at: state.due_at,
    difference_ms: state.due_at === null || own === null ? null : state.due_at - own,
    difference_working_ms: state.due_at === null || own === null ? null : signedWorking(own, state.due_at, time),
    paused_ms: paused.reduce((sum, { from, to }) => sum + to - from, 0),
    paused_working_ms,
    used_working_ms: accepted === null ? null : time.msBetween(accepted, end) - paused_working_ms,
    left_working_ms: own === null ? null : signedWorking(end, own, time),
    source_left_working_ms: state.due_at === null ? null : signedWorking(end, state.due_at, time),
  };
}

/** The procedure's limit reckoned from the acceptance, epoch ms; null without a limit or an acceptance. */
export function statutoryDue({ accepted_at }: DossierState, { limit, time }: Terms): number | null {
  return limit === null || accepted_at === null ? null : dueAt(limit, accepted_at, time);
}

/** The parts of pauses that lie between two instants; one that still lasts reaches to `end`. `start` null: from the first on. */
export function clipPauses(
  pauses: readonly Pause[],
  start: number | null,
  end: number,
): { from: number; to: number }[] {
  return pauses
    .map(({ from, to }) => ({ from: Math.max(from, start ?? from), to: Math.min(to ?? end, end) }))
    .filter(({ from, to }) => from < to);
}

/**
 * A promise knows what had happened when it was made: only what rested since is added. Without a rest the promise stands as it was
 * made, also when that is outside working time.
 */
function ownDue(state: DossierState, end: number, statutory: number | null, time: WorkingTime): number | null {
  const base = statutory ?? state.first_due_at;
  if (base === null) return null;
  const since = statutory === null ? latest(state.accepted_at, state.first_due_since) : state.accepted_at;
  const rested = workingIn(clipPauses(state.pauses, since, end), time);
  // a promise for the year 9999 means "none"; there is no calendar to move it in
  return rested === 0 || base > KNOWN_UNTIL ? base : time.addMs(base, rested);
}

/** The later of two instants of which either may be unknown. */
export function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function workingIn(spans: readonly { from: number; to: number }[], time: WorkingTime): number {
  return spans.reduce((sum, { from, to }) => sum + time.msBetween(from, to), 0);
}

function signedWorking(from: number, to: number, time: WorkingTime): number {
  // 0 less it, not its negative: nothing is 0, never -0
  return to < from ? 0 - time.msBetween(to, from) : time.msBetween(from, to);
}
