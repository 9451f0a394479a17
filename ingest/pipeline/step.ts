import type { RejectionCode } from '../errors.ts';
import type { LogEntry } from '../schema/row.ts';

/** The event goes on. */
export interface Kept {
  result: 'kept';
}

/** The event is left out on purpose; the reason is counted. */
export interface Dropped {
  result: 'dropped';
  reason: string;
}

/** The event is refused; it becomes a dead letter. */
export interface Rejected {
  result: 'rejected';
  code: RejectionCode;
  reason: string;
}

/** What a step says of an event. */
export type Outcome = Kept | Dropped | Rejected;

/** One step of the pipeline: looks at an event on its way, and may fill in or take out what it is there for. */
export type Step = (entry: LogEntry) => Outcome;

/** The one `Kept`: nearly every step of nearly every event returns it. */
export const KEPT: Kept = { result: 'kept' };

/** A refusal. `reason` is read by people and holds nothing personal. */
export function rejected(code: RejectionCode, reason: string): Rejected {
  return { result: 'rejected', code, reason };
}

/** Who sent an event, by which entry, and when it came. */
export interface Origin {
  /** `events`, `dvcqg`, `eve`. */
  entry: string;
  /** The source that the token stands for; undefined when the sender names it. */
  source: string | undefined;
  simulated: 0 | 1;
  /** The unit that its events must be of, or of units below it; undefined: every unit. */
  within: string | undefined;
  /** Epoch ms, UTC. */
  received_at: number;
}
