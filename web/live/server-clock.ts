/** An estimate of the server's clock, for a page whose own clock nobody sets. */
export interface ServerClock {
  /** Takes the server's clock (epoch ms) as heard at `monotonic` (ms of a clock that only runs forward). */
  hear: (serverNow: number, monotonic: number) => void;
  /** Takes an estimate that stands until anything is heard. */
  guess: (serverNow: number, monotonic: number) => void;
  /** The server's clock (epoch ms) at `monotonic`; undefined before anything was heard or guessed. */
  at: (monotonic: number) => number | undefined;
}

/**
 * Makes a clock from the last `window` hearings. A message can only arrive late, never early, so of several estimates the
 * greatest is the least delayed; the window lets a server that was set back be believed after a few messages.
 */
export function createServerClock(window = 5): ServerClock {
  const offsets: number[] = [];
  let guessed: number | undefined;
  return {
    guess: (serverNow, monotonic) => (guessed = serverNow - monotonic),
    hear: (serverNow, monotonic) => {
      offsets.push(serverNow - monotonic);
      if (offsets.length > window) offsets.shift();
    },
    at: (monotonic) => {
      const offset = offsets.length === 0 ? guessed : Math.max(...offsets);
      return offset === undefined ? undefined : offset + monotonic;
    },
  };
}
