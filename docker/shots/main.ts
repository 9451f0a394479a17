/**
 * `npm run shots -- DIR`: pictures of every page in every size, theme and language, of a demo with a fixed seed and clock, so that two
 * runs can be compared. A second argument takes only the pictures whose name holds it: `npm run shots -- DIR wall-1920`.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../chromium.ts';
import { runTool } from '../cleanup.ts';
import { startProduct, type Product } from '../product.ts';
import { takeShot } from './take.ts';
import { allViews } from './views.ts';

/** A Wednesday morning at full work. */
const DEMO = { SEED: '2019', CLOCK_START: '2026-11-18T09:41:27+07:00' };

const FILL_MS = 300_000;

/** The simulator goes on after ready, until the whole month is there: figures of the month would differ from run to run. */
async function filled({ output }: Product): Promise<void> {
  for (const deadline = Date.now() + FILL_MS; !output().includes('filled in the month:'); await sleep(500))
    if (Date.now() > deadline) throw new Error(`the month was not filled in within ${FILL_MS / 1000} s\n${output()}`);
}

await runTool(async (cleanup) => {
  const [target, only = ''] = process.argv.slice(2);
  if (target === undefined) throw new Error('npm run shots -- DIR [PART OF A NAME]');
  const views = allViews().filter(({ file }) => file.includes(only));
  if (views.length === 0) throw new Error(`No picture has ${only} in its name.`);
  const folder = resolve(target);
  await mkdir(folder, { recursive: true });
  const executablePath = await findChromium(process.env.CHROMIUM_PATH, console.log);

  console.log('starting the demo');
  const product = await startProduct({ env: process.env, set: DEMO, ready_ms: 300_000 });
  cleanup.add(product.stop);
  await filled(product);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  cleanup.add(() => browser.close());

  for (const [index, view] of views.entries()) {
    const complaints = await takeShot(browser, product.url, view, folder);
    console.log(`${index + 1}/${views.length} ${view.file}`);
    for (const complaint of complaints) console.log(`    the page said: ${complaint}`);
  }
});
