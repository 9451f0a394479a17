import type { Alert } from '#api/contract-alerts.ts';

/** For how long a critical alert that nobody has may hold a wall, from when it fired, in ms: long enough to be read aloud; then it stands first in the rail, and the figures are back. */
export const TAKEOVER_MS = 120_000;

/**
 * The alerts that take a wall over at `now` (epoch ms), the newest first: critical, firing, seen by nobody, and fired a short time ago. It follows from what is
 * known alone, so that all walls agree, one that is loaded anew shows what it showed, and old troubles do not come back.
 */
export function takingOver(alerts: readonly Alert[], now: number): Alert[] {
  return alerts
    .filter(
      ({ severity, state, human, fired_at }) =>
        severity === 4 && state === 'firing' && human === 'unseen' && fired_at !== null && fired_at > now - TAKEOVER_MS,
    )
    .toSorted((one, other) => (other.fired_at ?? 0) - (one.fired_at ?? 0));
}
