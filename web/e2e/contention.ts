/** A piece of work long enough to be measured and short enough to be no load itself. */
const WORK_MS = 4;
const EVERY_MS = 60;

/**
 * Measures how much longer than alone a piece of work takes on this machine, because other work runs on it: 1 when nothing does. Compares the time
 * that passed with the time that this process was given.
 */
export function measureContention(): { stop: () => number } {
  let passed = 0;
  let given = 0;
  const work = (): void => {
    const wall = performance.now();
    const before = process.cpuUsage();
    while (performance.now() - wall < WORK_MS);
    const after = process.cpuUsage(before);
    passed += performance.now() - wall;
    given += (after.user + after.system) / 1000;
  };
  const timer = setInterval(work, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      if (given === 0) work();
      return Math.max(1, passed / given);
    },
  };
}
