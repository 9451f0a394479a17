import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage } from './browser.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { CLOCK_START: '2026-11-18T09:41:27+07:00', SEED: '1' } });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** Texts of the wall that are cut, and panels that stick out of the screen. */
function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('.wall *')) {
      const style = getComputedStyle(element);
      if (style.overflow !== 'hidden' || element.closest('[data-panel="latest"]')) continue;
      const text = element.textContent.trim();
      if (text !== '' && element.children.length === 0 && element.scrollWidth > element.clientWidth + 1)
        found.push(`cut: ${text}`);
    }
    for (const panel of document.querySelectorAll('[data-panel]')) {
      const box = panel.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
        found.push(`outside: ${panel.getAttribute('data-panel')}`);
    }
    return found;
  });
}

/** The smallest text on the wall, in CSS pixels. */
function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const sizes = [...document.querySelectorAll<HTMLElement>('.wall *')]
      .filter((element) => element.children.length === 0 && element.textContent.trim() !== '')
      .map((element) => parseFloat(getComputedStyle(element).fontSize));
    return Math.min(...sizes);
  });
}

describe('the look of the wall', () => {
  it.each([
    { width: 1920, height: 1080, theme: 'dark', lang: 'vi' },
    { width: 1920, height: 1080, theme: 'light', lang: 'en' },
    { width: 3840, height: 2160, theme: 'light', lang: 'vi' },
    { width: 5120, height: 1440, theme: 'dark', lang: 'vi' },
  ])('cuts nothing and writes large at $width × $height, $theme, $lang', async ({ width, height, theme, lang }) => {
    const { page, complaints, foreign } = await openPage(
      browser,
      product.url,
      `/wall/toan-canh?theme=${theme}&lang=${lang}`,
    );
    await page.setViewportSize({ width, height });
    await page.waitForSelector('[data-panel="received"][data-state="fresh"]', { timeout: 30_000 });
    await page.waitForTimeout(1_000);
    expect(await findCut(page)).toEqual([]);
    expect(await smallestText(page)).toBeGreaterThanOrEqual((24 * height) / 1080 - 0.5);
    expect(await page.locator('[data-panel][data-state="error"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await page.context().close();
  });

  it.each(['/', '/wall/toan-canh', '/desk', '/unit/H49.02'])(
    'has no serious accessibility fault on %s',
    async (path) => {
      const { page, complaints } = await openPage(browser, product.url, path);
      await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
      await page.waitForTimeout(1_000);
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      await page.evaluate(axe);
      const faults: string[] = await page.evaluate(
        `axe.run().then((found) => found.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')))`,
      );
      expect(faults).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
