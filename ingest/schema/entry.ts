import { z } from 'zod';
import type { EventRow } from './event.ts';

/**
 * Types of the entry family: somebody states a figure, a person by hand (nhập tay) or a source of what it has itself counted. Another entry of the
 * same figure replaces it.
 */
export const ENTRY_TYPES = ['entry.made'] as const;

/** What a figure is of, by the province's calendar: a year, half of one, a quarter, a month or a day; `2026`, `2026-H2`, `2026-Q4`, `2026-11`, `2026-11-21`. */
export const PeriodSchema = z
  .string()
  .regex(
    /^\d{4}(-H[12]|-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
    'is no year, half, quarter, month or day',
  );

/** What is measured, `domain.noun`: `index_766.1_1.part`. */
export const EntryMetricSchema = z
  .string()
  .max(128)
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/);

/** `data` of an entry. The envelope's `unit` is the unit that the figure is of, its `time` when it was entered. */
export const EntryDataSchema = z.strictObject({
  metric: EntryMetricSchema,
  period: PeriodSchema,
  /** Null takes the figure back: there is none then. */
  value: z.number().nullable(),
  /** Who states it: who entered it by hand, as the product knows them, or whom the source names. */
  actor: z.string().max(128).optional(),
  /** Where it is from, in their words. */
  note: z.string().max(1_000).optional(),
});
export type EntryData = z.infer<typeof EntryDataSchema>;

/** A row of `log.entry_event`. */
export interface EntryEventRow extends EventRow {
  metric: string;
  period: string;
  value: number | null;
  actor: string;
  note: string;
}
