/** What is done again and again: each at its own pace, never twice at once. */
export interface Round {
  every_ms: number;
  /** Never rejects; ends soon after `signal` aborts. */
  run: (signal: AbortSignal) => Promise<void>;
}

/** Rounds under way. */
export interface Rounds {
  start: () => void;
  /** Begins none any more, ends those under way, and waits for them. */
  close: () => Promise<void>;
}

/**
 * Runs rounds, at most `most` at the same time; who waits for a place is served in turn. Their first turns are spread over their paces. One that takes
 * longer than its pace misses the turns in between.
 */
export function createRounds(rounds: readonly Round[], most: number): Rounds {
  const ending = new AbortController();
  const timers = new Map<Round, NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  const waiting: { round: Round; due: number }[] = [];

  const plan = (round: Round, due: number): void => {
    if (ending.signal.aborted) return;
    timers.set(
      round,
      setTimeout(() => begin(round, due), Math.max(0, due - performance.now())),
    );
  };
  const begin = (round: Round, due: number): void => {
    if (ending.signal.aborted) return;
    if (underWay.size >= most) {
      waiting.push({ round, due });
      return;
    }
    const work = round.run(ending.signal).finally(() => {
      underWay.delete(work);
      const late = performance.now() - due;
      plan(round, due + round.every_ms * Math.max(1, Math.ceil(late / round.every_ms)));
      const next = waiting.shift();
      if (next) begin(next.round, next.due);
    });
    underWay.add(work);
  };
  return {
    start: () => {
      const now = performance.now();
      for (const [n, round] of rounds.entries()) plan(round, now + (round.every_ms * n) / rounds.length);
    },
    close: async () => {
      ending.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
