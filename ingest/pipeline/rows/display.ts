import type { DisplayData, DisplayEventRow } from '../../schema/display.ts';
import type { EventRow } from '../../schema/event.ts';

/** The row of an event of a screen. */
export function displayRow(row: EventRow, data: DisplayData): DisplayEventRow {
  const before = (age_ms: number | undefined) => (age_ms === undefined ? null : Math.round(row.observed_at - age_ms));
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
    name: data.name,
    board: data.board ?? '',
    version: data.version ?? '',
    frame_at: before(data.frame_age_ms),
    opened_at: before(data.uptime_ms),
    width: data.width ?? null,
    height: data.height ?? null,
    pixel_ratio: data.pixel_ratio ?? null,
    address: data.address ?? '',
  };
}
