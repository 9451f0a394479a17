import type { EventRow } from '../../schema/event.ts';
import type { SecurityData, SecurityEventRow } from '../../schema/security.ts';
import { SEVERITIES } from '../../schema/severity.ts';

/** The row of a security event that came as a CloudEvent. No severity is unclassified, never low. */
export function securityRow(row: EventRow, data: SecurityData): SecurityEventRow {
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
    severity: SEVERITIES.indexOf(data.severity ?? 'unclassified'),
    event_type: row.type === 'security.alert' ? 'alert' : '',
    category: data.category ?? '',
    signature: data.signature ?? '',
    asset: data.asset ?? '',
    action: data.action ?? '',
    payload: JSON.stringify(data),
  };
}
