import type { AlertRule, RuleTest } from '../schema/alert-rule.ts';
import type { FileFault } from '../schema/fault.ts';
import { readInstance, readSeries, readStates, TEST_STATES, type Point, type TestState } from './series-notation.ts';
import type { YamlFile } from './yaml-file.ts';

type Say = YamlFile<AlertRule>['fault'];

/** Instances by their name, and what the alert of a query that fails is named in tests. */
const OF_QUERY = 'alert_of';

/**
 * Checks that the tests of a rule can be read, and that between them they show it quiet, pending (where it waits), firing, resolved, and without data. Whether they
 * come true is seen by running them: api/alerts/series.ts.
 */
export function checkRuleTests(rule: AlertRule, say: Say): FileFault[] {
  const faults = rule.tests.flatMap((test, index) =>
    checkTest(rule, test, (path, ...rest) => say(['tests', index, ...path], ...rest)),
  );
  if (faults.length > 0) return faults;
  const missing = WANTED.filter(
    ({ of, isShown }) => of(rule) && !rule.tests.some((test) => runsOf(test).some(isShown)),
  );
  return missing.map(({ named }) =>
    say(
      ['tests'],
      `no test shows it ${named}; allowed: tests that show a rule quiet, pending, firing, resolved and without data`,
      'key',
    ),
  );
}

/** What became of one instance in a test. */
interface Run {
  points: readonly Point[];
  states: readonly TestState[];
}

const WANTED: readonly { named: string; of: (rule: AlertRule) => boolean; isShown: (run: Run) => boolean }[] = [
  { named: 'quiet', of: () => true, isShown: ({ states }) => states.every((state) => state === 'normal') },
  { named: 'pending', of: (rule) => rule.for > 0, isShown: ({ states }) => states.includes('pending') },
  { named: 'firing', of: () => true, isShown: ({ states }) => states.includes('firing') },
  {
    named: 'resolved',
    of: () => true,
    isShown: ({ states }) =>
      states.some((state, index) => state === 'normal' && ['firing', 'recovering'].includes(states[index - 1] ?? '')),
  },
  {
    named: 'without data',
    of: () => true,
    isShown: ({ points }) => points.some((point) => point === 'gone' || point === null),
  },
];

function runsOf({ series, states }: RuleTest): Run[] {
  return Object.entries(states).map(([name, text]) => {
    const points = readSeries(series[name] ?? '');
    const read = readStates(text);
    return { points: 'values' in points ? points.values : [], states: 'values' in read ? read.values : [] };
  });
}

function checkTest(rule: AlertRule, test: RuleTest, say: Say): FileFault[] {
  const faults: FileFault[] = [];
  let length: number | undefined;
  const read = (
    field: 'series' | 'states',
    name: string,
    values: { wrong: string } | { values: readonly unknown[] },
    allowed: string,
  ) => {
    if ('wrong' in values) faults.push(say([field, name], `"${values.wrong}" says nothing; allowed: ${allowed}`));
    else if ((length ??= values.values.length) !== values.values.length)
      faults.push(
        say([field, name], `${values.values.length} evaluations, and ${length} above; allowed: as many of each`),
      );
  };
  for (const [field, allowed, readText] of FIELDS)
    for (const [name, text] of Object.entries(test[field])) {
      read(field, name, readText(text), allowed);
      faults.push(...checkInstance(rule, name, (...rest) => say([field, name], ...rest)));
    }
  for (const name of Object.keys(test.severity ?? {})) {
    const isKnown = Object.hasOwn(test.states, name);
    if (!isKnown)
      faults.push(
        say(
          ['severity', name],
          `there are no states of "${name}"; allowed: ${Object.keys(test.states).join('; ')}`,
          'key',
        ),
      );
  }
  if (test.from !== undefined && Number.isNaN(localInstant(test.from)))
    faults.push(say(['from'], `is no local time; allowed: text like 2026-11-18 09:00`));
  return faults;
}

const FIELDS = [
  ['series', 'numbers, null, _ and x with blanks between, 5x3 for 5 three times', readSeries],
  ['states', `${TEST_STATES.join(', ')}, and x3 after one for three times`, readStates],
] as const;

function checkInstance(rule: AlertRule, name: string, say: (message: string, on: 'key') => FileFault): FileFault[] {
  const instance = readInstance(name);
  if (!instance) return [say(`"${name}" names no instance; allowed: text like unit=H49.02,link=a`, 'key')];
  if (Object.hasOwn(instance, OF_QUERY)) return [];
  const missing = rule.by.filter((column) => !Object.hasOwn(instance, column));
  return missing.length === 0
    ? []
    : [say(`"${name}" does not say ${missing.join(', ')}; allowed: each column of by`, 'key')];
}

/** Epoch ms of a local time of Việt Nam, `2026-11-18 09:00`; NaN for what is none. */
export function localInstant(text: string): number {
  return Date.parse(`${text.trim().replace(' ', 'T')}+07:00`);
}
