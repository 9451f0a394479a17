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
/** How often a figure is looked at until its list is as long, and how long apart; a month is filled in when the product starts. */
const LOOKS = 8;
const AGAIN_MS = 10_000;
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

/** The links of a wall that are told a figure, some of each panel, by panel and place in it. */
async function countsOf(page: Page): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const panel of await page.locator('[data-panel]').all()) {
    const id = await panel.getAttribute('data-panel');
    const links = await panel
      .locator('a[href]')
      .evaluateAll((all) => all.flatMap((one) => one.getAttribute('href') ?? []));
    const told = links.filter((href) => figureIn(href) !== null).slice(0, OF_A_PANEL);
    for (const [index, href] of told.entries()) found.set(`${id ?? ''} ${index}`, href);
  }
  return found;
}

/** The figures of a wall, as it is now, that are unlike the lists which they open; of those in `only`. */
async function unlikeOf(list: Page, wall: Page, only: readonly string[] | undefined): Promise<Map<string, string>> {
  const unlike = new Map<string, string>();
  for (const [place, href] of await countsOf(wall)) {
    if (only && !only.includes(place)) continue;
    const by = await openFigure(list, product.url, href);
    const isThen = !NOW.includes(new URL(href, product.url).pathname);
    if (isThen && by !== 0 && by !== null) unlike.set(place, `${href} is unlike by ${by}`);
  }
  return unlike;
}

describe('every figure of a board', () => {
  it.each(boards)('opens the list that it counts: $id', { timeout: 400_000 }, async ({ id, panels }) => {
    const wall = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    const list = await browser.newPage({ locale: 'vi-VN' });
    const drawn = (least: number): boolean =>
      document.querySelectorAll('[data-panel][data-state="fresh"]').length >= least;
    // the province lives on, and a list knows what a figure has not counted yet: where the two differ, both are looked at again
    let unlike: Map<string, string> | undefined;
    for (let look = 0; look < LOOKS && unlike?.size !== 0; look += 1) {
      if (unlike) await wall.waitForTimeout(AGAIN_MS);
      await wall.goto(`${product.url}/wall/${id}?takeover=off`);
      await wall.waitForFunction(drawn, Object.keys(panels).length - 2, { timeout: 90_000 });
      unlike = await unlikeOf(list, wall, unlike && [...unlike.keys()]);
    }
    await wall.close();
    await list.close();
    expect([...(unlike ?? [])]).toEqual([]);
  });
});
