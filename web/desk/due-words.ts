import type { Formats } from '../format/format.ts';
import type { Dossier } from '../http/schemas.ts';

/** How a dossier stands against its promise. */
export interface DueView {
  mood: 'late' | 'soon' | 'calm' | 'none';
  /** Length of time late or left, in ms; null without a promise, or when the dossier has ended. */
  span: string | null;
}

const SOON_MS = 24 * 3_600_000;
/** Statuses in which the promise runs; a paused or ended dossier is not late (national codes). */
const RUNNING = new Set([2, 4]);

/** How a dossier stands at `now` (epoch ms). */
export function dueView(
  dossier: Pick<Dossier, 'due_at' | 'status'>,
  now: number,
  formats: Pick<Formats, 'span'>,
): DueView {
  const { due_at, status } = dossier;
  if (due_at === null || !RUNNING.has(status)) return { mood: 'none', span: null };
  const left = due_at - now;
  const span = formats.span(Math.abs(left));
  if (left < 0) return { mood: 'late', span };
  return { mood: left < SOON_MS ? 'soon' : 'calm', span };
}
