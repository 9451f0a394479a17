import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { DurationSchema, SEVERITY_NAMES } from './alert-rule.ts';

/** A level: how long after somebody was first told of an alert that nobody owns, and who is told then. */
export const LevelSchema = z.strictObject({
  name: TextSchema,
  after: DurationSchema,
  /** Whether the delay runs always, or in the working time of the unit. */
  time: z.enum(['wall', 'working']).default('wall'),
  receivers: z.array(z.string().min(1)).min(1),
});
export type EscalationLevel = z.output<typeof LevelSchema>;

/** An escalation file `escalations/<id>.yaml`: levels in order, until somebody acknowledges the alert or it is assigned. */
export const EscalationSchema = z.strictObject({
  name: TextSchema,
  /** Which severities escalate. @default all */
  severities: z.array(z.enum(SEVERITY_NAMES)).min(1).optional(),
  levels: z.array(LevelSchema).min(1).max(20),
});
export type WrittenEscalation = z.input<typeof EscalationSchema>;
export type Escalation = z.output<typeof EscalationSchema>;
