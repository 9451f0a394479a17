/** Waits between restarts, in milliseconds. */
export interface Backoff {
  /** The next wait, after a run that was healthy for `healthy_ms`. */
  next: (healthy_ms: number) => number;
}

/**
 * Doubling waits from `first_ms` to `longest_ms`; a run that was healthy for `reset_ms` starts from the first again.
 * A child that dies once is back at once; one that cannot live does not eat the machine.
 */
export function createBackoff({ first_ms = 250, longest_ms = 10_000, reset_ms = 30_000 } = {}): Backoff {
  let wait = first_ms;
  return {
    next: (healthy_ms) => {
      if (healthy_ms >= reset_ms) wait = first_ms;
      const now = wait;
      wait = Math.min(wait * 2, longest_ms);
      return now;
    },
  };
}
