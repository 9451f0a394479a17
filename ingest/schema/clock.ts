/** Reads the present instant, in milliseconds since the epoch (UTC). Passed to whatever needs "now", so tests can set it. */
export type Clock = () => number;

/**
 * A clock that runs in real time.
 *
 * `start` (epoch ms) makes it begin at another instant: a demonstration or a drill on a fixed day. Every process of one
 * installation derives its offset from the same `epoch`, the wall instant at which `start` was reached.
 */
export function createClock(start?: number, epoch: number = Date.now()): Clock {
  const offset = start === undefined ? 0 : start - epoch;
  return () => Date.now() + offset;
}
