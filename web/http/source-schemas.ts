import * as z from 'zod/mini';
import type { LetterPage, RedriveReport } from '#api/contract.ts';

/** `GET /api/sources/letters`. */
export const LetterPageSchema = z.object({
  at: z.number(),
  count: z.number(),
  open: z.number(),
  rows: z.array(
    z.object({
      id: z.string(),
      received_at: z.number(),
      entry: z.string(),
      source: z.string(),
      unit: z.string(),
      code: z.string(),
      reason: z.string(),
      payload: z.string(),
      simulated: z.boolean(),
      mended_at: z.nullable(z.number()),
    }),
  ),
  groups: z.array(
    z.object({
      source: z.string(),
      code: z.string(),
      entry: z.string(),
      count: z.number(),
      open: z.number(),
      newest_at: z.number(),
    }),
  ),
}) satisfies z.ZodMiniType<LetterPage>;

/** `POST /api/sources/redrive`. */
export const RedriveReportSchema = z.object({
  asked: z.number(),
  mended: z.number(),
  refused: z.number(),
  impossible: z.number(),
  accepted: z.number(),
  duplicate: z.number(),
  reasons: z.array(z.object({ code: z.string(), reason: z.string(), count: z.number() })),
  next: z.nullable(z.string()),
}) satisfies z.ZodMiniType<RedriveReport>;
