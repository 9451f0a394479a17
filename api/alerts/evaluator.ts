import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadedRule } from '#dashboards/dashboards.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { Clock } from '#ingest/schema/clock.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { PostEvents } from '../actions/event-poster.ts';
import { toFailure } from '../errors.ts';
import type { Answer, Store, Watermarks } from '../store.ts';
import { alertEvent, alertId, evaluatedEvent, slotOf, type Kept } from './alert-event.ts';
import { evaluateRule, isScheduled, type Instances, type Tracked } from './evaluate-rule.ts';
import { rowsFor } from './rows-for.ts';
import { createOutbox } from './outbox.ts';
import { everyOf, isDue, missedWindow, pressureOf, questionsOf, type Question } from './question.ts';
import { restore } from './restore.ts';

/** What an evaluator works with. */
export interface EvaluatorOptions {
  store: Pick<Store, 'run' | 'watermarks'>;
  post: PostEvents;
  clock: Clock;
  /** The rules as they are now, the tree, and the working time of the province. */
  book: () => { rules: ReadonlyMap<string, LoadedRule>; units: UnitIndex; working: WorkingTime };
  /** From one look to the next, in milliseconds. @default 150 */
  every_ms?: number;
  failed?: (what: string, error: unknown) => void;
  /** Called when evaluation begins to catch up, and when it has. */
  behind?: (windows: number) => void;
}

/** Evaluates the rules for as long as it runs. */
export interface Evaluator {
  /** How far the question that is furthest behind is behind what it should be, in seconds; null before the log was read. */
  lag_s: () => number | null;
  /** Whether every rule has been evaluated up to the present since the start: before that nothing is known to be over. */
  isCaughtUp: () => boolean;
  /** Ends it: what is under way is finished, what waits to be stored is tried once more. */
  stop: () => Promise<void>;
}

/** From one note of how far all is evaluated to the next; and shortest time between two notes of an alert's value; milliseconds. */
const NOTE_MS = 30_000;
const MEASURE_MS = 60_000;
const BACKOFF_MS = 2_000;
/** Questions at once. */
const LANES = 2;

/**
 * Starts evaluating. Where it stood is read from the log; windows that were missed meanwhile are evaluated first, each once and in order, as they were seen by then; a
 * database that is away is a gap of the same kind. Nothing is kept but the log: whatever this process says is made of events, and of these alone.
 */
export function startEvaluator(options: EvaluatorOptions): Evaluator {
  const { store, post, clock, book, every_ms = 150 } = options;
  const failed = options.failed ?? (() => undefined);
  const behind = options.behind ?? (() => undefined);
  const outbox = createOutbox(post, (error) => failed('events of alerts are not stored', error));
  const instances = new Map<string, Instances>();
  const kept = new Map<string, Kept>();
  const measured = new Map<string, { at: number; value: number | null }>();
  /** Up to when a rule was evaluated before this process; rules that ask the same may have stood apart. */
  let evaluatedBefore: (rule: string) => number | undefined = () => undefined;
  let questions: ReadonlyMap<string, Question> = new Map();
  let rules: ReadonlyMap<string, LoadedRule> | undefined;
  let noted_at = 0;
  let isCaughtUp = false;
  let isBehind = false;
  let isStopped = false;

  /** What is kept of an instance's episode: made when it is first heard of. */
  const keptOf = (rule: string, key: string, onset_at: number, unit: string | undefined): Kept => {
    const slot = slotOf(rule, key, onset_at);
    const known = kept.get(slot);
    if (known) return known;
    const { units } = book();
    const made = {
      alert_id: alertId(rule, key, onset_at),
      unit: (unit === undefined ? undefined : units.byCode(unit)?.code) ?? units.root.code,
    };
    kept.set(slot, made);
    return made;
  };

  const begin = async (): Promise<void> => {
    const { rules: all, units } = book();
    const found = await restore(store, all, units);
    for (const [rule, own] of found.instances) instances.set(rule, own);
    for (const [slot, one] of found.kept) kept.set(slot, one);
    const now = clock();
    outbox.add(found.orphans.flatMap(({ rule, tracked, kept: one }) => over(rule, tracked, one, now)));
    rules = all;
    evaluatedBefore = found.evaluated;
    // where nothing was ever evaluated the rules begin now: they are not asked about a past that they were not there for
    const since = (rule: LoadedRule) => found.evaluated(rule.id) ?? now;
    questions = questionsOf(all.values(), questions, { scope: units.root.path, since });
  };

  /** Takes up rules that were changed: those that are gone have ended their alerts. */
  const reload = (next: ReadonlyMap<string, LoadedRule>, root: string): void => {
    const now = clock();
    for (const [rule, own] of instances) {
      if (next.has(rule)) continue;
      instances.delete(rule);
      for (const [key, tracked] of own) {
        const { condition } = tracked;
        if (condition) outbox.add(over(rule, tracked, keptOf(rule, key, condition.onset_at, tracked.unit), now));
      }
    }
    rules = next;
    questions = questionsOf(next.values(), questions, { scope: root, since: () => now });
  };

  const evaluate = (question: Question, answer: Answer | 'failed', at: number): void => {
    const { working } = book();
    const rowsOf = answer === 'failed' ? undefined : rowsFor(answer);
    for (const rule of question.rules) {
      if (at <= (evaluatedBefore(rule.id) ?? -Infinity)) continue;
      const before = instances.get(rule.id) ?? new Map<string, Tracked>();
      const { after, moves } = evaluateRule(
        rule,
        before,
        rowsOf?.(rule.where) ?? 'failed',
        at,
        isScheduled(rule.schedule, working, at),
      );
      instances.set(rule.id, after);
      for (const move of moves) {
        const one = keptOf(rule.id, move.key, move.onset_at, move.unit);
        outbox.add([alertEvent(rule.id, move.moved, move, one, at)]);
        measured.set(one.alert_id, { at, value: move.value });
        if (move.moved !== 'resolved') continue;
        kept.delete(slotOf(rule.id, move.key, move.onset_at));
        measured.delete(one.alert_id);
      }
      for (const [key, tracked] of after) measure(rule.id, key, tracked, at);
    }
    question.evaluated_at = at;
  };

  /** Says the value of an open alert when it has changed, and not too often. */
  const measure = (rule: string, key: string, tracked: Tracked, at: number): void => {
    const { condition, value } = tracked;
    if (!condition || condition.state === 'pending' || value === null) return;
    const one = keptOf(rule, key, condition.onset_at, tracked.unit);
    const last = measured.get(one.alert_id);
    if (last && (last.value === value || at - last.at < MEASURE_MS)) return;
    measured.set(one.alert_id, { at, value });
    // after a restart the last value that was said is not known: it is said again
    outbox.add([alertEvent(rule, 'measured', { ...tracked, ...condition }, one, at)]);
  };

  /** Asks one question, live or as of a window that was missed. Throws when the database is away: the window is then still missed. */
  const ask = async (question: Question, at: number | null, marks: Watermarks | undefined): Promise<void> => {
    const { query, params, lens } = question.sight;
    const began = performance.now();
    let answer: Answer | 'failed';
    try {
      answer = await store.run(query, params, { ...lens, at });
    } catch (error) {
      if (toFailure(error).code === 'IOC_STORE_AWAY') throw error;
      failed(`rules that ask ${query.id}`, error);
      answer = 'failed';
    }
    const spent = performance.now() - began;
    question.cost_ms = Math.min(question.last_ms, spent);
    question.last_ms = spent;
    question.seen = at === null ? marks : undefined;
    evaluate(question, answer, at ?? (answer === 'failed' ? clock() : answer.at));
  };

  /** One look at everything. */
  const look = async (): Promise<void> => {
    const { rules: all, units } = book();
    if (!rules) await begin();
    else if (rules !== all) reload(all, units.root.path);
    const marks = await store.watermarks();
    const pressure = pressureOf(questions.values());
    let missed = 0;
    const visit = async (question: Question): Promise<void> => {
      const now = clock();
      const window = missedWindow(question, now);
      const own = question.rules.map(({ id }): Instances => instances.get(id) ?? new Map());
      if (window !== undefined) {
        missed += Math.ceil((now - window) / everyOf(question));
        await ask(question, window, undefined);
      } else if (isDue(question, own, { marks, pressure, now })) await ask(question, null, marks);
    };
    // a slow question holds up one lane, not all of them
    const waiting = questions.values();
    const lane = async (): Promise<void> => {
      for (const question of waiting) if (!isStopped) await visit(question);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (missed > 0 !== isBehind) behind(missed);
    isBehind = missed > 0;
    isCaughtUp ||= !isBehind;
    if (clock() - noted_at >= NOTE_MS) note(units.root.code);
  };

  /** Says up to when all is evaluated. It stands behind all that it speaks of: once it is stored, that is. */
  const note = (root: string): void => {
    noted_at = clock();
    if (questions.size === 0) return;
    outbox.add([evaluatedEvent(Math.min(...[...questions.values()].map(({ evaluated_at }) => evaluated_at)), root)]);
  };

  const run = async (): Promise<void> => {
    while (!isStopped) {
      const began = performance.now();
      let rest = every_ms;
      try {
        await look();
      } catch (error) {
        failed('rules', error);
        rest = BACKOFF_MS;
      }
      void outbox.flush();
      // what catches up leaves half of the time to others, and does not wait for the next look
      const spent = performance.now() - began;
      await sleep(isBehind ? Math.min(spent, every_ms) : Math.max(10, rest - spent), undefined, { ref: false });
    }
  };
  const running = run();

  return {
    lag_s: () => {
      if (questions.size === 0) return null;
      const now = clock();
      const late = [...questions.values()].map((question) => now - question.evaluated_at - everyOf(question));
      return Math.max(0, ...late) / 1000;
    },
    isCaughtUp: () => isCaughtUp,
    stop: async () => {
      isStopped = true;
      await running;
      note(book().units.root.code);
      await outbox.flush();
    },
  };
}

/** The event that ends an alert whose rule is no more. */
function over(rule: string, tracked: Tracked, kept: Kept, at: number) {
  const { condition } = tracked;
  return condition ? [alertEvent(rule, 'resolved', { ...tracked, ...condition, value: null }, kept, at)] : [];
}
