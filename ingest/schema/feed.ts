import { z } from 'zod';
import { TextSchema } from './unit-tree.ts';

/** What every feed says of itself. */
const common = {
  name: TextSchema,
  /** The source that its events belong to. */
  source: z.string().min(1).max(256),
  /** The unit that it watches or speaks for, where a record names none: code, alias or name. The whole province when absent. */
  unit: z.string().min(1).max(64).optional(),
};

/** The formats that a sensor's log may be in. */
export const SENSOR_FORMATS = ['eve', 'wazuh', 'zeek'] as const;
export type SensorFormatName = (typeof SENSOR_FORMATS)[number];

/** A log that a sensor on this machine writes, a JSON record a line: read as it grows, through rotation and truncation. */
export const TailFeedSchema = z.strictObject({
  kind: z.literal('tail'),
  ...common,
  /** The file that is written now; rotated ones are looked for beside it. */
  path: z.string().min(1).max(4096).regex(/^\//, 'is no absolute path'),
  format: z.enum(SENSOR_FORMATS),
});
export type TailFeed = z.output<typeof TailFeedSchema>;

/** `feeds/<name>.yaml`: something that the collector fetches by itself. */
export const FeedSchema = z.discriminatedUnion('kind', [TailFeedSchema]);
export type Feed = z.output<typeof FeedSchema>;
