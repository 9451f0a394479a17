import type { LocationQueryRaw } from 'vue-router';
import type { StandingMeasure, UnitStanding } from '#api/contract-units.ts';

/** Measures in the order of the table. */
export const MEASURES = [
  'on_time_share',
  'overdue_share',
  'early_share',
  'median_ms',
] as const satisfies readonly StandingMeasure[];

/** Kinds of causes in the order of the page. */
export const CAUSES = [
  'overdue_procedure',
  'overdue_step',
  'late_procedure',
] as const satisfies readonly (keyof UnitStanding['causes'])[];
export type CauseKind = (typeof CAUSES)[number];

/** The desk's list behind a measure of a unit: what takes it away from the best. Of a median there is none but all. */
export function measureQuery(measure: StandingMeasure, unit: string, since: number): LocationQueryRaw {
  const finished_from = new Date(since).toISOString();
  if (measure === 'overdue_share') return { unit, state: 'open_overdue' };
  const state = { on_time_share: 'finished_late', early_share: 'finished_early', median_ms: 'finished' }[measure];
  return { unit, state, finished_from };
}

/** The desk's list of the bad dossiers of a cause; undefined where its source did not name it: there is no list of those alone. */
export function causeQuery(kind: CauseKind, key: string, unit: string, since: number): LocationQueryRaw | undefined {
  if (key === '') return undefined;
  if (kind === 'overdue_step') return { unit, state: 'open_overdue', step: key };
  if (kind === 'overdue_procedure') return { unit, state: 'open_overdue', procedure: key };
  return { unit, state: 'finished_late', procedure: key, finished_from: new Date(since).toISOString() };
}
