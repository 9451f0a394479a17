import { z } from 'zod';
import type { EventRow } from './event.ts';

/**
 * Types of the display family: a screen on a wall draws (`seen`, twice a minute), or nobody expects it to any more (`gone`: switched off on purpose,
 * or its token is worth nothing).
 */
export const DISPLAY_TYPES = ['display.seen', 'display.gone'] as const;

/** `data` of an event of a screen. The envelope's `subject` is the screen, its `unit` the one whose figures it may show. */
export const DisplayDataSchema = z.strictObject({
  /** What people call it. */
  name: z.string().max(128),
  board: z.string().max(64).optional(),
  /** Build of the page that it runs. */
  version: z.string().max(64).optional(),
  /** How long before the envelope's `time` it last drew a frame, in milliseconds. */
  frame_age_ms: z.number().min(0).optional(),
  /** CSS pixels, and device pixels to one of them. */
  width: z.int().min(0).max(65_535).optional(),
  height: z.int().min(0).max(65_535).optional(),
  pixel_ratio: z.number().min(0).max(100).optional(),
  /** How long the page had been open, in milliseconds. */
  uptime_ms: z.number().min(0).optional(),
  address: z.string().max(64).optional(),
});
export type DisplayData = z.infer<typeof DisplayDataSchema>;

/** A row of `log.display_event`. Instants are epoch milliseconds; null where the event does not say. */
export interface DisplayEventRow extends EventRow {
  name: string;
  board: string;
  version: string;
  frame_at: number | null;
  opened_at: number | null;
  width: number | null;
  height: number | null;
  pixel_ratio: number | null;
  address: string;
}
