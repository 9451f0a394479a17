import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { postDossiers, postLink } from './feed.ts';

let product: Product;
let browser: Browser;
let wall: WatchedPage;
let dashboards: string;

beforeAll(async () => {
  dashboards = await mkdtemp(join(tmpdir(), 'toan-canh-dashboards-'));
  await cp(resolve(import.meta.dirname, '../../dashboards'), dashboards, { recursive: true });
  product = await startProduct({ env: process.env, set: { DEMO: '0', DASHBOARDS_DIR: dashboards } });
  browser = await openBrowser();
  wall = await openPage(browser, product.url, '/wall/toan-canh?takeover=off');
});

afterAll(async () => {
  await browser.close();
  await product.stop();
  await rm(dashboards, { recursive: true, force: true });
});

const received = () => panelState(wall.page, 'received');
/** How soon is measured by the bench; here it is only whether, on a machine that may be busy. */
const within = (ms: number) => ({ timeout: ms, interval: 100 });

/** How many dossiers have been sent so far: what the wall must say. */
let sent = 0;
const post = async (unit: string) => {
  sent += 1;
  await postDossiers(product, unit, [sent]);
};
const right = (state = 'fresh') => ({ state, value: String(sent) });

describe('the wall', () => {
  it('shows an empty province as absent, not as zero', async () => {
    await expect.poll(received, within(45_000)).toEqual({ state: expect.not.stringContaining('fresh'), value: '—' });
  });

  it('shows an event that was posted a moment ago', async () => {
    await post('H49.02');
    await expect.poll(received, within(45_000)).toEqual(right());
    await post('000.00.12.H49');
    await expect.poll(received, within(45_000)).toEqual(right());
    const ticker = wall.page.locator('[data-panel="latest"]');
    await expect.poll(() => ticker.textContent({ timeout: 1_000 }), within(45_000)).toContain('Vân Đồn');
  });

  it('does not count what is sent again', async () => {
    await post('H49.02');
    await expect.poll(received, within(45_000)).toEqual(right());
    await postDossiers(product, 'H49.02', [sent]);
    // what is sent after it and seen shows that it was looked at
    await postLink(product, 'link.up', 'H49.02');
    await postLink(product, 'link.down', 'H49.12');
    await expect.poll(() => panelState(wall.page, 'links'), within(45_000)).toEqual({ state: 'fresh', value: '1' });
    expect(await received()).toEqual(right());
  });

  it('redraws a panel whose file was saved, and only that one', async () => {
    const file = join(dashboards, 'boards/toan-canh.yaml');
    const text = await readFile(file, 'utf8');
    await wall.page.evaluate(() => {
      for (const panel of document.querySelectorAll('[data-panel]')) panel.setAttribute('data-seen', '1');
    });
    const seen = await wall.page.locator('[data-seen]').count();
    await writeFile(file, text.replace('vi: Tiếp nhận hôm nay', 'vi: Nhận trong ngày'));
    const began = Date.now();
    const title = wall.page.locator('[data-panel="received"]');
    await expect.poll(() => title.textContent(), { timeout: 15_000, interval: 20 }).toContain('Nhận trong ngày');
    expect(Date.now() - began).toBeLessThan(5_000);
    // the other panels are the very elements that they were
    expect(await wall.page.locator('[data-seen]').count()).toBeGreaterThanOrEqual(seen - 1);
    await expect.poll(received, within(45_000)).toEqual(right());
  });

  it('keeps the last good board when a file is broken, and says where', async () => {
    const file = join(dashboards, 'boards/toan-canh.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('kind: figure', 'kind: figgure'));
    const fault = wall.page.locator('.fault');
    await expect
      .poll(() => fault.getAttribute('title', { timeout: 5_000 }), within(30_000))
      .toContain('boards/toan-canh.yaml');
    expect(await received()).toEqual(right());
    await writeFile(file, text);
    await expect.poll(() => fault.count(), within(30_000)).toBe(0);
  });

  it('survives a reload', async () => {
    await wall.page.reload();
    await expect.poll(received, within(45_000)).toEqual(right());
  });

  it('marks its figures while the API is away, and heals with the right ones', async () => {
    const pid = await product.pidOf('api');
    if (pid === undefined) throw new Error('there is no api process');
    process.kill(pid, 'SIGSTOP');
    await expect.poll(received, within(45_000)).toEqual(right('stale'));
    process.kill(pid, 'SIGKILL');
    await post('H49.02');
    await expect.poll(received, within(100_000)).toEqual(right());
  });

  it('never shows a wrong figure while the database restarts', async () => {
    const pid = await product.pidOf('engine');
    if (pid === undefined) throw new Error('there is no engine process');
    process.kill(pid, 'SIGKILL');
    const figures = new Set<string | null>();
    const before = String(sent);
    const taken = postUntilTaken();
    const deadline = Date.now() + 100_000;
    while (Date.now() < deadline) {
      const { state, value } = await received();
      if (state === 'fresh') figures.add(value);
      if (value === String(sent)) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    await taken;
    await expect.poll(received, within(45_000)).toEqual(right());
    expect([...figures].filter((value) => value !== before && value !== String(sent))).toEqual([]);
  });

  it('shows boards in turn, by time and by keys, and stays where it is told to', async () => {
    const turn = await openPage(browser, product.url, '/wall/toan-canh?takeover=off&rota=toan-canh,mang&every=10');
    const shown = () => new URL(turn.page.url()).pathname;
    const place = turn.page.locator('[data-rota]');
    await expect.poll(() => place.textContent({ timeout: 1_000 }), within(45_000)).toContain('1/2');
    await expect.poll(shown, within(45_000)).toBe('/wall/mang');
    await turn.page.keyboard.press(' ');
    await turn.page.keyboard.press('ArrowLeft');
    await expect.poll(shown, within(10_000)).toBe('/wall/toan-canh');
    expect(await place.getAttribute('data-paused')).toBe('true');
    await turn.page.waitForTimeout(11_000);
    expect(shown()).toBe('/wall/toan-canh');
    expect(turn.complaints).toEqual([]);
    await turn.page.context().close();
  });

  it('complained of nothing and asked no other origin', () => {
    expect(wall.complaints).toEqual([]);
    expect(wall.foreign).toEqual([]);
  });
});

/** Sends until it is acknowledged, as a source does while the store is away. */
async function postUntilTaken(): Promise<void> {
  sent += 1;
  const deadline = Date.now() + 100_000;
  for (;;) {
    try {
      await postDossiers(product, 'H49.02', [sent]);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}
