import { FUTURE_LIMIT_MS } from '../../clickhouse/known/known-events.ts';
import { isStorable } from '../../pipeline/check-time.ts';
import { eventKey } from '../../pipeline/event-key.ts';
import type { SecurityEventRow } from '../../schema/security.ts';
import type { SensorFields } from './format.ts';

/** Where a record comes from and which one it is. */
export interface RecordOrigin {
  source: string;
  simulated: 0 | 1;
  received_at: number;
  unit: string;
  /** Tells equal lines apart, for both are records: how many stood before it in the same request, or its place in its file. */
  ordinal: number | string;
}

/** A record and whether its own time could be used. */
export interface SensorRecord {
  row: SecurityEventRow;
  isTimed: boolean;
}

/** The row of a record. `line` is the record as the sensor wrote it. */
export function recordOf(fields: SensorFields, line: string, origin: RecordOrigin): SensorRecord {
  const { observed_at: written, isAlert, ...said } = fields;
  const isTimed = written !== undefined && isStorable(written) && written <= origin.received_at + FUTURE_LIMIT_MS;
  const key = eventKey(origin.source, `${line}\0${origin.ordinal}`);
  const row: SecurityEventRow = {
    event_key: key,
    // these formats have no id; the key is one, and leads from a list back to the record
    id: key,
    source: origin.source,
    type: isAlert ? 'security.alert' : 'security.record',
    subject: '',
    unit_path: '',
    unit: origin.unit,
    // a record whose time cannot be used is kept under the time we saw it; its payload still says what it said
    observed_at: isTimed ? written : origin.received_at,
    received_at: origin.received_at,
    simulated: origin.simulated,
    severity: said.severity,
    event_type: said.event_type,
    category: said.category,
    signature: said.signature,
    asset: said.asset,
    action: said.action,
    payload: line,
  };
  return { row, isTimed };
}
