import { IocError } from './errors.ts';

/** Lets a bounded number of tasks run at once and a bounded number wait, in order. */
export interface Gate {
  /** Runs `task` when there is room. Throws `IOC_BUSY` at once when too many wait already. */
  pass: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Makes a gate. A machine that is asked for more than it can do says so instead of growing a queue. */
export function createGate({ running: most, waiting: longest }: { running: number; waiting: number }): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  const leave = () => {
    const next = queue.shift();
    // the place is handed over, so nobody who comes later can slip in between
    if (next) next();
    else running -= 1;
  };
  const enter = async (): Promise<void> => {
    if (running < most) {
      running += 1;
      return;
    }
    if (queue.length >= longest) throw new IocError('IOC_BUSY');
    await new Promise<void>((go) => queue.push(go));
  };
  return {
    pass: async (task) => {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
