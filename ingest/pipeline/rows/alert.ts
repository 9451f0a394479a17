import type { AlertData, AlertEventRow } from '../../schema/alert.ts';
import type { EventRow } from '../../schema/event.ts';

/** The row of an alert event. */
export function alertRow(row: EventRow, data: AlertData): AlertEventRow {
  return {
    ...row,
    onset_at: data.onset_at === undefined ? row.observed_at : Date.parse(data.onset_at),
    rule: data.rule ?? '',
    labels: written(data.labels),
    annotations: written(data.annotations),
    severity: data.severity ?? 0,
    value: data.value ?? null,
    text: data.text ?? '',
    actor: data.actor ?? '',
    note: data.note ?? '',
    assignee: data.assignee ?? '',
    until_at: data.until === undefined ? null : Date.parse(data.until),
    receiver: data.receiver ?? '',
    reason: data.reason ?? '',
    level: data.level ?? 0,
  };
}

/** Texts by name as JSON, in the order of their names: the same labels are the same text. */
function written(texts: Readonly<Record<string, string>> = {}): string {
  const sorted = Object.entries(texts).sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.length === 0 ? '' : JSON.stringify(Object.fromEntries(sorted));
}
