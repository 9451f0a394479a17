import type { Text } from '#ingest/schema/unit-tree.ts';

/** How a figure is held against others: parts, the units below, a quotient, our own count of dossiers. */
export type ReconciliationKind = 'sum' | 'units' | 'share' | 'ours';

/** `incomplete`: something that is needed was not stated, or is not known here. Missing is not zero. */
export type ReconciliationState = 'agrees' | 'differs' | 'incomplete';

/** A rule of reconciliation. Shares are in percent, from 0 to 100. */
export interface ReconciliationRule {
  id: string;
  kind: ReconciliationKind;
  name: Text;
  definition: Text;
  /** The unit of measure. */
  unit: Text;
  decimals: number;
  /** Greatest difference that agrees. */
  tolerance: number;
  /** Every figure that the rule names, the stated one first. */
  figures: { metric: string; name: Text }[];
}

/** A figure as somebody stated it for a unit and the period; all but metric and unit are empty while nobody has. `at` is epoch ms. */
export interface ReconciliationFigure {
  metric: string;
  unit: string;
  value: number | null;
  /** Who stated it, as far as it is told. */
  by: string;
  /** The source that it came by; `toan-canh` for what was entered by hand. */
  source: string;
  at: number | null;
  note: string;
}

/** A count of our own, and the desk's parameters of exactly the dossiers that it counts. */
export interface ReconciliationCount {
  count: number | null;
  /** Why there is no count: no dossier of the unit is known of that time, or counting took too long. */
  missing: 'no_dossier' | 'too_slow' | null;
  query: Record<string, string>;
}

/** One rule for one unit. */
export interface ReconciliationLine {
  rule: string;
  unit: string;
  state: ReconciliationState;
  stated: ReconciliationFigure;
  /** What it is held against: the parts, the units below, or part and whole. None for our own count. */
  parts: ReconciliationFigure[];
  /** Our own count, and what it is a share of. */
  counts: ReconciliationCount[];
  /** What `stated` would be if it agreed exactly; null while that cannot be said. */
  expected: number | null;
  /** `stated` less `expected`. */
  difference: number | null;
  /** The other whole that a share fits instead of its own. */
  fits: ReconciliationFigure | null;
}

/** `GET /api/reconciliations?unit=&period=`: every rule with a figure, for the unit and those right below it; greatest difference first. */
export interface ReconciliationReply {
  /** The instant that it is true for, epoch ms. */
  at: number;
  unit: string;
  period: string;
  rules: ReconciliationRule[];
  lines: ReconciliationLine[];
  /** Periods that have figures of any rule here, the one that was stated last first. */
  periods: string[];
}
