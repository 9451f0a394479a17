import * as z from 'zod/mini';
import type { SilenceCover, SilenceInfo, SilencesReply } from '#api/contract-silences.ts';

/** A silence: the reply to setting and to ending one. */
export const SilenceSchema = z.object({
  ...{ silence_id: z.string(), unit: z.string(), unit_path: z.string() },
  kind: z.enum(['silence', 'maintenance']),
  matchers: z.array(z.object({ name: z.string(), op: z.enum(['=', '!=', '=~', '!~']), value: z.string() })),
  state: z.enum(['pending', 'active', 'expired']),
  ...{ starts_at: z.number(), ends_at: z.number() },
  ...{ set_at: z.number(), set_by: z.string(), note: z.string() },
  ...{ ended_at: z.nullable(z.number()), ended_by: z.string() },
}) satisfies z.ZodMiniType<SilenceInfo>;

/** `GET /api/silences`. */
export const SilencesSchema = z.object({
  at: z.number(),
  rows: z.array(SilenceSchema),
}) satisfies z.ZodMiniType<SilencesReply>;

/** `GET /api/silences/covered`. */
export const SilenceCoverSchema = z.object({
  ...{ at: z.number(), count: z.number() },
  alert_ids: z.array(z.string()),
}) satisfies z.ZodMiniType<SilenceCover>;
