import type { ChaseData, ChaseEventRow } from '../../schema/chase.ts';
import type { EventRow } from '../../schema/event.ts';

/** The row of a chase event. */
export function chaseRow(row: EventRow, data: ChaseData): ChaseEventRow {
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
    chase_id: row.subject,
    actor: data.actor ?? '',
    text: data.text ?? '',
    dossier_ids: data.dossier_ids ?? [],
    deadline_at: data.deadline_at === undefined ? null : Date.parse(data.deadline_at),
  };
}
