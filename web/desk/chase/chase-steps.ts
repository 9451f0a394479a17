import type { Chase, ChaseState } from '#api/contract-chases.ts';
import { CHASE_STATES } from '../../http/dossier-schemas.ts';

/** Escalated ones first, then those that wait for the unit; within a state the earliest deadline first, ended ones latest first. */
export function byUrgency(one: Chase, other: Chase): number {
  const place = (state: ChaseState): number => CHASE_STATES.indexOf(state);
  if (one.state !== other.state) return place(one.state) - place(other.state);
  const isOver = one.state === 'closed' || one.state === 'answered';
  return isOver ? other.sent_at - one.sent_at : one.deadline_at - other.deadline_at;
}

/** How many chases are in each state. */
export function countByState(chases: readonly Chase[]): Record<ChaseState, number> {
  const counts = { escalated: 0, sent: 0, acknowledged: 0, answered: 0, closed: 0 };
  for (const chase of chases) counts[chase.state] += 1;
  return counts;
}

/** Dossiers by the unit that is asked about them, in order of the first of each: one chase goes to each. */
export function byUnit<Row extends { unit: string; dossier_id: string }>(
  rows: readonly Row[],
): { unit: string; rows: Row[] }[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row.unit, [...(found.get(row.unit) ?? []), row]);
  return [...found].map(([unit, its]) => ({ unit, rows: its }));
}
