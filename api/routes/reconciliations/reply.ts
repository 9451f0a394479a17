import { z } from 'zod';
import { namedFigures } from '#dashboards/schema/reconciliation.ts';
import type { ReconciliationReply, ReconciliationRule } from '../../contract-reconciliation.ts';
import type { NamedRule } from './lines.ts';

const text = z.object({ vi: z.string(), en: z.string() });
const number = z.number().nullable();

const FigureSchema = z.object({
  metric: z.string(),
  unit: z.string(),
  value: number.describe('null while nobody stated it'),
  by: z.string(),
  source: z.string(),
  at: number,
  note: z.string(),
});

/** What is replied. */
export const ReconciliationReplySchema = z.object({
  at: z.number().describe('the instant that it is true for'),
  unit: z.string(),
  period: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['sum', 'units', 'share', 'ours']),
      name: text,
      definition: text,
      unit: text.describe('the unit of measure'),
      decimals: z.int(),
      tolerance: z.number().describe('greatest difference that agrees'),
      figures: z
        .array(z.object({ metric: z.string(), name: text }))
        .describe('what can be stated, the stated one first'),
    }),
  ),
  lines: z
    .array(
      z.object({
        rule: z.string(),
        unit: z.string(),
        state: z.enum(['agrees', 'differs', 'incomplete']),
        stated: FigureSchema,
        parts: z.array(FigureSchema),
        counts: z.array(
          z.object({
            count: number,
            missing: z.enum(['no_dossier', 'too_slow']).nullable().describe('why there is no count'),
            query: z
              .record(z.string(), z.string())
              .describe('the parameters of its list, of the desk and of /api/dossiers'),
          }),
        ),
        expected: number,
        difference: number.describe('stated less expected'),
        fits: FigureSchema.nullable().describe('the other whole that a share is of'),
      }),
    )
    .describe('greatest difference first'),
  periods: z.array(z.string()).describe('periods with figures, the one stated last first'),
}) satisfies z.ZodType<ReconciliationReply>;

/** A rule as it is replied. */
export function describeRule([id, rule]: NamedRule): ReconciliationRule {
  const { kind, name, definition, unit, decimals, tolerance } = rule;
  return {
    id,
    kind,
    name,
    definition,
    unit,
    decimals,
    tolerance,
    figures: namedFigures(rule).map(({ figure }) => figure),
  };
}
