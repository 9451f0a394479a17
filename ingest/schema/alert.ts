import { z } from 'zod';
import type { EventRow } from './event.ts';

/** Where the condition of an alert may stand, as events. `measured` says its newest value and nothing else. */
export const CONDITION_TYPES = [
  'alert.pending',
  'alert.firing',
  'alert.recovering',
  'alert.no_data',
  'alert.error',
  'alert.resolved',
] as const;

/** What people do about an alert. */
export const HUMAN_TYPES = [
  'alert.acknowledged',
  'alert.unacknowledged',
  'alert.assigned',
  'alert.commented',
  'alert.shelved',
  'alert.unshelved',
  'alert.closed',
  'alert.reopened',
] as const;

/**
 * Types of the alert family. An alert is one episode of one instance of one rule, from the instant its condition came true until it is resolved; what returns
 * is a new alert. `notified` is a notice that was sent, or was not, with its reason; `escalated` a level that was reached; `evaluated` says up to when all
 * rules have been evaluated, and is of no alert.
 */
export const ALERT_TYPES = [
  ...CONDITION_TYPES,
  'alert.measured',
  ...HUMAN_TYPES,
  'alert.notified',
  'alert.escalated',
  'alert.evaluated',
] as const;

/** Severities, as of the security family: Thấp, Trung bình, Cao, Nghiêm trọng. */
export const ALERT_SEVERITIES = [1, 2, 3, 4] as const;

const instant = z.iso.datetime({ offset: true });
const word = z.string().max(128);

/** `data` of an alert event. The alert is the envelope's `subject`, its `unit` the unit concerned. */
export const AlertDataSchema = z.strictObject({
  /** The rule, by the name of its file; of one that was pushed, its alertname. */
  rule: word.optional(),
  /** What tells this instance from others, and what its rule says of all; with every event of the condition. */
  labels: z.record(z.string().min(1).max(128), z.string().max(512)).optional(),
  severity: z.literal(ALERT_SEVERITIES).optional(),
  /** The value that was compared. */
  value: z.number().optional(),
  /** What another monitor remarked on it, with the event by which an alert that was pushed began. */
  annotations: z.record(word.min(1), z.string().max(2_000)).optional(),
  /** What else its query says of it: a name. */
  text: z.string().max(512).optional(),
  /** Since when the condition holds; with every event of an alert, because it is part of where the alert is kept. */
  onset_at: instant.optional(),
  /** Who did it, as the product knows them. */
  actor: word.optional(),
  /** Why, or what is remarked. */
  note: z.string().max(4_000).optional(),
  /** Who is to see to it, with `assigned`; empty: nobody. */
  assignee: word.optional(),
  /** Until when it is shelved. */
  until: instant.optional(),
  /** Where a notice went, why it was sent or was not, and the level of escalation that was reached. */
  receiver: word.optional(),
  reason: word.optional(),
  level: z.int().min(0).max(99).optional(),
});
export type AlertData = z.infer<typeof AlertDataSchema>;

/** A row of `log.alert_event`. Instants are epoch milliseconds; null where the event does not say. */
export interface AlertEventRow extends EventRow {
  onset_at: number;
  rule: string;
  /** A JSON object of texts. */
  labels: string;
  /** A JSON object of texts; empty for what was not pushed. */
  annotations: string;
  /** 0 where the event does not say. */
  severity: number;
  value: number | null;
  text: string;
  actor: string;
  note: string;
  assignee: string;
  until_at: number | null;
  receiver: string;
  reason: string;
  level: number;
}
