import type { EventRow } from '../../schema/event.ts';
import type { SyslogData, SyslogEventRow } from '../../schema/syslog.ts';

/** The row of a line that came as a CloudEvent. */
export function syslogRow(row: EventRow, data: SyslogData): SyslogEventRow {
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
    facility: data.facility,
    severity: data.severity,
    format: '',
    transport: 'http',
    sender: '',
    hostname: data.hostname ?? '',
    app_name: data.app_name ?? '',
    procid: data.procid ?? '',
    msgid: data.msgid ?? '',
    structured_data: '',
    message: data.message,
    fault: '',
    raw: '',
  };
}
