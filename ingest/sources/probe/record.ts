import { z } from 'zod';
import type { ReadRecord } from '../../spool/drain.ts';

const common = {
  /** When it was looked, epoch ms. */
  at: z.number(),
  source: z.string(),
  unit: z.string(),
  /** The id of the target. */
  target: z.string(),
};

/** What the source leaves in its spool, as JSON. */
export const ProbeRecordSchema = z.discriminatedUnion('family', [
  z.strictObject({
    ...common,
    family: z.literal('link'),
    from_unit: z.string(),
    ring: z.string(),
    latency_ms: z.number().nullable(),
    loss_ratio: z.number(),
  }),
  z.strictObject({
    ...common,
    family: z.literal('reading'),
    metric: z.string(),
    value: z.number().nullable(),
    value_unit: z.string(),
    place: z.string(),
  }),
]);
export type ProbeRecord = z.output<typeof ProbeRecordSchema>;

/** Reads a spooled record into the row of its family. A host that answers none of its requests is down; one that answers any is proven to be up. */
export const readProbe: ReadRecord = (bytes, from, to, { event_key, received_at }) => {
  let sent: unknown;
  try {
    sent = JSON.parse(bytes.toString('utf8', from, to));
  } catch {
    sent = undefined;
  }
  const parsed = ProbeRecordSchema.safeParse(sent);
  if (!parsed.success) return { result: 'rejected', code: 'IOC_EVENT_DATA', reason: 'is no record of this source' };
  const record = parsed.data;
  const { source, unit, target: subject, at: observed_at } = record;
  const row = {
    ...{ event_key, id: event_key, source, unit, unit_path: '', subject, observed_at, received_at },
    simulated: 0 as const,
  };
  if (record.family === 'reading') {
    const { metric, value, value_unit, place } = record;
    return { family: 'reading', row: { ...row, type: 'reading.sample', metric, value, value_unit, place } };
  }
  const { from_unit, ring, latency_ms, loss_ratio } = record;
  const up = loss_ratio < 1 ? 1 : 0;
  const measured = { latency_ms, loss_ratio, rx_bps: null, tx_bps: null };
  const type = up ? 'link.sample' : 'link.down';
  return { family: 'link', row: { ...row, type, link_id: subject, from_unit, ring, up, ...measured } };
};
