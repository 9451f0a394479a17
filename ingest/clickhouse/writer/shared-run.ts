/**
 * Makes callers of costly work share it. A call waits for a run that begins after it: one that is under way may have missed what
 * the caller has just done, so all who come meanwhile wait for the next.
 */
export function shared(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    // however the run before ended, this one begins
    await running?.catch(() => undefined);
    running = next;
    next = undefined;
    await work();
  };
  return () => (next ??= run());
}
