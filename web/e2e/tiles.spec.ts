import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startProduct, type Product } from '../../docker/product.ts';
import { BoardSchema } from '../../dashboards/schema/board.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { fillEveryPanel, moveEveryPanel } from './every-panel.ts';
import { digits, figureIn, openFigure, readList } from './opened-list.ts';

const BOARD = join(import.meta.dirname, '../../dashboards/boards/toan-canh.yaml');
const board = BoardSchema.parse(parse(await readFile(BOARD, 'utf8')));
const panels = Object.keys(board.panels);

/** The metric of a panel. */
function metricOf(id: string): string {
  const panel = board.panels[id];
  return panel && 'metric' in panel ? panel.metric : '';
}

/** What the feed brings while a figure is counted, or until the list of the present is asked for: no more may be between the two. */
const UNDER_WAY = 20;

let product: Product;
let browser: Browser;
let wall: WatchedPage;

const within = (ms: number) => ({ timeout: ms, interval: 250 });

/** Waits until every panel has fresh figures. */
async function allFresh(page: Page): Promise<void> {
  const isFresh = (ids: readonly string[]): boolean =>
    ids.every((id) => document.querySelector(`[data-panel="${id}"]`)?.getAttribute('data-state') === 'fresh');
  await page.waitForFunction(isFresh, panels, { timeout: 90_000 });
}

/** All that can be clicked in a panel, as it is now. */
async function linksOf(page: Page, panel: string): Promise<string[]> {
  const links = page.locator(`[data-panel="${panel}"] a[href]`);
  return links.evaluateAll((found) => found.flatMap((one) => one.getAttribute('href') ?? []));
}

/** Opens every link of every panel, or those only that are told a figure; gives those of lists that are not as long as it. */
async function openAll(
  context: BrowserContext,
  which: 'all' | 'counts',
): Promise<{ opened: number; unlike: [href: string, by: number][] }> {
  const page = await context.newPage();
  const unlike: [string, number][] = [];
  let opened = 0;
  for (const panel of panels)
    for (const [index, first] of (await linksOf(wall.page, panel)).entries()) {
      // the newest: a figure that has moved since leads to another list
      const href = (await linksOf(wall.page, panel))[index] ?? first;
      if (which === 'counts' && figureIn(href) === null) continue;
      const difference = await openFigure(page, product.url, href);
      if (difference !== null) opened += 1;
      if (difference !== null && difference !== 0) unlike.push([`${panel} ${href}`, difference]);
    }
  await page.close();
  return { opened, unlike };
}

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { DEMO: '0' } });
  browser = await openBrowser();
  await fillEveryPanel(product);
  wall = await openPage(browser, product.url, '/wall/toan-canh?takeover=off');
  await allFresh(wall.page);
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('every number of the board', () => {
  it.each(panels)('of the panel %s leads somewhere', async (panel) => {
    await expect.poll(async () => (await linksOf(wall.page, panel)).length, within(30_000)).toBeGreaterThan(0);
    for (const href of await linksOf(wall.page, panel)) expect(href).not.toMatch(/[{}]|undefined|null/);
  });

  it('is the figure that its link is told', async () => {
    for (const panel of panels.filter((id) => board.panels[id]?.kind === 'figure')) {
      const { value } = await panelState(wall.page, panel);
      const [href = ''] = await linksOf(wall.page, panel);
      // a share counts nothing
      if (value?.includes(',') || metricOf(panel).endsWith('-share')) expect(figureIn(href)).toBeNull();
      else expect(Number(figureIn(href)), panel).toBe(digits(value));
    }
    for (const legend of await wall.page.locator('[data-panel="threats-hourly"] [data-series] a').all())
      expect(Number(figureIn((await legend.getAttribute('href')) ?? ''))).toBe(digits(await legend.textContent()));
  });

  it('opens a list that is as long, or that says by how much it is not, while events keep coming in', async () => {
    const over = new AbortController();
    const feeding = (async () => {
      while (!over.signal.aborted) await moveEveryPanel(product);
    })();
    try {
      const { opened, unlike } = await openAll(wall.page.context(), 'counts');
      expect(opened).toBeGreaterThan(15);
      for (const [href, by] of unlike) expect(Math.abs(by), href).toBeLessThanOrEqual(UNDER_WAY);
      // a dossier's list is that of the very instant: most figures find all of theirs
      expect(unlike.length).toBeLessThan(opened / 2);
    } finally {
      over.abort();
      await feeding;
    }
  }, 400_000);

  it('opens a list that is exactly as long once nothing is under way', async () => {
    // figures of days and hours follow at a pace of their own
    await wall.page.waitForTimeout(8_000);
    await wall.page.reload();
    await allFresh(wall.page);
    const { opened, unlike } = await openAll(wall.page.context(), 'all');
    expect(unlike).toEqual([]);
    expect(opened).toBeGreaterThan(15);
  }, 400_000);

  it('that is a share is that of the list which it opens', async () => {
    const page = await wall.page.context().newPage();
    const { value } = await panelState(wall.page, 'on-time');
    const [href = ''] = await linksOf(wall.page, 'on-time');
    await page.goto(product.url + href);
    const of = async (state: string): Promise<number> =>
      digits(await page.locator(`[data-state="${state}"] b`).textContent({ timeout: 30_000 }));
    await expect.poll(() => of('finished'), within(30_000)).toBeGreaterThan(0);
    const ended = (await of('finished')) + (await of('withdrawn'));
    const share = (100 * (ended - (await of('finished_late')))) / ended;
    expect(Number(value?.replace(',', '.'))).toBeCloseTo(share, 0);
    await page.close();
  });

  it('is opened by a click where it stands, the parts of a tile apart from the whole', async () => {
    const { page } = wall;
    for (const target of ['.open', '[data-opens="of"]', '[data-opens="note"]']) {
      const link = page.locator(`[data-panel="overdue"] ${target}`);
      const told = Number(figureIn((await link.getAttribute('href')) ?? ''));
      await link.click();
      expect(await readList(page)).toMatchObject({ figure: told, count: told, difference: 0 });
      await page.goBack();
      await expect.poll(() => panelState(page, 'overdue').then(({ state }) => state), within(60_000)).toBe('fresh');
    }
  });

  it('complained of nothing and asked no other origin', () => {
    expect(wall.complaints).toEqual([]);
    expect(wall.foreign).toEqual([]);
  });
});
