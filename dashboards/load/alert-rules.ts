import type { LoadedQuery, LoadedRule } from '../dashboards.ts';
import type { AlertRule, SeverityStep } from '../schema/alert-rule.ts';
import { SEVERITY_NAMES } from '../schema/alert-rule.ts';
import type { FileFault } from '../schema/fault.ts';
import { checkRuleTests } from './alert-rule-tests.ts';
import { checkParams } from './query-rules.ts';
import { idOf } from './read-folder.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/** What rules may name. */
export interface KnownToRules {
  queries: ReadonlyMap<string, LoadedQuery>;
  /** Files that are there and broken: `queries/overdue-now`. They have faults of their own. */
  broken: ReadonlySet<string>;
  /** Ids of the escalations. */
  escalations: ReadonlySet<string>;
}

/** Limits of a step; it has at most one of them. */
const LIMITS = ['above', 'at_least', 'below', 'at_most', 'equals'] as const;
/** Shortest time between two evaluations. */
const LEAST_EVERY_MS = 1_000;

type Say = YamlFile<AlertRule>['fault'];

/**
 * Checks the files of alert rules against the queries that they ask. A broken one is served in its last good version, with the query of that version; one that
 * has not changed stays the same object.
 */
export function checkAlertRules(
  files: readonly YamlFile<AlertRule>[],
  known: KnownToRules,
  previous: ReadonlyMap<string, LoadedRule> | undefined,
): { good: Map<string, LoadedRule>; faults: FileFault[] } {
  const good = new Map<string, LoadedRule>();
  const faults: FileFault[] = [];
  for (const yaml of files) {
    const id = idOf(yaml.file);
    const last = previous?.get(id);
    const found = yaml.value ? checkAlertRule(yaml, yaml.value, known) : yaml.faults;
    faults.push(...found);
    const loaded = yaml.value && known.queries.get(yaml.value.query);
    const now = yaml.value && loaded && found.length === 0 ? { ...yaml.value, id, loaded } : last;
    if (now) good.set(id, last && last.loaded === now.loaded && isSame(last, now) ? last : now);
  }
  return { good, faults };
}

function isSame(left: LoadedRule, right: LoadedRule): boolean {
  return JSON.stringify({ ...left, loaded: undefined }) === JSON.stringify({ ...right, loaded: undefined });
}

/** Checks one rule. Empty when all is right. */
export function checkAlertRule(yaml: YamlFile<AlertRule>, rule: AlertRule, known: KnownToRules): FileFault[] {
  const say: Say = (path, message, on) => yaml.fault(path, message, on);
  const faults = [...checkSteps(rule, say), ...checkTemplates(rule, say), ...checkRuleTests(rule, say)];
  if (rule.every < LEAST_EVERY_MS) faults.push(say(['every'], 'is too short; allowed: 1s and longer'));
  if (rule.escalation !== undefined && !known.escalations.has(rule.escalation))
    faults.push(
      say(['escalation'], `unknown escalation "${rule.escalation}"; ${choices(rule.escalation, known.escalations)}`),
    );
  const query = known.queries.get(rule.query);
  if (query)
    return [
      ...faults,
      ...checkParams(query, rule.params, (name, message, on) => say(['params', name], message, on)),
      ...checkColumns(rule, query, say),
    ];
  const isBroken = known.broken.has(`queries/${rule.query}`);
  const message = isBroken
    ? `query "${rule.query}" is broken; allowed: a query without faults`
    : `unknown query "${rule.query}"; ${choices(rule.query, known.queries.keys())}`;
  return [...faults, say(['query'], message)];
}

type ColumnType = LoadedQuery['rows'][string]['type'];

/** The columns that a rule names have to be in its query's rows, each of a type that serves. */
function checkColumns(rule: AlertRule, query: LoadedQuery, say: Say): FileFault[] {
  const check = (path: readonly PropertyKey[], name: string, types: readonly ColumnType[], on?: 'key'): FileFault[] => {
    const column = Object.hasOwn(query.rows, name) ? query.rows[name] : undefined;
    const fit = Object.entries(query.rows).flatMap(([one, { type }]) => (types.includes(type) ? [one] : []));
    if (!column) return [say(path, `query "${query.id}" gives no column "${name}"; ${choices(name, fit)}`, on)];
    if (types.includes(column.type)) return [];
    return [say(path, `column "${name}" is ${column.type}, not ${types.join(' or ')}; ${choices(name, fit)}`, on)];
  };
  return [
    ...rule.by.flatMap((name, index) => check(['by', index], name, ['text', 'number'])),
    ...(rule.unit === undefined ? [] : check(['unit'], rule.unit, ['text'])),
    ...(rule.text === undefined ? [] : check(['text'], rule.text, ['text'])),
    ...check(['value'], rule.value, ['number']),
    ...Object.entries(rule.where).flatMap(([name, value]) =>
      check(['where', name], name, [typeof value === 'number' ? 'number' : 'text'], 'key'),
    ),
    ...rule.when.flatMap(({ column }, index) =>
      column === undefined ? [] : check(['when', index, 'column'], column, ['number']),
    ),
  ];
}

/** Steps come from the gravest; each has one limit at most, and can be reached past those before it. */
function checkSteps({ when, value }: AlertRule, say: Say): FileFault[] {
  const faults: FileFault[] = [];
  for (const [index, step] of when.entries()) {
    const limits = LIMITS.filter((name) => step[name] !== undefined);
    const [first, second] = limits;
    if (first !== undefined && second !== undefined)
      faults.push(
        say(['when', index, second], `a step has one limit, and this has ${first} already; allowed: one`, 'key'),
      );
    const before = when[index - 1];
    if (before && SEVERITY_NAMES.indexOf(before.severity) < SEVERITY_NAMES.indexOf(step.severity))
      faults.push(
        say(
          ['when', index, 'severity'],
          `${step.severity} after ${before.severity}; allowed: from the gravest to the mildest`,
        ),
      );
    const hiding = when.slice(0, index).findIndex((earlier) => hides(earlier, step, value));
    if (hiding !== -1)
      faults.push(
        say(['when', index], `is never reached: step ${hiding + 1} is true whenever it is; allowed: a wider limit`),
      );
  }
  return faults;
}

/** Whether the earlier step is true wherever the later one is. */
function hides(earlier: SeverityStep, later: SeverityStep, value: string): boolean {
  if (LIMITS.every((name) => earlier[name] === undefined)) return true;
  if ((earlier.column ?? value) !== (later.column ?? value)) return false;
  const [up, laterUp] = [earlier.above ?? earlier.at_least, later.above ?? later.at_least];
  const [down, laterDown] = [earlier.below ?? earlier.at_most, later.below ?? later.at_most];
  return (
    (up !== undefined && laterUp !== undefined && up <= laterUp) ||
    (down !== undefined && laterDown !== undefined && down >= laterDown) ||
    (earlier.equals !== undefined && earlier.equals === later.equals)
  );
}

/** Names in braces have to be those that an alert fills in. */
function checkTemplates(rule: AlertRule, say: Say): FileFault[] {
  const names = new Set(['value', 'text', 'unit', ...rule.by, ...Object.keys(rule.labels)]);
  const check = (path: readonly PropertyKey[], text: string): FileFault[] =>
    [...text.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) =>
      names.has(name) ? [] : [say(path, `nothing fills in "{${name}}"; ${choices(name, names)}`)],
    );
  return [
    ...(['name', 'summary', 'description'] as const).flatMap((field) =>
      (['vi', 'en'] as const).flatMap((language) => check([field, language], rule[field][language])),
    ),
    ...(['vi', 'en'] as const).flatMap((language) =>
      rule.runbook[language].flatMap((line, index) => check(['runbook', language, index], line)),
    ),
    ...(rule.opens === undefined ? [] : check(['opens'], rule.opens)),
  ];
}
