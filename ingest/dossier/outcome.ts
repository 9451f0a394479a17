import type { Terms } from './dossier-clock.ts';
import type { Closing, DossierState } from './fold.ts';
import type { ClockState } from './status-runs.ts';
import type { Text } from '../schema/unit-tree.ts';

/** What a dossier counts as. Under any rule set, at any instant, a dossier is exactly one of these. */
export const OUTCOMES = [
  'unknown',
  'waiting',
  'open_in_time',
  'open_due_soon',
  'open_overdue',
  'paused',
  'finished_early',
  'finished_on_time',
  'finished_late',
  'withdrawn',
  'rejected',
  'stopped',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a rule set says of a dossier at an instant. */
export interface Judgement {
  outcome: Outcome;
  /** Whether it is in time by this rule, as of the instant; null where the rule does not judge it. */
  on_time: boolean | null;
  /** The two instants that were compared, epoch ms: the promise, and the finish or what stands for it. */
  due_at: number | null;
  measured_at: number | null;
}

/** A named way to count: its name and definition are shown wherever its figures are. */
export interface RuleSet {
  name: Text;
  definition: Text;
  /** `state` is the state as of `at` (epoch ms). Pure. */
  judge: (state: DossierState, at: number, terms: Terms) => Judgement;
}

/** An open dossier is due soon in the last 24 hours before its promise. */
export const DUE_SOON_MS = 86_400_000;

/** Where a dossier stands before anything is compared: how it was closed, or else its clock. */
export function stageOf(state: DossierState): Closing | Exclude<ClockState, 'ended'> {
  if (state.closed !== null) return state.closed;
  return state.clock === 'ended' ? 'unknown' : state.clock;
}
