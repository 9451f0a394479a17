import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { build } from 'vite';
import { z } from 'zod';
import { loadDashboards } from '#dashboards/load.ts';
import { toInfo } from '#api/routes/province/province.ts';
import { CHROMIUM_FLAGS, findChromium } from '../chromium.ts';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { quantile, rounded } from './stats.ts';

/** The scenes of web/e2e/draw/scenes.ts; the first is what the others are compared with. */
const SCENES = ['empty', 'map', 'series'] as const;
const PROVINCE = 'quang-ninh-2019';
const ORIGIN = 'http://toan-canh.test';
/** Fonts, rows and the first drawing are not what is measured. */
const SETTLE_MS = 4_000;
const DrawnSchema = z.object({ frames: z.array(z.number()), tasks: z.array(z.number()) });
const MetricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

/** How evenly a scene is drawn. Times in ms; `ratio_p95` to the empty page of the same run; `busy` the share of the time in which the page's thread worked. */
interface Evenness {
  frames: number;
  p50_ms: number;
  p95_ms: number;
  longest_ms: number;
  ratio_p95: number;
  long_tasks: number;
  longest_task_ms: number;
  busy_percent: number;
}

/**
 * How smoothly panels draw in a real browser while rows change each second: a map of 2,000 points and 200 rings, and 10 lines of 1,000 instants, against an
 * empty page. The panels are the product's, built as it builds them; rows come from the page itself, so that no database is in the way.
 */
export async function benchDraw(bench: Bench): Promise<object> {
  const { options, env, say, cleanup } = bench;
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-draw-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  say('building the page …');
  await build({
    configFile: join(ROOT, 'web/vite.config.ts'),
    root: join(ROOT, 'web/e2e/draw'),
    publicDir: false,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
  const browser = await chromium.launch({
    executablePath: await findChromium(env.CHROMIUM_PATH, say),
    args: CHROMIUM_FLAGS,
  });
  cleanup.add(() => browser.close());
  const result: Record<string, Evenness> = {};
  let still = NaN;
  for (const scene of SCENES) {
    const measured = await watchScene(browser, folder, scene, options.seconds);
    if (scene === 'empty') still = measured.p95_ms;
    const found = { ...measured, ratio_p95: rounded(measured.p95_ms / still) };
    result[scene] = found;
    say(
      `${scene.padEnd(7)} frames p50 ${found.p50_ms}, p95 ${found.p95_ms} (×${found.ratio_p95}), longest ${found.longest_ms} ms; ` +
        `${found.long_tasks} long tasks, longest ${found.longest_task_ms} ms; busy ${found.busy_percent} %`,
    );
  }
  return { bench: 'draw', seconds: options.seconds, scenes: result };
}

async function watchScene(
  browser: Browser,
  folder: string,
  scene: string,
  seconds: number,
): Promise<Omit<Evenness, 'ratio_p95'>> {
  const { dashboards } = await loadDashboards({ folder: join(ROOT, 'dashboards'), province: PROVINCE });
  if (!dashboards) throw new Error(`${PROVINCE} cannot be read`);
  const { tree, units, calendar } = dashboards.province;
  const { name, heading, root, map } = tree;
  const province = { id: PROVINCE, name, heading, root, map, zone: calendar.zone, units: units.units.map(toInfo) };
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/api/province') return route.fulfill({ json: province });
    if (pathname.startsWith('/api/maps/'))
      return route.fulfill({ path: join(ROOT, 'dashboards/maps', `${map}.geojson`), contentType: 'application/json' });
    const file = extname(pathname) === '' ? 'index.html' : pathname;
    return route.fulfill({ path: join(folder, file) });
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${ORIGIN}/?scene=${scene}`);
  if (scene !== 'empty') await page.waitForSelector('[data-panel][data-state="fresh"] canvas', { timeout: 60_000 });
  await page.waitForTimeout(SETTLE_MS);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> =>
    MetricsSchema.parse(await session.send('Performance.getMetrics')).metrics.find(({ name: of }) => of === 'TaskDuration')?.value ?? 0; // prettier-ignore
  const before = await worked();
  const { frames, tasks } = DrawnSchema.parse(await page.evaluate(`measure(${seconds})`));
  const busy = (await worked()) - before;
  await context.close();
  if (errors.length > 0) throw new Error(`${scene}: ${errors.join('; ')}`);
  return {
    frames: frames.length,
    p50_ms: rounded(quantile(frames, 0.5)),
    p95_ms: rounded(quantile(frames, 0.95)),
    longest_ms: rounded(Math.max(...frames)),
    long_tasks: tasks.length,
    longest_task_ms: rounded(Math.max(0, ...tasks)),
    busy_percent: rounded((100 * busy) / seconds),
  };
}
