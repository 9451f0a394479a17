import { DOSSIER_STATUSES } from '../schema/status.ts';
import { statusRank, type FoldEvent } from './event-order.ts';

/** What the promise does: not begun, runs, rests, or is over; unknown when no status was ever said. */
export type ClockState = 'unknown' | 'waiting' | 'running' | 'paused' | 'ended';

/** A stretch in which the status does not change. `to` is the instant of the next status, null in the last run. Epoch ms. */
export interface StatusRun {
  status: number;
  clock: ClockState;
  from: number;
  to: number | null;
}

/** Whether status 8 (Dừng xử lý) of a source is a pause. Where it is not, it closes the dossier. */
export type StoppedIsPause = (source: string) => boolean;

const CLOCKS = new Map<number, ClockState>(
  Object.entries(DOSSIER_STATUSES).map(([status, { clock }]) => [Number(status), clock]),
);
const STOPPED = 8;

/**
 * The runs of equal status in events that are in event order. Events that say no status change nothing, and a status said again
 * does not begin a new run. A run may have no length: two statuses of one instant are two runs.
 */
export function statusRuns(events: readonly FoldEvent[], stoppedIsPause: StoppedIsPause): StatusRun[] {
  const runs: StatusRun[] = [];
  for (const event of events) {
    if (statusRank(event.status) === 0) continue;
    const clock = clockOf(event, stoppedIsPause);
    const last = runs.at(-1);
    if (last?.status === event.status && last.clock === clock) continue;
    if (last !== undefined) last.to = event.observed_at;
    runs.push({ status: event.status, clock, from: event.observed_at, to: null });
  }
  return runs;
}

function clockOf({ status, source }: FoldEvent, stoppedIsPause: StoppedIsPause): ClockState {
  if (status === STOPPED && stoppedIsPause(source)) return 'paused';
  return CLOCKS.get(status) ?? 'unknown';
}
