import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import { shownEntries, smallestText, wallFaults, wallPlaces } from './look-faults.ts';

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 5120, height: 1440 },
  { width: 390, height: 844 },
];
/** Between them every theme and every language is seen; each is seen at every size. */
const LOOKS = [
  { theme: 'dark', lang: 'vi' },
  { theme: 'light', lang: 'en' },
];
/** The walls, how many panels and canvases (charts, layers of maps) each has, and how it is looked at. */
const ALL_WALLS = [
  { wall: 'toan-canh', panels: 13, charts: 6 },
  { wall: 'mang', panels: 17, charts: 3 },
  { wall: 'ho-so', panels: 15, charts: 5 },
  { wall: 'chat-luong', panels: 14, charts: 4 },
  { wall: 'an-toan', panels: 19, charts: 7 },
  { wall: 'van-ban', panels: 14, charts: 5 },
  { wall: 'hop-bao-cao', panels: 13, charts: 6 },
  { wall: 'phan-anh', panels: 14, charts: 4 },
  { wall: 'do-thi', panels: 15, charts: 9 },
  { wall: 'chi-tieu', panels: 14, charts: 2 },
  { wall: 'lien-thong', panels: 13, charts: 4 },
  { wall: 'so-do-mang', panels: 6, charts: 0 },
  { wall: 'nguon', panels: 9, charts: 0 },
  { wall: 'don-vi', panels: 6, charts: 0 },
];
const WALLS = ALL_WALLS.flatMap((one) => LOOKS.map((look) => ({ ...one, ...look })));
/** Silence looks alike on all boards: those with most kinds of panels stand for the others. */
const SILENT_WALLS = WALLS.filter(({ wall }) => wall === 'toan-canh' || wall === 'mang');
/** Charts draw their rows, and the map its labels, a moment after they came or the size changed. */
const DRAWN_MS = 800;

let product: Product;
let browser: Browser;
let axe: string;
let watched: WatchedPage | undefined;

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { CLOCK_START: '2026-11-18T09:41:27+07:00', SEED: '2019' } });
  browser = await openBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

afterEach(async () => {
  await watched?.page.context().close();
  watched = undefined;
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function open(path: string): Promise<WatchedPage> {
  watched = await openPage(browser, product.url, path, { reducedMotion: 'reduce' });
  return watched;
}

/** Waits until all panels have rows and are drawn. */
async function wallDrawn(page: Page, least = { panels: 13, charts: 5 }): Promise<void> {
  await page.waitForFunction(
    ({ panels, charts }) =>
      document.querySelectorAll('[data-panel][data-state="fresh"]').length >= panels &&
      document.querySelectorAll('canvas').length >= charts &&
      (!document.querySelector('.map') || document.querySelectorAll('.map .label').length > 5),
    least,
    { timeout: 60_000 },
  );
  await page.waitForTimeout(DRAWN_MS);
}

/** What axe finds that hinders people. */
async function seriousFaults(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run({ resultTypes: ['violations'] }).then((found) => found.violations
      .filter((one) => ['serious', 'critical'].includes(one.impact))
      .map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')))`,
  );
}

describe('the look of the wall', () => {
  it.each(WALLS)('$wall cuts, overlaps and shrinks nothing at any size, $theme, $lang', async (look) => {
    const { wall, theme, lang } = look;
    const { page, complaints, foreign } = await open(`/wall/${wall}?theme=${theme}&lang=${lang}&takeover=off`);
    await wallDrawn(page, look);
    expect(await page.getAttribute('html', 'data-theme')).toBe(theme);
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await seriousFaults(page)).toEqual([]);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await wallDrawn(page, look);
      const isPhone = size.width < size.height;
      // all sizes are told of, not the first alone
      expect.soft({ size, faults: await page.evaluate(wallFaults) }).toEqual({ size, faults: [] });
      expect(await page.locator('[data-panel]:not([data-state="fresh"])').count()).toBe(0);
      if ((await page.locator('[data-kind="feed"]').count()) > 0)
        expect(await page.evaluate(shownEntries)).toBeGreaterThanOrEqual(2);
      // 24 pixels at 1080p are read from eight metres; a phone is held in the hand
      const floor = isPhone ? 14 : (24 * size.height) / 1080;
      expect(await page.evaluate(smallestText)).toBeGreaterThanOrEqual(floor - 0.5);
    }
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  });

  it.each(SILENT_WALLS)('$wall cuts nothing while nothing is heard, $theme, $lang', async (look) => {
    const { page } = await open(`/wall/${look.wall}?theme=${look.theme}&lang=${look.lang}&takeover=off`);
    await wallDrawn(page, look);
    await page.context().setOffline(true);
    await page.waitForFunction(
      () => !document.querySelector('[data-panel]:not([data-reason="socket_lost"])'),
      undefined,
      {
        timeout: 40_000,
      },
    );
    expect(await page.evaluate(wallFaults)).toEqual([]);
  });

  it('is the same picture on twice the pixels, only doubled', async () => {
    const { page } = await open('/wall/toan-canh?takeover=off');
    await wallDrawn(page);
    const once = await page.evaluate(wallPlaces);
    await page.setViewportSize({ width: 3840, height: 2160 });
    await wallDrawn(page);
    const twice = await page.evaluate(wallPlaces);
    expect(Object.keys(twice)).toEqual(Object.keys(once));
    const wrong = Object.entries(twice).filter(([name, place]) =>
      place.some((length, index) => Math.abs(length - 2 * (once[name]?.[index] ?? 0)) > 2),
    );
    expect(wrong).toEqual([]);
  });
});

describe('pages that are read from near by', () => {
  it.each(
    ['/', '/desk', '/unit/H49.02', '/links', '/security', '/readings'].flatMap((path) =>
      LOOKS.map((look) => ({ path, ...look })),
    ),
  )('$path can be read by everybody and at any size, $theme, $lang', async ({ path, theme, lang }) => {
    const { page, complaints, foreign } = await open(`${path}?theme=${theme}&lang=${lang}`);
    await page.waitForSelector({ '/': '.card', '/desk': '[data-dossier]' }[path] ?? 'table', { timeout: 60_000 });
    expect(await seriousFaults(page)).toEqual([]);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.waitForTimeout(200);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ size, beyond }).toEqual({ size, beyond: Math.min(0, beyond) });
    }
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  });
});
