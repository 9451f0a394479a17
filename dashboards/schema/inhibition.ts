import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { MatcherTextSchema } from './matcher.ts';

/** An inhibition file `inhibitions/<id>.yaml`: while a source fires, its targets are not told of: they are part of its story. */
export const InhibitionSchema = z.strictObject({
  name: TextSchema,
  source: z.array(MatcherTextSchema).min(1),
  target: z.array(MatcherTextSchema).min(1),
  /** Labels that source and target must have alike. */
  equal: z.array(z.string().min(1)).default([]),
  /**
   * Where the target must lie: `below` the unit of the source (or at it); `behind` the ring or link that labels `ring` and `link` of the source name, by the topology:
   * one of its links (label `link`, or `ring`), or a unit that no other link reaches.
   */
  place: z.enum(['below', 'behind']).optional(),
});
export type WrittenInhibition = z.input<typeof InhibitionSchema>;
export type Inhibition = z.output<typeof InhibitionSchema>;
