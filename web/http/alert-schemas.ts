import * as z from 'zod/mini';
import type { Alert, AlertDetail, AlertPage, Assignee } from '#api/contract-alerts.ts';
import { ROLES } from './session-schemas.ts';

/** Where an alert may stand: what its condition does, and what people have done about it. */
export const ALERT_STATES = ['pending', 'firing', 'recovering', 'no_data', 'error', 'resolved'] as const;
export const HUMAN_STATES = ['unseen', 'acknowledged', 'assigned', 'shelved', 'closed'] as const;

const instant = z.nullable(z.number());
const number = z.nullable(z.number());
const both = z.object({ vi: z.string(), en: z.string() });

const TextsSchema = z.object({
  name: both,
  summary: both,
  description: both,
  runbook: z.object({ vi: z.array(z.string()), en: z.array(z.string()) }),
  opens: z.nullable(z.string()),
  value: z.object({ unit: both, decimals: z.number() }),
});

/** An alert as it stands. */
export const AlertSchema = z.object({
  alert_id: z.string(),
  rule: z.string(),
  unit: z.string(),
  unit_path: z.string(),
  labels: z.record(z.string(), z.string()),
  severity: z.literal([1, 2, 3, 4]),
  state: z.enum(ALERT_STATES),
  state_at: z.number(),
  human: z.enum(HUMAN_STATES),
  onset_at: z.number(),
  fired_at: instant,
  trigger_value: number,
  value: number,
  text: z.string(),
  acknowledged_at: instant,
  acknowledged_by: z.string(),
  assignee: z.string(),
  assigned_at: instant,
  shelved_until: instant,
  shelved_by: z.string(),
  shelved_why: z.string(),
  closed_at: instant,
  closed_by: z.string(),
  closed_why: z.string(),
  notified_at: instant,
  notified_to: z.string(),
  notified_reason: z.string(),
  level: z.number(),
  simulated: z.literal([0, 1]),
  texts: z.nullable(TextsSchema),
}) satisfies z.ZodMiniType<Alert>;

/** `GET /api/alerts`. */
export const AlertPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  rows: z.array(AlertSchema),
  counts: z.object({
    open: z.number(),
    unseen: z.number(),
    critical: z.number(),
    mine: z.number(),
    shelved: z.number(),
    resolved_unseen: z.number(),
  }),
}) satisfies z.ZodMiniType<AlertPage>;

/** `GET /api/alerts/:id`. */
export const AlertDetailSchema = z.extend(AlertSchema, {
  events: z.array(
    z.object({
      at: z.number(),
      type: z.string(),
      severity: z.number(),
      value: number,
      actor: z.string(),
      note: z.string(),
      assignee: z.string(),
      until_at: instant,
      receiver: z.string(),
      reason: z.string(),
      level: z.number(),
    }),
  ),
  annotations: z.record(z.string(), z.string()),
  receivers: z.record(z.string(), both),
}) satisfies z.ZodMiniType<AlertDetail>;

/** `GET /api/alerts/assignees`. */
export const AssigneesSchema = z.array(
  z.object({ name: z.string(), role: z.enum(ROLES), unit: z.string() }),
) satisfies z.ZodMiniType<Assignee[]>;
