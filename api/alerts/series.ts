import type { LoadedRule } from '#dashboards/dashboards.ts';
import { localInstant } from '#dashboards/load/alert-rule-tests.ts';
import { readInstance, readSeries, readStates, type Point } from '#dashboards/load/series-notation.ts';
import type { RuleTest } from '#dashboards/schema/alert-rule.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { Cell } from '../contract.ts';
import { evaluateRule, isScheduled, keyOf, type Instances } from './evaluate-rule.ts';
import { SEVERITY_NUMBERS, type SeenRows } from './sights.ts';

/** A promise of a rule's test that was not kept. `path` leads to it in the rule's file. */
export interface BrokenPromise {
  path: readonly PropertyKey[];
  message: string;
}

/** When tests begin that do not say: a Wednesday in working time. */
const BEGIN = '2026-11-18 09:00';

/**
 * Runs the tests of a rule that was checked, by the code that evaluates it on duty: the first evaluation of each instance that is not what the test says, and severities
 * that are others.
 */
export function runRuleTests(rule: LoadedRule, working: Pick<WorkingTime, 'isWorking'>): BrokenPromise[] {
  return rule.tests.flatMap((test, index) =>
    runTest(rule, test, working).map(({ path, message }) => ({
      path: ['tests', index, ...path],
      message: `${test.name}: ${message}`,
    })),
  );
}

function runTest(rule: LoadedRule, test: RuleTest, working: Pick<WorkingTime, 'isWorking'>): BrokenPromise[] {
  const series = Object.entries(test.series).map(([name, text]) => ({
    named: readInstance(name) ?? {},
    points: valuesOf(readSeries(text)),
  }));
  const expected = Object.entries(test.states).map(([name, text]) => ({
    name,
    key: keyOf(rule, readInstance(name) ?? {}),
    states: valuesOf(readStates(text)),
  }));
  const broken = new Map<string, BrokenPromise>();
  const fired = new Map<string, number>();
  const from = localInstant(test.from ?? BEGIN);
  let instances: Instances = new Map();
  for (let n = 0; n < Math.max(0, ...series.map(({ points }) => points.length)); n++) {
    const at = from + n * (test.every ?? rule.every);
    const answer = answerAt(rule, series, n);
    const { after, moves } = evaluateRule(rule, instances, answer, at, isScheduled(rule.schedule, working, at));
    instances = after;
    for (const { key, moved, severity } of moves) if (moved === 'firing' && !fired.has(key)) fired.set(key, severity);
    for (const { name, key, states } of expected) {
      const got = after.get(key)?.condition?.state ?? 'normal';
      const message = `evaluation ${n + 1}: expected ${states[n] ?? 'nothing'}, got ${got}`;
      if (got !== states[n] && !broken.has(name)) broken.set(name, { path: ['states', name], message });
    }
  }
  const severities = Object.entries(test.severity ?? {}).flatMap(([name, wanted]) => {
    const got = fired.get(keyOf(rule, readInstance(name) ?? {}));
    if (got === SEVERITY_NUMBERS[wanted]) return [];
    const found = Object.entries(SEVERITY_NUMBERS).find(([, number]) => number === got)?.[0];
    return [{ path: ['severity', name], message: `expected to fire as ${wanted}, got ${found ?? 'no alert'}` }];
  });
  return [...broken.values(), ...severities];
}

/** The answer of the n-th evaluation: a row of each instance that has one; failed where any series says so. */
function answerAt(
  rule: LoadedRule,
  series: readonly { named: Readonly<Record<string, string>>; points: readonly Point[] }[],
  n: number,
): SeenRows | 'failed' {
  const columns = Object.keys(rule.loaded.rows);
  const rows: Cell[][] = [];
  for (const { named, points } of series) {
    const point = points[n];
    if (point === 'failed') return 'failed';
    if (point === 'gone' || point === undefined) continue;
    rows.push(columns.map((column) => (column === rule.value ? point : cellOf(rule, named, column))));
  }
  return { columns, rows };
}

/** What a test says of a column besides the value; unsaid, what the rule looks for, or nothing. */
function cellOf({ where, loaded }: LoadedRule, named: Readonly<Record<string, string>>, column: string): Cell {
  const isText = loaded.rows[column]?.type === 'text';
  const said = named[column];
  if (said === undefined) return where[column] ?? (isText ? '' : null);
  return isText ? said : Number(said);
}

function valuesOf<T>(read: { values: T[] } | { wrong: string }): T[] {
  return 'values' in read ? read.values : [];
}
