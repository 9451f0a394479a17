import type { Note } from './marks.ts';
import type { Notice } from './notice.ts';

/** A delivery that was refused and is tried again. Instants are epoch ms. */
export interface Backing {
  attempts: number;
  next_at: number;
}

const FIRST_MS = 5_000;
const LONGEST_MS = 10 * 60_000;

/** When a refused delivery is tried again: after 5 s, then ever twice as long, at most ten minutes. */
export function backOff(before: Backing | undefined, now: number): Backing {
  const attempts = (before?.attempts ?? 0) + 1;
  return { attempts, next_at: now + Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1)) };
}

/** What is noted of a notice that was refused: that it is tried again, once; or that it was given up, which makes it a dead letter. */
export function refusedNotes(notice: Notice, isGivenUp: boolean, at: number): Note[] {
  return notice.notes.flatMap((note): Note[] => {
    const { reason, level } = note;
    if (!isGivenUp) return [{ ...note, reason: 'retrying', level: 0, at }];
    const failed: Note = { ...note, reason: reason === 'resolved' ? 'resolved_failed' : 'failed', level: 0, at };
    // a level that could not be told has been reached all the same, or it would be tried for ever
    return level > 0 ? [failed, { ...note, at }] : [failed];
  });
}
