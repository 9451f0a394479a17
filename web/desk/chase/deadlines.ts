import * as z from 'zod/mini';

/** The deadlines that are offered. */
export const DEADLINES = ['today', 'working_1', 'working_3'] as const;
export type DeadlineId = (typeof DEADLINES)[number];

/**
 * `GET /api/chases/deadlines`: the ends of working hours by the province's calendar, epoch ms: of today (absent when they have passed), and of
 * the first and the third working day after it. Days off and swapped days are the server's to know.
 */
export const DeadlinesSchema = z.object({
  at: z.number(),
  deadlines: z.array(z.object({ id: z.enum(DEADLINES), at: z.number() })),
});
