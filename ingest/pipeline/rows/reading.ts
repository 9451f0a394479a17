import type { EventRow } from '../../schema/event.ts';
import type { ReadingData, ReadingEventRow } from '../../schema/reading.ts';

/** The row of a reading. A null value stays null: the sensor had none. */
export function readingRow(row: EventRow, data: ReadingData): ReadingEventRow {
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
    value: data.value,
    value_unit: data.value_unit ?? '',
    place: data.place ?? '',
  };
}
