import type { EntryData, EntryEventRow } from '../../schema/entry.ts';
import type { EventRow } from '../../schema/event.ts';

/** The row of an entry. */
export function entryRow(row: EventRow, data: EntryData): EntryEventRow {
  return {
    event_key: row.event_key,
    id: row.id,
    source: row.source,
    type: row.type,
    subject: row.subject,
    unit_path: row.unit_path,
    unit: row.unit,
    observed_at: row.observed_at,
    received_at: row.received_at,
    simulated: row.simulated,
    metric: data.metric,
    period: data.period,
    value: data.value,
    actor: data.actor ?? '',
    note: data.note ?? '',
  };
}
