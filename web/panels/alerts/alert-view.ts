import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';

/** The severities by their number, and the names that sources may write. */
export const SEVERITY_NAMES = ['unclassified', 'low', 'medium', 'high', 'critical'] as const;
export type SeverityName = (typeof SEVERITY_NAMES)[number];

/** An open alert, as the rail draws it. */
export interface AlertView {
  id: string;
  severity: SeverityName;
  kind: string;
  unit: string;
  /** Epoch ms; null when not known. */
  since: number | null;
  value: number | null;
  /** How many units or records it concerns, where the query says. */
  count: number | null;
  /** How many of them have fallen silent, where the query says. */
  silent: number | null;
  /** A name or place that the alert is about, where the query gives one. */
  subject: string;
  /** Who has it; empty while nobody does. */
  owner: string;
  /** Its condition is no longer true, and it will be resolved if that stays so. */
  recovers: boolean;
  /** Whether a rule found it: its rule then says what it is, and `kind` is the rule. */
  ruled: boolean;
}

/** The rest of a line after its first colon: what it says, without what it says it of. The whole line where there is none. */
export function afterColon(line: string): string {
  return line.slice(line.indexOf(': ') + 1).trim();
}

/** The name of a severity written as a number or a name. */
export function severityName(cell: number | string | null): SeverityName {
  if (typeof cell === 'number') return SEVERITY_NAMES[cell] ?? 'unclassified';
  return SEVERITY_NAMES.find((name) => name === cell) ?? 'unclassified';
}

/** The alerts of some results, the worst first and of those the newest. */
export function alertsOf(results: readonly (Rows | undefined)[]): AlertView[] {
  const alerts = results.flatMap(readRows).map((row) => ({
    id: row.text('id') ?? '',
    severity: severityName(row.cell('severity')),
    kind: row.text('kind') ?? '',
    unit: row.text('unit') ?? '',
    since: row.number('since'),
    value: row.number('value'),
    count: row.number('count'),
    silent: row.number('silent'),
    subject: row.text('subject') ?? row.text('text') ?? '',
    owner: row.text('owner') ?? '',
    recovers: row.text('state') === 'recovering',
    ruled: row.cell('fired') !== null,
  }));
  const rank = ({ severity }: AlertView): number => SEVERITY_NAMES.indexOf(severity);
  return alerts.sort((one, other) => rank(other) - rank(one) || (other.since ?? 0) - (one.since ?? 0));
}
