import { z } from 'zod';
import type { EventRow } from './event.ts';

/**
 * Types of the duty family, what those on duty settle that is of no one alert: silences (and maintenance windows) are set, changed by being set again, and
 * ended; a shift is noted upon, handed over, and taken.
 */
export const DUTY_TYPES = ['silence.set', 'silence.ended', 'shift.noted', 'shift.handed', 'shift.taken'] as const;

/** How a matcher compares a label: `=`, `!=`, `=~`, `!~`; expressions are anchored at both ends. */
export const MatcherSchema = z.strictObject({
  name: z.string().min(1).max(128),
  op: z.enum(['=', '!=', '=~', '!~']),
  value: z.string().max(512),
});
export type Matcher = z.infer<typeof MatcherSchema>;

const instant = z.iso.datetime({ offset: true });

/** `data` of a duty event. The silence, or the shift, is the envelope's `subject`; its `unit` is the one whose matter it is. */
export const DutyDataSchema = z.strictObject({
  actor: z.string().max(128).optional(),
  note: z.string().max(8_000).optional(),
  /** What is silenced: labels that all match. */
  matchers: z.array(MatcherSchema).max(50).optional(),
  starts: instant.optional(),
  ends: instant.optional(),
  /** A window that was planned is told apart: nothing is wrong. */
  kind: z.enum(['silence', 'maintenance']).optional(),
  /** The shift of the roster that is spoken of. */
  shift: z.string().max(128).optional(),
});
export type DutyData = z.infer<typeof DutyDataSchema>;

/** A row of `log.duty_event`. */
export interface DutyEventRow extends EventRow {
  actor: string;
  note: string;
  /** A JSON array of matchers. */
  matchers: string;
  starts_at: number | null;
  ends_at: number | null;
  kind: string;
  shift: string;
}
