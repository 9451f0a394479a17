import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

const PASSWORD = 'mat-khau-quan-tri';
/** Where pictures of each step are put, for people to look at; none when not set. */
const PICTURES = process.env.SCREEN_PICTURES;

let product: Product;
let browser: Browser;
let wall: WatchedPage;
let admin: WatchedPage;

const within = (ms: number) => ({ timeout: ms, interval: 100 });
const picture = async (page: Page, name: string): Promise<void> => {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` });
};
const textOf = (page: Page, selector: string) => page.locator(selector).first().textContent({ timeout: 1_000 });
const panels = () => wall.page.locator('[data-panel]').count();
const code = async () => (await textOf(wall.page, '[data-code]'))?.replaceAll(/\s/g, '');

/** Confirms the code that the wall shows, on the fleet page. */
async function confirm(name: string): Promise<void> {
  await expect.poll(code, within(30_000)).toMatch(/^[A-Z0-9]{6}$/);
  await admin.page.fill('[name=code]', (await code()) ?? '');
  await admin.page.fill('[name=shown]', name);
  await admin.page.click('.confirm button');
}

beforeAll(async () => {
  if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
  const set = { DEMO: '0', VISITORS: 'none', ADMIN_PASSWORD: PASSWORD };
  product = await startProduct({ env: process.env, set });
  await postDossiers(product, 'H49.02', [1, 2, 3]);
  browser = await openBrowser();
  wall = await openPage(browser, product.url, '/wall/toan-canh?takeover=off');
  admin = await openPage(browser, product.url, '/screens');
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('a screen on a wall', () => {
  it('shows a code, and its board once an administrator has confirmed it', async () => {
    await expect.poll(code, within(30_000)).toMatch(/^[A-Z0-9]{6}$/);
    await picture(wall.page, '1-code');
    // whoever is nobody is asked to log in, and led to where they wanted to go
    await admin.page.waitForSelector('[data-login]');
    await admin.page.fill('[name=name]', 'admin');
    await admin.page.fill('[name=password]', PASSWORD);
    await admin.page.click('[data-login] button');
    await admin.page.waitForSelector('[name=code]');
    expect(new URL(admin.page.url()).pathname).toBe('/screens');
    await picture(admin.page, '2-fleet-empty');
    await confirm('Sảnh tầng 1');
    await expect.poll(panels, within(30_000)).toBeGreaterThan(5);
    await expect.poll(() => textOf(admin.page, '.screen .state'), within(30_000)).toContain('đang chạy');
    await picture(admin.page, '3-fleet');
  });

  it('shows a message', async () => {
    await admin.page.click('.more');
    await admin.page.fill('[name=message]', 'Họp giao ban lúc 14 giờ tại phòng 201');
    await admin.page.click('.actions form:nth-of-type(2) button');
    await expect.poll(() => textOf(wall.page, '.notice'), within(15_000)).toContain('Họp giao ban');
    await picture(wall.page, '4-message');
    await picture(admin.page, '5-fleet-actions');
  });

  it('keeps its picture and says how old it is while the API is away, even when it is loaded anew, and comes back', async () => {
    const isKept = () => wall.page.evaluate(() => localStorage.getItem('toan-canh.picture') !== null);
    await expect.poll(isKept, within(20_000)).toBe(true);
    const hasShell = () => wall.page.evaluate(async () => (await (await caches.open('toan-canh-shell')).keys()).length);
    await expect.poll(hasShell, within(20_000)).toBeGreaterThan(3);
    const pid = await product.pidOf('api');
    if (pid === undefined) throw new Error('there is no api process');
    process.kill(pid, 'SIGSTOP');
    await wall.page.reload({ waitUntil: 'commit' });
    await expect.poll(panels, within(30_000)).toBeGreaterThan(5);
    await expect.poll(() => textOf(wall.page, '.health'), within(30_000)).toContain('mất kết nối');
    await picture(wall.page, '6-api-away');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => textOf(wall.page, '.health'), within(60_000)).toContain('nguồn');
    expect(await wall.page.locator('[data-code]').count()).toBe(0);
  });

  it('greys its picture and says why when it is revoked, loaded anew or not, and asks to be confirmed again', async () => {
    await expect.poll(() => admin.page.locator('.more').count(), within(30_000)).toBe(1);
    if ((await admin.page.locator('[data-revoke]').count()) === 0) await admin.page.click('.more');
    await admin.page.click('[data-revoke]');
    await admin.page.click('[data-revoke]');
    const why = () => textOf(wall.page, '.notice.trouble');
    await expect.poll(why, within(15_000)).toContain('thu hồi');
    expect(await wall.page.locator('.grid.grey').count()).toBe(1);
    await wall.page.reload();
    await expect.poll(why, within(15_000)).toContain('thu hồi');
    expect(await panels()).toBeGreaterThan(5);
    await picture(wall.page, '7-revoked');
    await confirm('Sảnh tầng 1');
    await expect.poll(() => wall.page.locator('.grid:not(.grey)').count(), within(15_000)).toBe(1);
  });

  it('never showed a login, complained of nothing and asked no other origin', async () => {
    expect(await wall.page.locator('input').count()).toBe(0);
    // who is somebody and wants this browser to be a screen is given a code too
    await admin.page.goto(`${product.url}/screen`);
    await admin.page.waitForSelector('[data-code]', { timeout: 20_000 });
    if (PICTURES !== undefined) {
      const other = await openPage(browser, product.url, '/screen?lang=en&theme=light');
      await other.page.waitForSelector('[data-code]');
      await picture(other.page, '8-code-en-light');
      await admin.page.goto(`${product.url}/screens?lang=en&theme=dark`);
      await admin.page.click('.more');
      await picture(admin.page, '9-fleet-en-dark');
      await wall.page.goto(`${product.url}/wall/toan-canh?lang=en&theme=light`);
      await wall.page.waitForSelector('[data-panel]');
      await picture(wall.page, '10-wall-en-light');
    }
    expect([...wall.complaints, ...admin.complaints]).toEqual([]);
    expect([...wall.foreign, ...admin.foreign]).toEqual([]);
  });
});
