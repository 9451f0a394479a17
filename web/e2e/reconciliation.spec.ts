import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

let product: Product;
let browser: Browser;
let opened: WatchedPage;

const within = (ms: number) => ({ timeout: ms, interval: 200 });
/** The cells of a line: result, unit, rule, stated, held against, difference. */
const cells = async (line: string): Promise<string[]> => {
  const texts = await opened.page.locator(`[data-line="${line}"] tr:first-child > *`).allTextContents();
  return texts.slice(0, 6).map((text) => text.trim());
};

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { DEMO: '0' } });
  browser = await openBrowser();
  opened = await openPage(browser, product.url, '/reconciliation?period=2019-H1');
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('reconciliation', () => {
  it('finds that the parts of a report are 10.000 short, entered by keyboard alone', async () => {
    const { page } = opened;
    await page.locator('select[data-rule]').selectOption('online-by-level', { timeout: 30_000 });
    for (const [metric, typed] of [
      ['dossiers.online', '44.800'],
      ['dossiers.online_department', '4.862'],
      ['dossiers.online_district', '13.213'],
      ['dossiers.online_commune', '16725'],
    ] as const) {
      const figure = page.locator(`section [data-figure="${metric}"]`);
      await figure.locator('button').press('Enter');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await expect.poll(() => figure.locator('b').textContent({ timeout: 5_000 }), within(30_000)).not.toBe('—');
    }
    await expect
      .poll(() => cells('online-by-level H49'), within(30_000))
      .toEqual(['≠ Chênh lệch', 'Quảng Ninh', 'Hồ sơ trực tuyến theo cấp', '44.800', '34.800', '+10.000']);
  });

  it('counts what a unit states against the feed, and opens the list, which is as long', async () => {
    const { page } = opened;
    await postDossiers(product, 'H49.12', [1, 2, 3]);
    const [year = '', month = ''] = new Date(Date.now() + 7 * 3_600_000).toISOString().split('-');
    await fetch(`${product.url}/api/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ unit: 'H49.12', period: `${year}-${month}` },
        figures: [{ metric: 'dossiers.received', value: 5 }],
      }),
    });
    await page.goto(`${product.url}/reconciliation?only=differs`);
    await expect
      .poll(async () => (await cells('received-ours H49.12')).slice(3), within(60_000))
      .toEqual(['5', '3', '+2']);
    await page.locator('[data-line="received-ours H49.12"] .list').click();
    await expect
      .poll(async () => (await page.locator('[data-count]').textContent({ timeout: 5_000 }))?.trim(), within(60_000))
      .toBe('3');
    expect([opened.complaints, opened.foreign]).toEqual([[], []]);
  });
});
