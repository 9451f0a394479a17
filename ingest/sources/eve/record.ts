import { z } from 'zod';
import { FUTURE_LIMIT_MS } from '../../clickhouse/known/known-events.ts';
import { isStorable } from '../../pipeline/check-time.ts';
import { eventKey } from '../../pipeline/event-key.ts';
import type { SecurityEventRow } from '../../schema/security.ts';
import { readTimestamp } from './timestamp.ts';

const text = z.string().catch('');

/**
 * What is read of an EVE record (https://docs.suricata.io, "EVE JSON Format"); all the rest stays in the payload. A field of another type than it should be counts as absent:
 * a record is never refused for what it says.
 */
const RecordSchema = z.object({
  timestamp: z.unknown().optional(),
  event_type: text,
  dest_ip: text,
  alert: z
    .object({
      severity: z.int().positive().catch(0),
      category: text,
      signature: text,
      action: text,
      target: z.object({ ip: text }).catch({ ip: '' }),
    })
    .optional()
    .catch(undefined),
});

/**
 * Our severity of Suricata's, which falls from 1 (worst) to 4. Monotonic; critical is left free for what a person or a rule of the province raises
 * to it, since a signature alone does not know what the asset is worth. None is unclassified, not low.
 */
export function severityOf(suricata: number | undefined): number {
  if (suricata === undefined || suricata === 0) return 0;
  return suricata === 1 ? 3 : suricata === 2 ? 2 : 1;
}

/** Where a record comes from and which one it is. */
export interface RecordOrigin {
  source: string;
  simulated: 0 | 1;
  received_at: number;
  unit: string;
  /** How many equal lines stood before it in the same request: a file may hold the same line twice, and both are records. */
  ordinal: number;
}

/** A record and whether its own time could be used. */
export interface ReadRecord {
  row: SecurityEventRow;
  isTimed: boolean;
}

/** The row of an EVE record; undefined when it is no JSON object. `line` is the record as the sensor wrote it. */
export function readRecord(record: unknown, line: string, origin: RecordOrigin): ReadRecord | undefined {
  const parsed = RecordSchema.safeParse(record);
  if (!parsed.success) return undefined;
  const { timestamp, event_type, dest_ip, alert } = parsed.data;
  const written = readTimestamp(timestamp);
  const isTimed = written !== undefined && isStorable(written) && written <= origin.received_at + FUTURE_LIMIT_MS;
  const key = eventKey(origin.source, `${line}\0${origin.ordinal}`);
  const row: SecurityEventRow = {
    event_key: key,
    // the format has no id; the key is one, and leads from a list back to the record
    id: key,
    source: origin.source,
    type: event_type === 'alert' ? 'security.alert' : 'security.record',
    subject: '',
    unit_path: '',
    unit: origin.unit,
    // a record whose time cannot be used is kept under the time we saw it; its payload still says what it said
    observed_at: isTimed ? written : origin.received_at,
    received_at: origin.received_at,
    simulated: origin.simulated,
    severity: event_type === 'alert' ? severityOf(alert?.severity) : 0,
    event_type,
    category: alert?.category ?? '',
    signature: alert?.signature ?? '',
    asset: alert?.target.ip === undefined || alert.target.ip === '' ? dest_ip : alert.target.ip,
    action: alert?.action ?? '',
    payload: line,
  };
  return { row, isTimed };
}
