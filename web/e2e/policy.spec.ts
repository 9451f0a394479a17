import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage } from './browser.ts';

/** Every page of the app; the documentation of the API has a policy of its own. */
const PAGES = [
  ...['/', '/wall/toan-canh', '/desk', '/chases', '/chases/DD-260101-00000000/print', '/sources', '/index'],
  ...['/integrity', '/unit/H49', '/unit/H49.02', '/trail', '/nothing-of-ours'],
];
/** Charts, maps and lists draw a moment after their rows came. */
const DRAWN_MS = 2_500;

describe('the policy of what a page may do', () => {
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    product = await startProduct({ env: process.env, set: { SEED_HISTORY: '2000', SEED: '7' } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  it.each(PAGES)('has nothing inline, and %s lives with it', async (path) => {
    const policy = (await fetch(product.url + path, { headers: { accept: 'text/html' } })).headers;
    expect(policy.get('content-security-policy')).toMatch(/^default-src 'self';/);
    expect(policy.get('content-security-policy')).not.toContain('unsafe-');
    const { page, complaints, foreign } = await openPage(browser, product.url, path);
    await page.waitForTimeout(DRAWN_MS);
    for (const canvas of await page.locator('canvas, .map').all()) await canvas.hover({ force: true, timeout: 2_000 });
    await page.context().close();
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
  });
});
