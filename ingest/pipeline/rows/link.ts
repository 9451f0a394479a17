import type { EventRow } from '../../schema/event.ts';
import type { LinkData, LinkEventRow } from '../../schema/link.ts';

/** The row of a link event: a sample proves that the link is up. */
export function linkRow(row: EventRow, data: LinkData): LinkEventRow {
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
    link_id: row.subject,
    from_unit: data.from_unit ?? '',
    ring: data.ring ?? '',
    up: row.type === 'link.down' ? 0 : 1,
    latency_ms: data.latency_ms ?? null,
    loss_ratio: data.loss_ratio ?? null,
    rx_bps: data.rx_bps ?? null,
    tx_bps: data.tx_bps ?? null,
  };
}
