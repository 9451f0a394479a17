import type { ReconciliationState } from '../../contract-reconciliation.ts';

/** A number that was stated or counted; null is missing, which is not 0. */
export type Known = number | null;

/** How a stated figure stands to what it should be. */
export interface Comparison {
  state: ReconciliationState;
  expected: Known;
  /** Stated less expected. */
  difference: Known;
}

/** The sum of all parts, whatever their order; null while one is missing, or when there are none. */
export function sumOf(parts: readonly Known[]): Known {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length || known.length === 0) return null;
  // in one order: sums of fractions differ in their last digit from order to order
  return known.sort((left, right) => left - right).reduce((sum, part) => sum + part, 0);
}

/** `part` of `whole` in percent; null while one is missing, or nothing can be a share of the whole. */
export function shareOf(part: Known, whole: Known): Known {
  return part === null || whole === null || whole === 0 ? null : (100 * part) / whole;
}

/** Compares a stated figure with what it should be. They agree within `tolerance`; with one of them missing nothing is said. */
export function compare(stated: Known, expected: Known, tolerance: number): Comparison {
  if (stated === null || expected === null) return { state: 'incomplete', expected, difference: null };
  const difference = stated - expected;
  // what floating point adds is no difference
  const slack = 1e-9 * Math.max(1, Math.abs(stated), Math.abs(expected));
  const state = Math.abs(difference) <= tolerance + slack ? 'agrees' : 'differs';
  return { state, expected, difference: Math.abs(difference) <= slack ? 0 : difference };
}

/**
 * Compares a stated share with part and whole. One that does not agree with its own whole, or whose whole is missing, and does with one of
 * `others`, is a share of that: it differs, and `fits` is the place of that other.
 */
export function compareShare(
  stated: Known,
  { part, whole, others }: { part: Known; whole: Known; others: readonly Known[] },
  tolerance: number,
): Comparison & { fits: number | null } {
  const own = compare(stated, shareOf(part, whole), tolerance);
  if (own.state === 'agrees') return { ...own, fits: null };
  const fits = others.findIndex((other) => compare(stated, shareOf(part, other), tolerance).state === 'agrees');
  return fits === -1 ? { ...own, fits: null } : { ...own, state: 'differs', fits };
}

const ORDER: readonly ReconciliationState[] = ['differs', 'incomplete', 'agrees'];

/** Sorts comparisons: greatest difference first, by its share of what is compared; then what is incomplete, then what agrees. */
export function byDifference(left: Comparison, right: Comparison): number {
  return ORDER.indexOf(left.state) - ORDER.indexOf(right.state) || relative(right) - relative(left);
}

function relative({ expected, difference }: Comparison): number {
  if (expected === null || difference === null || difference === 0) return 0;
  return Math.abs(difference) / Math.max(Math.abs(expected), Math.abs(expected + difference));
}
