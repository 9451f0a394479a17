import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/** How a value is written: `integer` 1.284, `decimal` 96,8, `percent` 96,8 % of a value from 0 to 100, `duration` of seconds. */
export const FORMATS = ['integer', 'decimal', 'percent', 'duration'] as const;

/** A metric file `metrics/<id>.yaml`: what a figure is, in which unit, and when it is bad. */
export const MetricSchema = z.strictObject({
  name: TextSchema,
  /** The unit of measure as written beside a chart's title: `hồ sơ`, `%`. */
  unit: TextSchema,
  format: z.enum(FORMATS),
  /** Decimals of `decimal` and `percent`. */
  decimals: z.int().min(0).max(3).default(1),
  /** Which direction is good. */
  good: z.enum(['up', 'down', 'neutral']).default('neutral'),
  /** What it counts, in one or two sentences a head of unit would accept. */
  definition: TextSchema,
  /** The value to reach, where there is one. */
  target: z.number().optional(),
  /** Four limits that part the five steps from calm to alarm, ascending; for a metric whose good direction is `up`, descending. */
  limits: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
});
export type WrittenMetric = z.input<typeof MetricSchema>;
export type Metric = z.output<typeof MetricSchema>;
