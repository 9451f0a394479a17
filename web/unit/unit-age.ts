import type { Refusal } from '../composables/use-failure-words.ts';

/** Why the figures of the page are not of now; a key of the catalogue (`unit.old.*`). */
export interface Old {
  reason: 'offline' | 'refused' | 'unreadable' | 'socket' | 'frozen' | 'kept' | 'late';
  /** How long the trouble lasts, ms; null where it is not known. */
  age_ms: number | null;
  /** What the server refused with; undefined where it did not. */
  refusal: Refusal | undefined;
}

/** Three replies missed. */
const LATE_MS = 60_000;

/**
 * Why the figures are not of now; undefined while they are. `age_ms` is that of the newest reply by the server's clock, null before it was heard;
 * `silent_ms` how long the socket has brought nothing. What keeps new figures from coming hides what only makes them late.
 */
export function whyOld(input: {
  error: Refusal | undefined;
  isKept: boolean;
  age_ms: number | null;
  silent_ms: number | null;
  frozen_ms: number | null;
}): Old | undefined {
  const { error, isKept, age_ms, silent_ms, frozen_ms } = input;
  if (error) {
    const reason = error.code === 'offline' || error.code === 'unreadable' ? error.code : 'refused';
    return { reason, age_ms, refusal: error };
  }
  if (isKept) return { reason: 'kept', age_ms: null, refusal: undefined };
  if (frozen_ms !== null) return { reason: 'frozen', age_ms: frozen_ms, refusal: undefined };
  if (age_ms !== null && age_ms > LATE_MS) return { reason: 'late', age_ms, refusal: undefined };
  if (silent_ms !== null) return { reason: 'socket', age_ms: silent_ms, refusal: undefined };
  return undefined;
}
