import { z } from 'zod';
import { FAMILY_NAMES, type Family } from './event.ts';
import { TextSchema } from './unit-tree.ts';

/** The longest silence that is usual: in seconds, or in seconds of working time for those who send in office hours only. */
const LimitSchema = z.strictObject({
  silent_after_s: z.number().min(5).max(31_536_000),
  working_time: z.boolean().default(false),
});
export type SilenceLimit = z.output<typeof LimitSchema>;

/** A file `sources/<province>.yaml`: how long each source may be silent before that is an event. */
export const SourceLimitsSchema = z.strictObject({
  /** What holds for a source of a family that has no limit of its own. A family that is not here has none. */
  families: z.partialRecord(z.enum(FAMILY_NAMES), LimitSchema).default({}),
  sources: z
    .array(
      LimitSchema.extend({
        source: z.string().min(1).max(256),
        /** All its families when absent. */
        family: z.enum(FAMILY_NAMES).optional(),
        /** Who answers for it. */
        owner: TextSchema.optional(),
      }),
    )
    .default([]),
});
export type SourceLimits = z.output<typeof SourceLimitsSchema>;

/** The limit of a source in a family: the most exact that is given; undefined when it has none. */
export function limitOf({ families, sources }: SourceLimits, family: Family, source: string): SilenceLimit | undefined {
  const own = sources.filter((one) => one.source === source && (one.family === undefined || one.family === family));
  return own.find((one) => one.family === family) ?? own[0] ?? families[family];
}
