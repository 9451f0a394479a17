import { z } from 'zod';
import type { EventRow } from './event.ts';

/** Types of the chase family: a unit is asked about dossiers (đôn đốc), has read it, has answered; whoever asked closes it. */
export const CHASE_TYPES = ['chase.sent', 'chase.acknowledged', 'chase.answered', 'chase.closed'] as const;

/** Most dossiers of one chase: a slip of some pages. */
export const MOST_CHASED = 1_000;

/** `data` of a chase event. The chase is the envelope's `subject`; its `unit` is the unit that is asked. */
export const ChaseDataSchema = z.strictObject({
  /** Who did it, as the product knows them. */
  actor: z.string().max(128).optional(),
  /** What is asked, answered or remarked. */
  text: z.string().max(4_000).optional(),
  /** The dossiers that are asked about; with `chase.sent`. */
  dossier_ids: z.array(z.string().min(1).max(256)).max(MOST_CHASED).optional(),
  /** Until when an answer is expected; with `chase.sent`. */
  deadline_at: z.iso.datetime({ offset: true }).optional(),
});
export type ChaseData = z.infer<typeof ChaseDataSchema>;

/** A row of `log.chase_event`. */
export interface ChaseEventRow extends EventRow {
  chase_id: string;
  actor: string;
  text: string;
  dossier_ids: string[];
  deadline_at: number | null;
}
