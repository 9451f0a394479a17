import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Reconciliation } from '#dashboards/schema/reconciliation.ts';
import type { ReconciliationCount, ReconciliationFigure, ReconciliationLine } from '../../contract-reconciliation.ts';
import { compare, compareShare, shareOf, sumOf } from './compare.ts';
import { unitsBelow, type FindFigure } from './figures.ts';

/** A rule with its id. */
export type NamedRule = readonly [id: string, rule: Reconciliation];

/** What rules are judged by. `countsOf` gives our own counts for a rule of kind `ours`. */
export interface Known {
  units: UnitIndex;
  figure: FindFigure;
  countsOf: (rule: NamedRule, unit: PlacedUnit) => Promise<ReconciliationCount[]>;
}

/** One rule for one unit; undefined when it has no figure there. */
export async function lineOf(
  named: NamedRule,
  unit: PlacedUnit,
  known: Known,
): Promise<ReconciliationLine | undefined> {
  const [id, rule] = named;
  const stated = known.figure(rule.stated.metric, unit);
  const parts = partsOf(rule, unit, known);
  // of units, a total alone is not held against anything yet: nobody below has spoken
  const said = rule.kind === 'units' ? parts : [stated, ...parts];
  if (said.every(({ value }) => value === null)) return undefined;
  const line = { rule: id, unit: unit.code, stated, parts, counts: [], fits: null };
  switch (rule.kind) {
    case 'sum':
    case 'units':
      return { ...line, ...compare(stated.value, sumOf(parts.map(({ value }) => value)), rule.tolerance) };
    case 'share': {
      const others = rule.not_of.map(({ metric }) => known.figure(metric, unit));
      const [part = null, whole = null] = parts.map(({ value }) => value);
      const shares = { part, whole, others: others.map(({ value }) => value) };
      const { fits, ...compared } = compareShare(stated.value, shares, rule.tolerance);
      return { ...line, ...compared, fits: fits === null ? null : (others[fits] ?? null) };
    }
    case 'ours': {
      const counts = await known.countsOf(named, unit);
      const [count = null, whole = null] = counts.map((counted) => counted.count);
      return { ...line, counts, ...compare(stated.value, rule.of ? shareOf(count, whole) : count, rule.tolerance) };
    }
  }
}

/** What a stated figure is held against, as stated. */
function partsOf(rule: Reconciliation, unit: PlacedUnit, { units, figure }: Known): ReconciliationFigure[] {
  if (rule.kind === 'sum') return rule.parts.map(({ metric }) => figure(metric, unit));
  if (rule.kind === 'share') return [rule.part, rule.whole].map(({ metric }) => figure(metric, unit));
  return rule.kind === 'units' ? unitsBelow(units, unit).map((below) => figure(rule.stated.metric, below)) : [];
}
