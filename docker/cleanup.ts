/** What has to be undone at the end, however the end comes. */
export interface Cleanup {
  add: (undo: () => unknown) => void;
  /** Undoes all, the last first, once; what fails does not keep the rest from being undone. */
  run: () => Promise<void>;
}

/** An empty list. */
export function createCleanup(): Cleanup {
  const undos: (() => unknown)[] = [];
  return {
    add: (undo) => void undos.push(undo),
    run: async () => {
      for (let undo = undos.pop(); undo; undo = undos.pop()) {
        try {
          await undo();
        } catch (error) {
          process.stderr.write(`at the end: ${error instanceof Error ? error.message : String(error)}\n`);
        }
      }
    },
  };
}

/** Runs a tool's work and then its cleanup, also when it is stopped by a signal; ends the process with its exit code. */
export async function runTool(work: (cleanup: Cleanup) => Promise<void>): Promise<never> {
  const cleanup = createCleanup();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void cleanup.run().then(() => process.exit(130)));
  let code = 0;
  try {
    await work(cleanup);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    code = 1;
  }
  await cleanup.run();
  process.exit(code);
}
