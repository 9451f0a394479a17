import type { Page } from 'playwright-core';

/** Some work for one thread, the same in Node and in a page: about 40 ms of it. */
const WORK = `(() => {
  let sum = 0;
  for (let n = 0; n < 4e7; n += 1) sum = (sum * 31 + n) | 0;
  return sum;
})()`;

/** The least time that the work takes a processor here, whatever else runs (ms). */
function ownTime(): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    (0, eval)(WORK);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/**
 * How much longer a page takes for its work than it would on this machine alone, at a slowdown that was asked for: 1 when nothing else runs. The work
 * is done in the page itself, so it has the page's own share of the processors; of three runs the quickest counts, so it is rather too little.
 */
export async function contentionOf(page: Page, slowdown: number): Promise<number> {
  const run = `(() => { const began = performance.now(); ${WORK}; return performance.now() - began; })()`;
  const passed: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) passed.push(await page.evaluate<number>(run));
  return Math.max(1, Math.min(...passed) / (ownTime() * slowdown));
}
