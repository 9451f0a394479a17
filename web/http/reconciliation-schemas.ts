import * as z from 'zod/mini';
import type { ReconciliationReply } from '#api/contract-reconciliation.ts';

const text = z.object({ vi: z.string(), en: z.string() });
const number = z.nullable(z.number());

const FigureSchema = z.object({
  metric: z.string(),
  unit: z.string(),
  value: number,
  by: z.string(),
  source: z.string(),
  at: number,
  note: z.string(),
});

/** `GET /api/reconciliations`. */
export const ReconciliationSchema = z.object({
  at: z.number(),
  unit: z.string(),
  period: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['sum', 'units', 'share', 'ours']),
      name: text,
      definition: text,
      unit: text,
      decimals: z.number(),
      tolerance: z.number(),
      figures: z.array(z.object({ metric: z.string(), name: text })),
    }),
  ),
  lines: z.array(
    z.object({
      rule: z.string(),
      unit: z.string(),
      state: z.enum(['agrees', 'differs', 'incomplete']),
      stated: FigureSchema,
      parts: z.array(FigureSchema),
      counts: z.array(
        z.object({
          count: number,
          missing: z.nullable(z.enum(['no_dossier', 'too_slow'])),
          query: z.record(z.string(), z.string()),
        }),
      ),
      expected: number,
      difference: number,
      fits: z.nullable(FigureSchema),
    }),
  ),
  periods: z.array(z.string()),
}) satisfies z.ZodMiniType<ReconciliationReply>;
