import { z } from 'zod';
import type { EventRow } from './event.ts';

/** Types of the reading family: one measured value at a place and an instant. */
export const READING_TYPES = ['reading.sample'] as const;

/** `data` of a reading. `value: null` means that the sensor reported and had no value: missing, not zero. */
export const ReadingDataSchema = z.strictObject({
  /** What is measured, `domain.noun`: `queue.waiting`, `air.pm25`, `portal.visitors`. */
  metric: z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/),
  value: z.number().nullable(),
  /** Unit of measure as UCUM text where there is one: `ug/m3`, `Cel`, `1`. */
  value_unit: z.string().max(32).optional(),
  place: z.string().max(200).optional(),
});
export type ReadingData = z.infer<typeof ReadingDataSchema>;

/** A row of `log.reading_event`. */
export interface ReadingEventRow extends EventRow {
  metric: string;
  value: number | null;
  value_unit: string;
  place: string;
}
