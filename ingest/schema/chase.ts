import { z } from 'zod';
import type { EventRow } from './event.ts';

/**
 * Types of the chase family, what the desk does about dossiers: a unit is asked about them (đôn đốc), has read it, has answered; whoever asked
 * closes it. And: their applicants were sent a slip of apology (phiếu xin lỗi và hẹn lại ngày trả kết quả), or were not after all: the note is taken back.
 */
export const CHASE_TYPES = [
  'chase.sent',
  'chase.acknowledged',
  'chase.answered',
  'chase.closed',
  'apology.sent',
  'apology.revoked',
] as const;

/** Most dossiers of one chase: a slip of some pages. */
export const MOST_CHASED = 1_000;

/** `data` of a chase event. The chase, or the slip, is the envelope's `subject`; its `unit` is the unit that is asked, or sent it. */
export const ChaseDataSchema = z.strictObject({
  /** Who did it, as the product knows them. */
  actor: z.string().max(128).optional(),
  /** What is asked, answered or remarked; why a slip is taken back. */
  text: z.string().max(4_000).optional(),
  /** The dossiers that are asked about; with `chase.sent`, `apology.sent` and `apology.revoked`. */
  dossier_ids: z.array(z.string().min(1).max(256)).max(MOST_CHASED).optional(),
  /** Until when an answer is expected, with `chase.sent`; the new appointment, with `apology.sent`. */
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
