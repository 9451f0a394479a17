import { z } from 'zod';
import type { EventRow } from './event.ts';

/** Types of the link family: a change of state, or a sample of how a link does. */
export const LINK_TYPES = ['link.up', 'link.down', 'link.sample'] as const;

/** `data` of a link event. The link is the envelope's `subject`; its `unit` is the unit at the far end. Absent is unknown, never 0. */
export const LinkDataSchema = z.strictObject({
  /** The unit at the near end (usually the data centre). */
  from_unit: z.string().max(64).optional(),
  /** The ring or trunk that carries the link; one cut ring takes all its links down. */
  ring: z.string().max(64).optional(),
  latency_ms: z.number().min(0).optional(),
  /** Share of packets lost, 0 to 1. */
  loss_ratio: z.number().min(0).max(1).optional(),
  rx_bps: z.number().min(0).optional(),
  tx_bps: z.number().min(0).optional(),
});
export type LinkData = z.infer<typeof LinkDataSchema>;

/** A row of `log.link_event`. `up`: 1 up, 0 down; a sample is proof that the link is up. */
export interface LinkEventRow extends EventRow {
  link_id: string;
  from_unit: string;
  ring: string;
  up: 0 | 1;
  latency_ms: number | null;
  loss_ratio: number | null;
  rx_bps: number | null;
  tx_bps: number | null;
}
