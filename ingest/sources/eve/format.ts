import { z } from 'zod';
import type { SensorFormat } from '../sensor/format.ts';
import { readTimestamp } from '../sensor/timestamp.ts';

const text = z.string().catch('');

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

/** A record of Suricata (https://docs.suricata.io, "EVE JSON Format"). */
export const readEve: SensorFormat = (record) => {
  const parsed = RecordSchema.safeParse(record);
  if (!parsed.success) return undefined;
  const { timestamp, event_type, dest_ip, alert } = parsed.data;
  const isAlert = event_type === 'alert';
  return {
    observed_at: readTimestamp(timestamp),
    isAlert,
    severity: isAlert ? severityOf(alert?.severity) : 0,
    event_type,
    category: alert?.category ?? '',
    signature: alert?.signature ?? '',
    asset: alert?.target.ip === undefined || alert.target.ip === '' ? dest_ip : alert.target.ip,
    action: alert?.action ?? '',
  };
};
