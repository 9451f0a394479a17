import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { ShotView } from './views.ts';

/** Narrower than this, a page is scrolled, so the picture shows all of it. */
const PHONE_WIDTH = 600;
const LOAD_MS = 60_000;
/** Charts and maps draw themselves in after their rows came. */
const DRAW_MS = 1_200;

/** Takes one picture in a page of its own; returns what the page complained about. */
export async function takeShot(browser: Browser, url: string, view: ShotView, folder: string): Promise<string[]> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    reducedMotion: 'reduce',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(new URL(view.address, url).href, { waitUntil: 'load', timeout: LOAD_MS });
    if (!(await settle(page, view.shows))) complaints.push(`no ${view.shows} within ${LOAD_MS / 1000} s`);
    await page.screenshot({
      path: join(folder, view.file),
      fullPage: view.width < PHONE_WIDTH,
      animations: 'disabled',
      timeout: LOAD_MS,
    });
    return complaints;
  } finally {
    await context.close();
  }
}

/** Waits until fonts and rows are there and no panel is loading any more; false when that takes too long. */
async function settle(page: Page, shows: string): Promise<boolean> {
  await page.evaluate('document.fonts.ready.then(() => true)');
  const loading = page.locator('[data-state="loading"]');
  const deadline = Date.now() + LOAD_MS;
  while ((await page.locator(shows).count()) === 0 || (await loading.count()) > 0) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  await sleep(DRAW_MS);
  return true;
}
