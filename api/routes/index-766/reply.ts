import { z } from 'zod';
import { GRADES_766 } from '#ingest/dossier/index-766.ts';
import { GROUPS_766, PARTS_766 } from '#ingest/dossier/index-766-parts.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import type { IndexReply } from '../../contract-index.ts';

const count = z.number().nullable();
const sum = { points: count, known: z.number(), most: z.number() };

const PartSchema = z.object({
  id: z.enum(PARTS_766.map(({ id }) => id)),
  name: TextSchema,
  definition: TextSchema,
  most: z.number(),
  full_at: z.number(),
  part: count,
  whole: count,
  rate: count,
  points: count,
  from: z.enum(['feed', 'hand', 'both']).nullable(),
  is_entered: z.boolean(),
  entered: z.object({ period: z.string(), by: z.string(), at: z.number(), note: z.string() }).nullable(),
});

/** The index, as it is replied. */
export const IndexReplySchema = z.object({
  at: z.number().describe('the instant that it is true for'),
  unit: z.string(),
  from: z.string(),
  to: z.string(),
  ...sum,
  grade: z.enum(GRADES_766).nullable().describe('by the points that are known'),
  groups: z.array(
    z.object({ id: z.enum(GROUPS_766.map(({ id }) => id)), name: TextSchema, ...sum, parts: z.array(PartSchema) }),
  ),
  mean_ms: count.describe('mean time from acceptance to finish'),
  dossier_points: count.describe('what one dossier of part 2.1 brings'),
  fixes: z
    .array(
      z.object({
        kind: z.enum(['all', 'procedure', 'unit']),
        key: z.string(),
        label: z.string(),
        overdue: z.number(),
        overdue_points: count,
        due_soon: z.number(),
        due_soon_points: count,
      }),
    )
    .describe('open dossiers that cost points, or will'),
}) satisfies z.ZodType<IndexReply>;
