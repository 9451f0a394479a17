import { setImmediate as turn } from 'node:timers/promises';

/** Runs so many tasks at once and no more. */
export interface Pool {
  /** Starts a task when there is room for it, and resolves then. Throws the error of a task that failed before. */
  run: (task: () => Promise<void>) => Promise<void>;
  /** Resolves when all tasks are done. Throws the first error of any. */
  done: () => Promise<void>;
}

/** An empty pool. */
export function createPool(limit: number): Pool {
  const running = new Set<Promise<void>>();
  const failed: unknown[] = [];
  const check = () => {
    if (failed.length > 0) throw failed[0];
  };
  return {
    async run(task) {
      while (running.size >= limit) await Promise.race(running);
      check();
      const work: Promise<void> = task()
        .catch((error: unknown) => void failed.push(error))
        .finally(() => running.delete(work));
      running.add(work);
      // whoever makes the tasks may never wait for anything else; the network needs its turn
      await turn();
    },
    async done() {
      await Promise.all(running);
      check();
    },
  };
}
