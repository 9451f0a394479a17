import { z } from 'zod';
import type { WrittenQuery } from '#dashboards/schema/query.ts';
import { LensQuerySchema } from './lens-query.ts';

/** Longest list of records; `count` says how many there are. */
export const MOST_RECORDS = 1000;

/** What every list of records may be asked with. */
export const ListOfRecordsSchema = LensQuerySchema.extend({
  own: z.literal('1').optional().describe('only what belongs to the unit itself, not to those below it'),
  limit: z.coerce.number().int().min(1).max(MOST_RECORDS).default(500),
});

/** The parameters of the list's SQL that all have in common. */
export const LIST_PARAMS: NonNullable<WrittenQuery['params']> = {
  own: { type: 'UInt8', default: 0, allowed: [0, 1] },
  page: { type: 'UInt16', default: 500 },
};

/** Their values. */
export function listParams({ own, limit }: { own?: string | undefined; limit: number }): { own: number; page: number } {
  return { own: own === undefined ? 0 : 1, page: limit };
}

/** The length of the whole list, from its rows: each says it. */
export function totalOf(records: readonly Record<string, unknown>[]): number {
  return z.number().parse(records[0]?.total ?? 0);
}
