import type { LoadedRule } from '#dashboards/dashboards.ts';
import type { SeverityName, SeverityStep } from '#dashboards/schema/alert-rule.ts';
import type { AlertSeverity } from '../contract-alerts.ts';
import type { Cell } from '../contract.ts';
import type { Sight } from './machine.ts';

/** The severities that rules name, as they are kept. */
export const SEVERITY_NUMBERS: Record<SeverityName, AlertSeverity> = { low: 1, medium: 2, high: 3, critical: 4 };

/** What an answer of a rule's query is made of. */
export interface SeenRows {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** One instance as a row shows it. */
export interface Seen {
  /** What tells it from others, and what its rule says of all. */
  labels: Record<string, string>;
  sight: Sight;
  /** The value that is shown; null where there is none. */
  value: number | null;
  /** A name, empty where the rule names no column. */
  text: string;
  /** Code of the unit concerned; undefined: the province's. */
  unit: string | undefined;
}

/** An instance's key: the values of the columns that tell it from others, in one order whatever the order in the file. `labels` may hold more. */
export function instanceKey(by: readonly string[], labels: Readonly<Record<string, string>>): string {
  return JSON.stringify([...by].sort().map((column) => [column, labels[column] ?? '']));
}

/**
 * What the rows of a query say of each instance of a rule, by key. Of two rows of one instance the graver stands. A row without the value that is compared is an
 * instance without data, which is not a normal one.
 */
export function judge(rule: LoadedRule, { columns, rows }: SeenRows): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const row of rows) {
    const cell = (column: string): Cell => row[columns.indexOf(column)] ?? null;
    if (!Object.entries(rule.where).every(([column, wanted]) => cell(column) === wanted)) continue;
    const own = Object.fromEntries(rule.by.map((column) => [column, String(cell(column) ?? '')]));
    const key = instanceKey(rule.by, own);
    const value = cell(rule.value);
    const one: Seen = {
      labels: { ...rule.labels, ...own },
      sight: sightOf(rule, cell),
      value: typeof value === 'number' ? value : null,
      text: rule.text === undefined ? '' : String(cell(rule.text) ?? ''),
      unit: rule.unit === undefined ? undefined : String(cell(rule.unit) ?? '') || undefined,
    };
    const other = seen.get(key);
    if (!other || gravityOf(one.sight) > gravityOf(other.sight)) seen.set(key, one);
  }
  return seen;
}

function sightOf(rule: LoadedRule, cell: (column: string) => Cell): Sight {
  let isMissing = false;
  for (const step of rule.when) {
    const value = cell(step.column ?? rule.value);
    const held = holds(step, value);
    if (held) return { holds: true, as: 'firing', severity: SEVERITY_NUMBERS[step.severity] };
    isMissing ||= value === null;
  }
  return isMissing ? missing(rule) : { holds: false };
}

/** Whether a step is true of a value; one without a limit is true of each row. */
function holds({ above, at_least, below, at_most, equals }: SeverityStep, value: Cell): boolean {
  if ([above, at_least, below, at_most, equals].every((limit) => limit === undefined)) return true;
  if (typeof value !== 'number') return false;
  if (above !== undefined) return value > above;
  if (at_least !== undefined) return value >= at_least;
  if (below !== undefined) return value < below;
  if (at_most !== undefined) return value <= at_most;
  return value === equals;
}

/** What an instance without data is: normal, as it was, or an alert of its own, of the mildest severity that the rule knows. */
export function missing({ no_data, when }: Pick<LoadedRule, 'no_data' | 'when'>): Sight {
  if (no_data === 'normal') return { holds: false };
  return no_data === 'keep' ? { holds: 'unknown' } : { holds: true, as: 'no_data', severity: mildest(when) };
}

/** What a query that fails means: nothing, or an alert of its own, of the mildest severity that the rule knows. */
export function failed({ error, when }: Pick<LoadedRule, 'error' | 'when'>): Sight {
  return error === 'keep' ? { holds: 'unknown' } : { holds: true, as: 'error', severity: mildest(when) };
}

function mildest(when: readonly SeverityStep[]): AlertSeverity {
  const last = when.at(-1);
  return last ? SEVERITY_NUMBERS[last.severity] : 1;
}

function gravityOf(sight: Sight): number {
  return sight.holds === true ? sight.severity : 0;
}
