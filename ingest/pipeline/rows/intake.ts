import type { EventRow } from '../../schema/event.ts';
import type { IntakeData, IntakeEventRow } from '../../schema/intake.ts';

/** The row of an event of the intake. */
export function intakeRow(row: EventRow, data: IntakeData): IntakeEventRow {
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
    entry: data.entry,
    name: data.name,
    of_family: data.of_family,
    period_ms: data.period_ms ?? null,
    received: data.received ?? null,
    accepted: data.accepted ?? null,
    duplicate: data.duplicate ?? null,
    rejected: data.rejected ?? null,
    dropped: data.dropped ?? null,
    kernel_dropped: data.kernel_dropped ?? null,
    faulty: data.faulty ?? null,
    queue_bytes: data.queue_bytes ?? null,
    queue_limit_bytes: data.queue_limit_bytes ?? null,
    oldest_ms: data.oldest_ms ?? null,
    limit_ms: data.limit_ms ?? null,
    heard_at: data.heard_at ? Date.parse(data.heard_at) : null,
    is_silent: data.is_silent ? 1 : 0,
    error: data.error,
  };
}
