import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { DurationSchema, SEVERITY_NAMES } from './alert-rule.ts';
import { MatcherTextSchema } from './matcher.ts';

/**
 * A route file `routes/<id>.yaml`: which alerts are told to whom, how they are put together, and how often. An alert takes the first route that fits it, by `order`, and
 * those after it as long as each says `continue`.
 *
 * Labels to match and to group by: those of the alert, and `rule`, `domain`, `severity` (low, medium, high, critical), `unit` and `unit_path` (`/H49/H49.02/`).
 */
export const RouteSchema = z.strictObject({
  name: TextSchema,
  /** The lowest is asked first; of two that are equal, the one whose file is named first. */
  order: z.int().min(0).max(10_000),
  /** All must match; none: every alert. */
  matchers: z.array(MatcherTextSchema).max(50).default([]),
  /** Only of this unit and those below it. */
  unit: z.string().min(1).optional(),
  continue: z.boolean().default(false),
  /** Alerts that have the same values of these are told together. */
  group_by: z.array(z.string().min(1)).max(20).default(['rule']),
  /** How long a group waits for more before it is told of at first. */
  group_wait: DurationSchema.default(30_000),
  /** Shortest time from one notice of a group to the next with news. */
  group_interval: DurationSchema.default(300_000),
  /** After which time what still fires and nobody owns is told again; 0 is never. */
  repeat_interval: DurationSchema.default(14_400_000),
  /** Receivers of receivers/. */
  receivers: z.array(z.string().min(1)).min(1),
  /** An escalation of escalations/; a rule may name another. */
  escalation: z.string().min(1).optional(),
  /** What is held outside of working time, by the calendar of the unit, until work begins. */
  quiet: z.strictObject({ severities: z.array(z.enum(SEVERITY_NAMES)).min(1) }).optional(),
});
export type WrittenRoute = z.input<typeof RouteSchema>;
export type Route = z.output<typeof RouteSchema>;
