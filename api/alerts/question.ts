import type { LoadedRule } from '#dashboards/dashboards.ts';
import { sightOf, type Sight } from '../live/key.ts';
import type { Watermarks } from '../store.ts';
import type { Instances } from './evaluate-rule.ts';

/** What rules ask: all rules that ask the same share one answer. Instants are epoch ms, of the product's clock. */
export interface Question {
  sight: Sight;
  rules: readonly LoadedRule[];
  /** The instant of the newest evaluation; what lies after it has not been looked at. */
  evaluated_at: number;
  /** Marks of the tables that the newest evaluation is sure to have seen. */
  seen: Watermarks | undefined;
  /** What an answer costs: the shorter time of the last two, in milliseconds; one slow answer of a busy moment is no cost. */
  cost_ms: number;
  last_ms: number;
}

/** Shortest time between two evaluations of a question. */
const FLOOR_MS = 250;
/** Most questions under way on average, over all of them: rules leave room for what comes in and for who looks. */
const BUDGET = 0.5;
/** A live evaluation that is later than due by so much looks into the past first: nothing that was missed is left out. */
const SLACK_MS = 5_000;
/** Most windows of the past that a question is evaluated at; after a longer gap the windows are wider. */
export const MOST_WINDOWS = 500;

/** Parts rules by what they ask, of the whole province. A question that is asked already goes on from where it stands, a new one from `since`. */
export function questionsOf(
  rules: Iterable<LoadedRule>,
  before: ReadonlyMap<string, Question>,
  { scope, since }: { scope: string; since: (rule: LoadedRule) => number },
): Map<string, Question> {
  const sights = new Map<string, { sight: Sight; rules: LoadedRule[] }>();
  for (const rule of rules) {
    const sight = sightOf(rule.loaded, rule.params, { scope, at: null, known_at: null });
    const known = sights.get(sight.key);
    if (known) known.rules.push(rule);
    else sights.set(sight.key, { sight, rules: [rule] });
  }
  return new Map(
    [...sights].map(([key, { sight, rules: asking }]) => {
      const known = before.get(key);
      const begun = { evaluated_at: Math.min(...asking.map(since)), seen: undefined, cost_ms: 0, last_ms: 0 };
      return [key, { ...(known ?? begun), sight, rules: asking }];
    }),
  );
}

/** Longest time between two evaluations of a question. */
export function everyOf({ rules }: Pick<Question, 'rules'>): number {
  return Math.min(...rules.map((rule) => rule.every));
}

/** The window of the past that a question has missed and is evaluated at next: a multiple of its period. Undefined when it is up to date. */
export function missedWindow(question: Question, now: number): number | undefined {
  const every = everyOf(question);
  const gap = now - question.evaluated_at;
  if (gap < every + SLACK_MS) return undefined;
  const width = every * Math.max(1, Math.ceil(gap / every / MOST_WINDOWS));
  const at = Math.floor(question.evaluated_at / width) * width + width;
  return at < now - SLACK_MS ? at : undefined;
}

/**
 * How hard the questions press on the database: what each one's pace is made of. As in the live path, shares go by the square root of the cost, which keeps the sum of
 * the waits smallest: cheap ones stay quick.
 */
export function pressureOf(questions: Iterable<Pick<Question, 'cost_ms'>>): number {
  let sum = 0;
  for (const { cost_ms } of questions) sum += Math.sqrt(cost_ms);
  return sum / BUDGET;
}

/** What is looked at to tell whether a question is due. `now` is an instant of the product's clock, epoch ms. */
export interface Occasion {
  marks: Watermarks;
  pressure: number;
  now: number;
}

/** Whether a question that is up to date is asked again: its period is over, or it may be and its tables have grown or somebody's time has come. */
export function isDue(
  question: Question,
  instances: readonly Instances[],
  { marks, pressure, now }: Occasion,
): boolean {
  const { sight, seen, evaluated_at, cost_ms } = question;
  const gap = now - evaluated_at;
  if (gap >= everyOf(question) || seen === undefined) return true;
  if (gap < Math.max(FLOOR_MS, pressure * Math.sqrt(cost_ms))) return false;
  return (
    sight.tables.some((table) => marks[table] !== seen[table]) ||
    question.rules.some((rule, index) => deadlineOf(rule, instances[index], evaluated_at) <= now)
  );
}

/** The first instant after `evaluated_at` at which an instance fires, or is resolved, by time alone. */
function deadlineOf(rule: LoadedRule, instances: Instances | undefined, evaluated_at: number): number {
  let first = Infinity;
  for (const { condition } of instances?.values() ?? []) {
    if (!condition) continue;
    const { state, onset_at, cleared_at } = condition;
    const at =
      state === 'pending' ? onset_at + rule.for : cleared_at === null ? Infinity : cleared_at + rule.keep_firing_for;
    if (at > evaluated_at && at < first) first = at;
  }
  return first;
}
