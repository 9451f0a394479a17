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
    await settle(page);
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

/** Waits until fonts are there and no panel is loading any more. */
async function settle(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => true)');
  const panels = page.locator('[data-state]');
  const loading = page.locator('[data-state="loading"]');
  const deadline = Date.now() + LOAD_MS;
  // a page without panels is given a moment to show that it has none
  for (let calm = 0; calm < 5 && Date.now() < deadline; await sleep(100)) {
    const isCalm = (await loading.count()) === 0 && ((await panels.count()) > 0 || calm > 0 || (await isQuiet(page)));
    calm = isCalm ? calm + 1 : 0;
  }
  await sleep(DRAW_MS);
}

/** Whether the page has asked for nothing for half a second. */
async function isQuiet(page: Page): Promise<boolean> {
  return page.waitForLoadState('networkidle', { timeout: 3_000 }).then(
    () => true,
    () => true,
  );
}
