import type { RuleId } from '#ingest/dossier/rules.ts';
import type { UnitInfo } from './contract.ts';
import type { DossierCounts } from './contract-dossiers.ts';

/**
 * `GET /api/units/:code`: where the dossiers of a unit stand, and those of the units right below it. `own` are those at the unit itself, `unknown`
 * those of places below it that are not in the tree: with the children they add up to `counts`. Null: no dossier is known.
 */
export interface UnitFigures {
  at: number;
  rule: RuleId;
  unit: UnitInfo;
  counts: DossierCounts | null;
  own: DossierCounts | null;
  unknown: DossierCounts | null;
  children: { unit: UnitInfo; counts: DossierCounts | null }[];
}

/**
 * What a unit is compared by, under the provincial rule. `open`, `overdue`: running dossiers now. `ended`: finished or withdrawn since the start of
 * the span, `late` and `early` of them. Shares are percent, null of nothing; `median_ms` from acceptance to finish, pauses included.
 */
export interface StandingFigures {
  open: number;
  overdue: number;
  ended: number;
  late: number;
  early: number;
  overdue_share: number | null;
  on_time_share: number | null;
  early_share: number | null;
  median_ms: number | null;
}

/** What units are ranked by. */
export type StandingMeasure = 'on_time_share' | 'overdue_share' | 'early_share' | 'median_ms';

/** A place among the units of the same kind under the same parent that have a figure, the best first; equals share a place. */
export interface StandingRank {
  place: number;
  of: number;
}

/**
 * What takes a unit from the province's share: `bad` of `of` dossiers of a procedure or at a step. `points` are percentage points by which the unit's
 * share would fall if these were as late as the province as a whole; over all keys they add up to the difference of the two shares.
 */
export interface StandingCause {
  key: string;
  label: string;
  of: number;
  bad: number;
  points: number;
}

/** `GET /api/units/:code/standing`: own figures, those of the province as a whole, own places, and nothing of any other unit. */
export interface UnitStanding {
  at: number;
  rule: 'province';
  /** Start of the span of what ended, epoch ms: a local midnight. */
  since: number;
  own: StandingFigures;
  province: StandingFigures;
  ranks: Record<StandingMeasure, StandingRank | null>;
  /** Overdue now by procedure and by who holds the step; ended late by procedure. At most five each, the worst first. */
  causes: Record<'overdue_procedure' | 'overdue_step' | 'late_procedure', StandingCause[]>;
}

/** How a link is. `silent`: it sent samples, and none for a quarter of an hour. */
export type LinkState = 'down' | 'silent' | 'up';

/** A link of a unit or below it. `since`: last sign of life of one that is down or silent; null of one that is up. */
export interface UnitLink {
  link_id: string;
  unit: string;
  state: LinkState;
  since: number | null;
  ring: string;
  latency_ms: number | null;
  simulated: number;
}

/** An alert of a security sensor. `severity` 0 (unclassified) to 4. */
export interface UnitThreat {
  id: string;
  observed_at: number;
  unit: string;
  severity: number;
  signature: string;
  asset: string;
  simulated: number;
}

/** `GET /api/units/:code/network`: links, and security alerts of 24 hours. Null: nothing is known, which is not none. */
export interface UnitNetwork {
  at: number;
  links: { counts: Record<LinkState, number>; rows: UnitLink[] } | null;
  /** `by_severity`: number of alerts of severity 0 to 4. */
  threats: { by_severity: number[]; rows: UnitThreat[] } | null;
}
