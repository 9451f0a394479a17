import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startProduct, type Product } from '../../docker/product.ts';
import { BoardSchema } from '../../dashboards/schema/board.ts';
import { openBrowser } from './browser.ts';
import { figureIn, openFigure } from './opened-list.ts';

/** Every board of the folder, in its order. */
const FOLDER = join(import.meta.dirname, '../../dashboards/boards');
const boards = readdirSync(FOLDER)
  .map((file) => ({
    id: file.replace('.yaml', ''),
    ...BoardSchema.parse(parse(readFileSync(join(FOLDER, file), 'utf8'))),
  }))
  .filter(({ of_unit }) => !of_unit);
/** Figures that are opened of one panel: the panel's own and its first rows, which are made alike. */
const OF_A_PANEL = 2;
/** Lists of the present move on while they are opened. */
const NOW = ['/links', '/readings', '/alerts'];

let product: Product;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct({
    env: process.env,
    set: { CLOCK_START: '2026-11-18T09:41:27+07:00', SEED: '2019' },
    ready_ms: 600_000,
  });
  browser = await openBrowser();
}, 700_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** The links of a wall that are told a figure, some of each panel. */
async function countsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const panel of await page.locator('[data-panel]').all()) {
    const links = await panel
      .locator('a[href]')
      .evaluateAll((all) => all.flatMap((one) => one.getAttribute('href') ?? []));
    found.push(...links.filter((href) => figureIn(href) !== null).slice(0, OF_A_PANEL));
  }
  return found;
}

describe('every figure of a board', () => {
  it.each(boards)('opens the list that it counts: $id', async ({ id, panels }) => {
    const wall = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await wall.goto(`${product.url}/wall/${id}?takeover=off`);
    const drawn = (least: number): boolean =>
      document.querySelectorAll('[data-panel][data-state="fresh"]').length >= least;
    await wall.waitForFunction(drawn, Object.keys(panels).length - 2, { timeout: 90_000 });
    const hrefs = await countsOf(wall);
    await wall.close();
    const list = await browser.newPage({ locale: 'vi-VN' });
    const unlike: [href: string, by: number][] = [];
    for (const href of hrefs) {
      const by = await openFigure(list, product.url, href);
      const isThen = !NOW.includes(new URL(href, product.url).pathname);
      if (isThen && by !== 0 && by !== null) unlike.push([href, by]);
    }
    await list.close();
    expect(unlike).toEqual([]);
  });
});
