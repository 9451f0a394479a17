import type { DossierRow } from '#api/contract-dossiers.ts';
import type { Formats } from '../format/format.ts';

/** How a dossier stands against its promise. */
export interface DueView {
  mood: 'late' | 'soon' | 'calm' | 'none';
  /** How long late or left; null without a promise, or when the dossier does not run. */
  span: string | null;
}

/**
 * How a dossier stands at `now` (epoch ms). What it counts as is the server's word, by the rule set asked for: a promise of earlier today
 * has passed and is not overdue where days are compared.
 */
export function dueView(
  { outcome, due_at, finished_at }: Pick<DossierRow, 'outcome' | 'due_at' | 'finished_at'>,
  now: number,
  formats: Pick<Formats, 'span'>,
): DueView {
  if (outcome === 'finished_late') {
    const over = due_at === null || finished_at === null ? null : finished_at - due_at;
    return { mood: 'late', span: over === null || over < 0 ? null : formats.span(over) };
  }
  if (!outcome.startsWith('open')) return { mood: 'none', span: null };
  const left = due_at === null ? null : due_at - now;
  const span = left === null ? null : formats.span(Math.abs(left));
  if (outcome === 'open_overdue') return { mood: 'late', span };
  if (span === null) return { mood: 'none', span };
  return { mood: outcome === 'open_due_soon' ? 'soon' : 'calm', span };
}

/** The words of a promise: `trễ 3 ngày`, `còn 4 giờ`, or that it is of today where its hour has passed and it is not late; null where there is nothing to say. */
export function dueKey(view: DueView, due_at: number | null, now: number): string | null {
  if (view.span === null) return null;
  if (view.mood === 'late') return 'desk.late_by';
  return due_at !== null && due_at < now ? 'desk.due_today' : 'desk.left_by';
}
