import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

let product: Product;
let browser: Browser;
let wall: WatchedPage;

const within = (ms: number) => ({ timeout: ms, interval: 200 });
/** What the wall says was finished late. */
const late = async () => {
  const text = wall.page.locator('[data-panel="outcomes"] [data-series="finished_late"] strong');
  return (await text.count()) === 0 ? null : text.textContent({ timeout: 1_000 });
};
const title = () => wall.page.locator('[data-panel="outcomes"] h2').textContent({ timeout: 1_000 });
/** What the heading says is chosen. */
const chosen = () => wall.page.locator('[data-choices] .parts > span').allTextContents();
const said = () => Object.fromEntries(new URL(wall.page.url()).searchParams);
const choose = async (variable: string, value: string): Promise<void> => {
  const { page } = wall;
  const sheet = page.locator('[data-choices][aria-expanded="true"]');
  if ((await sheet.count()) === 0) await page.locator('[data-choices]').press('Enter');
  await page.locator(`[data-variable="${variable}"] input[value="${value}"]`).press('Space');
};

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { DEMO: '0' } });
  browser = await openBrowser();
  await postDossiers(product, 'H49.12', [1, 2, 3], { accepted: -25, due: -22, finished: -20 });
  await postDossiers(product, 'H49.12', [4, 5], { accepted: -9, due: 1, finished: -2 });
  await postDossiers(product, 'H49.02', [6], { accepted: -9, due: -4, finished: -2 });
  wall = await openPage(browser, product.url, '/wall/ho-so?takeover=off');
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('what is chosen of a wall', () => {
  it('is its default at first', async () => {
    await expect.poll(late, within(60_000)).toBe('4');
    expect(await title()).toBe('Xong, 30 ngày');
    expect(await chosen()).toEqual(['30 ngày', 'Thống kê tỉnh', 'tuần trước']);
  });

  it('changes figures and titles, and stands in the address', async () => {
    await choose('period', '7');
    await expect.poll(late, within(30_000)).toBe('1');
    expect(await title()).toBe('Xong, 7 ngày');
    expect(said()).toEqual({ takeover: 'off', period: '7' });
    await expect.poll(async () => (await panelState(wall.page, 'in-time')).value, within(30_000)).toBe('66,7');
  });

  it('is taken back by the browser’s own button', async () => {
    await wall.page.goBack();
    await expect.poll(late, within(30_000)).toBe('4');
    expect(said()).toEqual({ takeover: 'off' });
    await wall.page.goForward();
    await expect.poll(late, within(30_000)).toBe('1');
  });

  it('is kept when the page is loaded again', async () => {
    await wall.page.reload();
    await expect.poll(late, within(60_000)).toBe('1');
    expect(await chosen()).toEqual(['7 ngày', 'Thống kê tỉnh', 'tuần trước']);
  });

  it('is carried to the list that a figure opens, which is as long', async () => {
    await choose('rules', '766');
    const link = wall.page.locator('[data-panel="outcomes"] [data-series="finished_late"] a');
    await expect.poll(() => link.getAttribute('href', { timeout: 1_000 }), within(30_000)).toContain('rule=766');
    const list = await wall.page.context().newPage();
    await list.goto(product.url + ((await link.getAttribute('href')) ?? ''));
    const note = list.locator('[data-figure][data-difference]');
    await note.waitFor({ timeout: 30_000 });
    expect(await note.getAttribute('data-figure-value')).toBe('1');
    expect(await note.getAttribute('data-difference')).toBe('0');
    await list.close();
  });

  it('may be a unit of one’s own scope', async () => {
    await wall.page.locator('.sheet select').selectOption('H49.12');
    await expect.poll(late, within(30_000)).toBe('0');
    expect(said()).toMatchObject({ unit: 'H49.12', period: '7', rules: '766' });
    await expect.poll(() => wall.page.locator('[data-choices]').textContent(), within(10_000)).toContain('Vân Đồn');
    await wall.page.keyboard.press('Escape');
    expect(await wall.page.locator('.sheet').count()).toBe(0);
  });

  it('is the default where an old address says what is no choice, and that is said once', async () => {
    await wall.page.goto(`${product.url}/wall/ho-so?takeover=off&period=45`);
    await expect.poll(late, within(60_000)).toBe('4');
    expect(await wall.page.locator('.notice').textContent()).toBe('“45” không có trong Kỳ; đang xem 30 ngày.');
    expect(said()).toEqual({ takeover: 'off' });
  });

  it('breaks nothing', () => expect([wall.complaints, wall.foreign]).toEqual([[], []]));
});
