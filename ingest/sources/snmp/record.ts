import { z } from 'zod';
import type { SyslogEventRow } from '../../schema/syslog.ts';
import type { ReadRecord } from '../../spool/drain.ts';

const common = {
  /** When it was read, epoch ms. */
  at: z.number(),
  /** The device, by its id; its address where it is not in the inventory. */
  source: z.string(),
  unit: z.string(),
  /** The device is one of a simulator. */
  simulated: z.boolean(),
};
const LinkRecordSchema = z.strictObject({
  ...common,
  family: z.literal('link'),
  type: z.enum(['link.up', 'link.down', 'link.sample']),
  link_id: z.string(),
  from_unit: z.string(),
  ring: z.string(),
  rx_bps: z.number().nullable(),
  tx_bps: z.number().nullable(),
});
const ReadingRecordSchema = z.strictObject({
  ...common,
  family: z.literal('reading'),
  subject: z.string(),
  metric: z.string(),
  value: z.number().nullable(),
  value_unit: z.string(),
  place: z.string(),
});
const TrapRecordSchema = z.strictObject({
  ...common,
  family: z.literal('trap'),
  sender: z.string(),
  hostname: z.string(),
  /** The name of the notification, else its OID. */
  name: z.string(),
  /** 0 emergency to 7 debug, as in syslog. */
  severity: z.int().min(0).max(7),
  message: z.string(),
  objects: z.record(z.string(), z.string()),
});

/** What the source leaves in its spool: an event, as JSON. */
export const SnmpRecordSchema = z.discriminatedUnion('family', [
  LinkRecordSchema,
  ReadingRecordSchema,
  TrapRecordSchema,
]);
export type SnmpRecord = z.output<typeof SnmpRecordSchema>;
export type LinkRecord = z.output<typeof LinkRecordSchema>;
export type ReadingRecord = z.output<typeof ReadingRecordSchema>;
export type TrapRecord = z.output<typeof TrapRecordSchema>;

/** The facility that traps are kept under: daemons of the system. */
const DAEMON = 3;

/** Reads a spooled event into the row of its family; a trap becomes a line of the syslog family, in the format `snmptrap`. */
export const readSnmp: ReadRecord = (bytes, from, to, { event_key, received_at }) => {
  let sent: unknown;
  try {
    sent = JSON.parse(bytes.toString('utf8', from, to));
  } catch {
    sent = undefined;
  }
  const parsed = SnmpRecordSchema.safeParse(sent);
  if (!parsed.success) return { result: 'rejected', code: 'IOC_EVENT_DATA', reason: 'is no record of this source' };
  const record = parsed.data;
  const { source, unit, at: observed_at } = record;
  const simulated = record.simulated ? 1 : 0;
  const row = { event_key, id: event_key, source, unit, unit_path: '', observed_at, received_at, simulated } as const;
  switch (record.family) {
    case 'link': {
      const { type, link_id, from_unit, ring, rx_bps, tx_bps } = record;
      const up = type === 'link.down' ? 0 : 1;
      const measured = { latency_ms: null, loss_ratio: null, rx_bps, tx_bps };
      return { family: 'link', row: { ...row, type, subject: link_id, link_id, from_unit, ring, up, ...measured } };
    }
    case 'reading': {
      const { subject, metric, value, value_unit, place } = record;
      return { family: 'reading', row: { ...row, type: 'reading.sample', subject, metric, value, value_unit, place } };
    }
    case 'trap':
      return { family: 'syslog', row: { ...row, ...lineOf(record) } };
  }
};

function lineOf({ source, sender, hostname, name, severity, message, objects }: TrapRecord) {
  return {
    ...{ type: 'syslog.message', subject: source, facility: DAEMON, severity, format: 'snmptrap', transport: 'udp' },
    ...{ sender, hostname, app_name: 'snmptrap', procid: '', msgid: name.slice(0, 64) },
    ...{ structured_data: JSON.stringify({ snmptrap: objects }), message, fault: '', raw: '' },
  } satisfies Partial<SyslogEventRow>;
}
