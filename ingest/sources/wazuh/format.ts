import { z } from 'zod';
import type { SensorFormat } from '../sensor/format.ts';
import { readTimestamp } from '../sensor/timestamp.ts';

const text = z.string().catch('');

const RecordSchema = z.object({
  timestamp: z.unknown().optional(),
  rule: z
    .object({
      level: z
        .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
        .optional()
        .catch(undefined),
      description: text,
      groups: z.array(text).catch([]),
    })
    .optional()
    .catch(undefined),
  agent: z.object({ name: text, ip: text }).catch({ name: '', ip: '' }),
  data: z.object({ dstip: text, action: text }).catch({ dstip: '', action: '' }),
});

/**
 * Our severity of Wazuh's levels 0 to 15, by the bands of its own documentation (https://documentation.wazuh.com, "Rules classification") and dashboards: up
 * to 6 low, to 11 medium, to 14 high, 15 critical. None is unclassified.
 */
export function severityOfLevel(level: number | undefined): number {
  if (level === undefined) return 0;
  return level >= 15 ? 4 : level >= 12 ? 3 : level >= 7 ? 2 : 1;
}

/** A line of Wazuh's `alerts.json`. One without a rule is no alert: a line of `archives.json`. */
export const readWazuh: SensorFormat = (record) => {
  const parsed = RecordSchema.safeParse(record);
  if (!parsed.success) return undefined;
  const { timestamp, rule, agent, data } = parsed.data;
  return {
    observed_at: readTimestamp(timestamp),
    isAlert: rule !== undefined,
    severity: rule ? severityOfLevel(rule.level) : 0,
    event_type: rule ? 'alert' : 'archive',
    // from the broad to the narrow: syslog, sshd, authentication_failed
    category: rule?.groups.at(-1) ?? '',
    signature: rule?.description ?? '',
    asset: data.dstip || agent.name || agent.ip,
    action: data.action,
  };
};
