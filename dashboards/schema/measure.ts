import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/** `gauge`: how it is at an instant; the newest counts. `count`: what happened since the reading before it in its series; they are summed. */
export const MEASURE_KINDS = ['gauge', 'count'] as const;

/** What can be measured in one domain, `measures/<domain>.yaml`: `pm25` of `air` is the metric `air.pm25` of readings. */
export const MeasuresSchema = z.strictObject({
  name: TextSchema,
  measures: z.record(
    z.string().regex(/^[a-z0-9_]+$/),
    z.strictObject({
      name: TextSchema,
      /** The one unit in which it is kept, as UCUM text: feeds scale to it. */
      unit: z.string().min(1).max(32),
      kind: z.enum(MEASURE_KINDS).default('gauge'),
    }),
  ),
});
export type Measures = z.output<typeof MeasuresSchema>;
