import * as z from 'zod/mini';
import type { AlertStatistics } from '#api/contract-alert-statistics.ts';
import type { ShiftsReply } from '#api/contract-shifts.ts';

const instant = z.nullable(z.number());
const number = z.nullable(z.number());
const both = z.object({ vi: z.string(), en: z.string() });

const ShiftSchema = z.object({
  shift_id: z.string(),
  ...{ began_at: instant, began_by: z.string() },
  notes: z.array(z.object({ at: z.number(), by: z.string(), text: z.string() })),
  ...{ handed_at: instant, handed_by: z.string(), handed_note: z.string() },
  ...{ taken_at: instant, taken_by: z.string(), taken_note: z.string() },
});

/** `GET /api/shifts`, and the reply to each step. */
export const ShiftsSchema = z.object({
  at: z.number(),
  current: ShiftSchema,
  past: z.array(ShiftSchema),
  happened: z.object({
    ...{ since: z.number(), fired: z.number(), acknowledged: z.number() },
    ...{ resolved: z.number(), open: z.number(), unseen: z.number() },
  }),
  steps: z.array(z.enum(['note', 'hand', 'take'])),
}) satisfies z.ZodMiniType<ShiftsReply>;

const times = {
  ...{ fired: z.number(), acknowledged: z.number(), resolved: z.number() },
  ...{ seen_median: number, seen_p90: number, over_median: number, over_p90: number },
};

/** `GET /api/alerts/statistics`. */
export const AlertStatisticsSchema = z.object({
  ...{ at: z.number(), days: z.number(), all: z.object(times) },
  by_rule: z.array(z.object({ ...times, rule: z.string(), name: z.nullable(both) })),
  by_unit: z.array(z.object({ ...times, unit: z.string() })),
  by_severity: z.array(z.object({ ...times, severity: z.number() })),
  never: z.array(z.object({ rule: z.string(), name: both })),
}) satisfies z.ZodMiniType<AlertStatistics>;
