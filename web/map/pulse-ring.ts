/** For so long after an event a wave runs out from its ring. */
export const WAVE_MS = 3_000;
/** What is left of a ring just before it goes. */
const FAINTEST = 0.25;

/**
 * How opaque the ring of an event is, `age_ms` after it happened, of those that last `lasts_ms`: from 1 down, and 0 when it is gone. It follows from the age
 * alone, so that a wall that is loaded again shows what the others show. What is still to happen (a clock that is behind) has just happened.
 */
export function pulseOpacity(age_ms: number, lasts_ms: number): number {
  const age = Math.max(0, age_ms);
  return age >= lasts_ms ? 0 : 1 - (1 - FAINTEST) * (age / lasts_ms);
}
