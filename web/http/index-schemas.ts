import * as z from 'zod/mini';
import type { IndexReply } from '#api/contract-index.ts';

const count = z.nullable(z.number());
const text = z.object({ vi: z.string(), en: z.string() });
const sum = { points: count, known: z.number(), most: z.number() };

const PartSchema = z.object({
  id: z.enum([
    ...(['1.1', '1.2', '1.3', '1.4', '2.1', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6'] as const),
    ...(['4.1', '4.2', '4.3', '4.4', '4.5', '5.2', '5.3', '5.4'] as const),
  ]),
  name: text,
  definition: text,
  most: z.number(),
  full_at: z.number(),
  part: count,
  whole: count,
  rate: count,
  points: count,
  from: z.nullable(z.enum(['feed', 'hand', 'both'])),
  is_entered: z.boolean(),
  entered: z.nullable(z.object({ period: z.string(), by: z.string(), at: z.number(), note: z.string() })),
});

/** `GET /api/index-766`. */
export const IndexSchema = z.object({
  at: z.number(),
  unit: z.string(),
  from: z.string(),
  to: z.string(),
  ...sum,
  grade: z.nullable(z.enum(['excellent', 'good', 'fair', 'average', 'weak'])),
  groups: z.array(
    z.object({
      id: z.enum(['1', '2', '3a', '3b', '4', '5']),
      name: text,
      ...sum,
      parts: z.array(PartSchema),
    }),
  ),
  mean_ms: count,
  dossier_points: count,
  fixes: z.array(
    z.object({
      kind: z.enum(['all', 'procedure', 'unit']),
      key: z.string(),
      label: z.string(),
      overdue: z.number(),
      overdue_points: count,
      due_soon: z.number(),
      due_soon_points: count,
    }),
  ),
}) satisfies z.ZodMiniType<IndexReply>;

/** `POST /api/entries`. */
export const StoredEntriesSchema = z.object({ at: z.number(), stored: z.number() });
