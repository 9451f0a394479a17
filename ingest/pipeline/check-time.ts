import { FUTURE_LIMIT_MS } from '../clickhouse/known/known-events.ts';
import { KEPT, rejected, type Step } from './step.ts';

/** What the store can hold (DateTime64(3), with room for time zones): 1900 to 2299. */
const EARLIEST = Date.UTC(1900, 0, 2);
const LATEST = Date.UTC(2299, 11, 30);

/** True when the store can hold this instant (epoch ms). */
export function isStorable(instant: number): boolean {
  return instant >= EARLIEST && instant <= LATEST;
}

/**
 * Refuses what lies in the future by more than clocks differ: it would be newest for ever and make a silent source look fresh.
 * Any past is welcome: history is loaded this way.
 */
export function createCheckTime(): Step {
  return function checkTime({ family, row }) {
    if (!isStorable(row.observed_at))
      return rejected('IOC_EVENT_TIME_RANGE', 'time: lies outside 1900 to 2299, which is what can be kept');
    if (row.observed_at > row.received_at + FUTURE_LIMIT_MS)
      return rejected(
        'IOC_EVENT_TIME_FUTURE',
        'time: lies more than 5 minutes in the future; check the clock of the source',
      );
    if (family === 'dossier' && row.due_at !== null && !isStorable(row.due_at))
      return rejected('IOC_EVENT_TIME_RANGE', 'due_at: lies outside 1900 to 2299, which is what can be kept');
    return KEPT;
  };
}
