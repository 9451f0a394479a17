import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startProduct, type Part, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import { postDossiers, postEvents } from './feed.ts';

/** A ring of Vân Đồn, cut and mended, while each process is killed in turn: one alert, whose people and notes are all there at the end. */
const UNITS = ['H49.12', ...Array.from({ length: 9 }, (_, index) => `H49.12.0${index + 1}`)];
const PAGE = '/alerts?domain=network';
const DetailSchema = z.object({ state: z.string(), events: z.array(z.object({ type: z.string() })) });

let product: Product;
let browser: Browser;
let inbox: WatchedPage;
let dashboards: string;
let alert = '';

const within = (ms: number) => ({ timeout: ms, interval: 250 });
const rows = () => inbox.page.locator('.list [data-alert]');
const human = () => rows().first().getAttribute('data-human', { timeout: 5_000 });
const links = (type: 'link.up' | 'link.down') =>
  postEvents(
    product,
    UNITS.map((unit) => ({
      ...{ type, unit, subject: `tslcd-${unit}` },
      data: { from_unit: 'H49', ring: 'vong-van-don' },
    })),
  );

/** Kills a process of the product as a machine would, and waits until the product has another in its place. */
async function kill(part: Part): Promise<void> {
  const pid = await product.pidOf(part);
  if (pid === undefined) throw new Error(`there is no ${part}`);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => product.pidOf(part), within(30_000)).not.toBe(pid);
  const isServed = () =>
    fetch(`${product.url}/api/alerts`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isServed, within(60_000)).toBe(200);
}

/** Does an act in a dialog; what a process that is coming back refused is sent once more. */
async function say(page: Page, key: string, field: string, text: string): Promise<void> {
  await page.keyboard.press(key);
  await page.fill(`dialog[open] [name=${field}]`, text);
  await page.click('dialog[open] button[type=submit]');
}

beforeAll(async () => {
  dashboards = await mkdtemp(join(tmpdir(), 'toan-canh-dashboards-'));
  await cp(resolve(import.meta.dirname, '../../dashboards'), dashboards, { recursive: true });
  const file = join(dashboards, 'alerts/ring-down.yaml');
  // a drill does not wait two minutes for an end
  await writeFile(file, (await readFile(file, 'utf8')).replace('keep_firing_for: 2m', 'keep_firing_for: 5s'));
  product = await startProduct({ env: process.env, set: { DEMO: '0', DASHBOARDS_DIR: dashboards } });
  browser = await openBrowser();
  await postDossiers(product, 'H49.12', [1, 2, 3]);
  await links('link.up');
  inbox = await openPage(browser, product.url, PAGE, { viewport: { width: 1366, height: 768 } });
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await rm(dashboards, { recursive: true, force: true });
});

it('is one alert of the ring, not one of each link, though the API is killed before it fires', async () => {
  await links('link.down');
  await kill('api');
  await expect.poll(() => rows().count(), within(60_000)).toBe(1);
  alert = (await rows().first().getAttribute('data-alert')) ?? '';
  expect(await rows().first().textContent()).toContain('Vòng truyền dẫn');
  expect(await human()).toBe('unseen');
});

it('is acknowledged, given to somebody and remarked upon, each after another process was killed', async () => {
  const { page } = inbox;
  await kill('ingest');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator(`[data-detail="${alert}"] dl`).waitFor();
  await page.keyboard.press('n');
  await expect.poll(human, within(60_000)).toBe('acknowledged');
  await kill('engine');
  await say(page, 'g', 'assignee', 'Trực ca 2');
  await expect.poll(human, within(60_000)).toBe('assigned');
  await kill('collector');
  await say(page, 'b', 'note', 'Đã gọi nhà mạng');
  const comment = page.locator('[data-detail] [data-event="commented"]');
  await expect.poll(() => comment.textContent({ timeout: 5_000 }), within(60_000)).toContain('Đã gọi nhà mạng');
});

it('is over when the links are back, and everything of it is there once', async () => {
  await links('link.up');
  const detail = async () => DetailSchema.parse(await (await fetch(`${product.url}/api/alerts/${alert}`)).json());
  await expect.poll(async () => (await detail()).state, within(60_000)).toBe('resolved');
  const types = (await detail()).events.map(({ type }) => type);
  for (const type of ['pending', 'firing', 'acknowledged', 'assigned', 'commented', 'resolved'])
    expect(
      types.filter((one) => one === type),
      type,
    ).toHaveLength(1);
  await inbox.page.goto(`${product.url}/alerts/handover`);
  await expect
    .poll(() => inbox.page.locator(`.sheet [data-alert="${alert}"]`).textContent({ timeout: 5_000 }), within(30_000))
    .toContain('Trực ca 2');
});
