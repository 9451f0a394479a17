import type { LoadedRule } from '#dashboards/dashboards.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { AlertSeverity, ConditionState } from '../contract-alerts.ts';
import { step, type Instance, type Sight, type Timing } from './machine.ts';
import { failed, instanceKey, judge, missing, type Seen, type SeenRows } from './sights.ts';

/** An instance of a rule as an evaluation left it. `condition` is undefined while it is normal. */
export interface Tracked extends Omit<Seen, 'sight'> {
  condition: Instance | undefined;
}

/** The instances of a rule by key. Normal ones are in it where it matters that their rows go missing. */
export type Instances = ReadonlyMap<string, Tracked>;

/** Where an instance went, with what was known of it then. Instants are epoch ms. */
export interface Move extends Omit<Seen, 'sight'> {
  key: string;
  moved: ConditionState | 'resolved';
  severity: AlertSeverity;
  onset_at: number;
}

/** What one evaluation of a rule made of its instances. */
export interface Evaluated {
  after: Map<string, Tracked>;
  moves: Move[];
}

/** The key of the alert which says that a rule's query fails. No instance has it: theirs are JSON. */
export const ERROR_KEY = 'error';
/** The label that tells it from the others, for whoever restores it. */
export const ERROR_LABELS = { alert_of: 'query' } as const;
/** The key of an instance by the labels of its alert, which may hold more: how a restart finds again what it had. */
export function keyOf(rule: Pick<LoadedRule, 'by'>, labels: Readonly<Record<string, string>>): string {
  return labels.alert_of === ERROR_LABELS.alert_of ? ERROR_KEY : instanceKey(rule.by, labels);
}

/** A query that fails while the database starts anew is no alert: it has to fail for so long, and for the rule's own time. */
export const ERROR_FOR_MS = 120_000;

/** Whether a rule is evaluated at an instant: always, or in the working time of its province only. */
export function isScheduled(
  schedule: LoadedRule['schedule'],
  working: Pick<WorkingTime, 'isWorking'>,
  at: number,
): boolean {
  return schedule === 'always' || working.isWorking(at);
}

/**
 * One evaluation of a rule at `at` over all its instances. Outside of its schedule nothing is looked at and all stays as it is. A query that failed leaves the
 * instances as they are, and is an alert of its own where the rule says so. Evaluations come in order of time.
 */
export function evaluateRule(
  rule: LoadedRule,
  before: Instances,
  answer: SeenRows | 'failed',
  at: number,
  isScheduledNow = true,
): Evaluated {
  const made: Evaluated = { after: new Map(before), moves: [] };
  if (!isScheduledNow) return made;
  const timing: Timing = { for_ms: rule.for, keep_ms: rule.keep_firing_for };
  const look = (key: string, seen: Seen, how: Timing, isKept: boolean) => {
    const { sight, ...known } = seen;
    put(made, key, { ...known, condition: before.get(key)?.condition }, { sight, timing: how, isKept, at });
  };
  const query: Seen = { labels: { ...rule.labels, ...ERROR_LABELS }, sight: failed(rule), ...NOTHING_KNOWN };
  const ofQuery: Timing = { for_ms: Math.max(rule.for, ERROR_FOR_MS), keep_ms: 0 };
  if (answer === 'failed') {
    look(ERROR_KEY, query, ofQuery, false);
    return made;
  }
  look(ERROR_KEY, { ...query, sight: { holds: false } }, ofQuery, false);
  const isKept = rule.no_data === 'alert';
  const seen = judge(rule, answer);
  for (const [key, one] of seen) look(key, lasting(one, before.get(key)), timing, isKept);
  for (const [key, one] of before) {
    if (key === ERROR_KEY || seen.has(key)) continue;
    // a rule that tells its instances apart otherwise now has ended those that it told apart before
    const isOurs = instanceKey(rule.by, one.labels) === key;
    const sight: Sight = isOurs ? missing(rule) : { holds: false };
    look(key, lasting({ ...one, value: null, sight }, one), isOurs ? timing : ENDED, isOurs && isKept);
  }
  if (rule.by.length === 0 && seen.size === 0 && !before.has(ALONE)) {
    const alone: Seen = { labels: { ...rule.labels }, sight: missing(rule), ...NOTHING_KNOWN };
    look(ALONE, alone, timing, isKept);
  }
  return made;
}

/** The key of the one instance of a rule that tells none apart: it is there even when no row ever was. */
const ALONE = '[]';
const ENDED: Timing = { for_ms: 0, keep_ms: 0 };
const NOTHING_KNOWN = { value: null, text: '', unit: undefined } as const;

/** What goes missing is as grave as it was. */
function lasting(seen: Seen, before: Tracked | undefined): Seen {
  const { sight } = seen;
  if (sight.holds !== true || sight.as !== 'no_data' || !before?.condition) return seen;
  return { ...seen, sight: { ...sight, severity: before.condition.severity } };
}

function put(
  { after, moves }: Evaluated,
  key: string,
  tracked: Tracked,
  { sight, timing, isKept, at }: { sight: Sight; timing: Timing; isKept: boolean; at: number },
): void {
  const before = tracked.condition;
  const { after: condition, moved } = step(timing, before, sight, at);
  if (condition || isKept) after.set(key, { ...tracked, condition });
  else after.delete(key);
  const said = condition ?? before;
  if (moved && said) {
    const { labels, value, text, unit } = tracked;
    moves.push({ key, labels, value, text, unit, moved, severity: said.severity, onset_at: said.onset_at });
  }
}
