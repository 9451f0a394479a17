import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../../docker/chromium.ts';

/** A page under watch: what it complained of, and which other origins it asked. Both must stay empty. */
export interface WatchedPage {
  page: Page;
  complaints: string[];
  foreign: string[];
}

/** Starts the system's Chromium. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findChromium(process.env.CHROMIUM_PATH, (line) => process.stderr.write(`${line}\n`));
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

/**
 * Opens a page of the product, at the size of a wall unless `more` says otherwise.
 * Failed requests to the product itself are no complaint: tests end its processes on purpose.
 */
export async function openPage(
  browser: Browser,
  url: string,
  path: string,
  more: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN', ...more });
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    if (/WebSocket connection to|Failed to load resource/.test(message.text())) return;
    complaints.push(message.text());
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (['data:', 'blob:'].includes(asked.protocol)) return;
    if (asked.host !== new URL(url).host) foreign.push(request.url());
  });
  await page.goto(url + path);
  return { page, complaints, foreign };
}

/** The state of a panel as drawn: `fresh`, `stale` …, and its figure where it has one. */
export async function panelState(page: Page, id: string): Promise<{ state: string | null; value: string | null }> {
  const panel = page.locator(`[data-panel="${id}"]`);
  const value = panel.locator('[data-value]').first();
  return {
    state: (await panel.count()) === 0 ? null : await panel.getAttribute('data-state'),
    value: (await value.count()) === 0 ? null : ((await value.textContent())?.trim() ?? null),
  };
}
