import { OUTCOMES, type Outcome } from '#ingest/dossier/outcome.ts';
import type { DossierGroup } from '../../contract-dossiers.ts';

const RUNNING: readonly Outcome[] = ['open_in_time', 'open_due_soon', 'open_overdue'];
const OPEN: readonly Outcome[] = [...RUNNING, 'paused'];
const FINISHED: readonly Outcome[] = ['finished_early', 'finished_on_time', 'finished_late'];
const ENDED: readonly Outcome[] = [...FINISHED, 'withdrawn', 'rejected', 'stopped'];

/** The groups that are sums of outcomes; every outcome is a group of its own besides. */
const SUMS = {
  received: [...OPEN, ...FINISHED, 'withdrawn', 'stopped'],
  open: OPEN,
  running: RUNNING,
  finished: FINISHED,
} as const satisfies Record<string, readonly Outcome[]>;

const SUM_NAMES = ['received', 'open', 'running', 'finished'] as const satisfies readonly (keyof typeof SUMS)[];

/** All groups, sums first. */
export const DOSSIER_GROUPS: readonly DossierGroup[] = [...SUM_NAMES, ...OUTCOMES];

/** The outcomes of a group. */
export function outcomesOf(group: DossierGroup): readonly Outcome[] {
  const sum = SUM_NAMES.find((name) => name === group);
  return sum === undefined ? OUTCOMES.filter((outcome) => outcome === group) : SUMS[sum];
}

/** Whether every dossier of the group is still in progress: then the small set of open ones answers. */
export function isOpenGroup(group: DossierGroup): boolean {
  return outcomesOf(group).every((outcome) => OPEN.includes(outcome));
}

/** Whether every dossier of the group has ended: then no instant moves it out of it. */
export function isEndedGroup(group: DossierGroup): boolean {
  return outcomesOf(group).every((outcome) => ENDED.includes(outcome));
}

/** Counts of all groups from those of the outcomes. */
export function groupCounts(counts: Readonly<Record<Outcome, number>>): Record<DossierGroup, number> {
  const sum = (group: DossierGroup) => outcomesOf(group).reduce((total, outcome) => total + counts[outcome], 0);
  return {
    ...counts,
    received: sum('received'),
    open: sum('open'),
    running: sum('running'),
    finished: sum('finished'),
  };
}

/** Zero of every outcome. */
export function noCounts(): Record<Outcome, number> {
  return {
    unknown: 0,
    waiting: 0,
    open_in_time: 0,
    open_due_soon: 0,
    open_overdue: 0,
    paused: 0,
    finished_early: 0,
    finished_on_time: 0,
    finished_late: 0,
    withdrawn: 0,
    rejected: 0,
    stopped: 0,
  };
}
