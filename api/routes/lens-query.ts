import { z } from 'zod';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import { IocError } from '../errors.ts';
import type { Lens } from '../lens.ts';

/** The part of a request that says what is looked at: a unit, an instant, and what was known by when. */
export const LensQuerySchema = z.strictObject({
  unit: z.string().max(64).optional().describe('code of a unit within the scope; the whole scope when absent'),
  at: z.iso.datetime({ offset: true }).optional().describe('the instant looked at; now when absent'),
  known_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('counts only what had been received by then; everything when absent'),
});

export type LensQuery = z.output<typeof LensQuerySchema>;

/** The lens of a request. Throws `IOC_BAD_REQUEST` for an instant that has not come yet. */
export function lensOf(unit: PlacedUnit, query: { at?: string; known_at?: string }, now: number): Lens {
  const past = (name: string, text: string | undefined) => {
    if (text === undefined) return null;
    const ms = Date.parse(text);
    if (ms > now) throw new IocError('IOC_BAD_REQUEST', `${name} has not come yet`);
    if (ms < 0) throw new IocError('IOC_BAD_REQUEST', `${name} is before 1970: there are no figures of then`);
    return ms;
  };
  return { scope: unit.path, at: past('at', query.at), known_at: past('known_at', query.known_at) };
}
