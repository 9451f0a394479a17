import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

let product: Product;
let browser: Browser;
let index: WatchedPage;

const within = (ms: number) => ({ timeout: ms, interval: 200 });
const text = async (selector: string): Promise<string | undefined> =>
  (await index.page.locator(selector).first().textContent({ timeout: 5_000 }))?.trim();

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { DEMO: '0' } });
  browser = await openBrowser();
  await postDossiers(product, 'H49.12', [1, 2, 3], { accepted: -20, due: -4 });
  await postDossiers(product, 'H49.02', [4, 5, 6, 7, 8, 9, 10]);
  index = await openPage(browser, product.url, '/index');
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('the index of decision 766', () => {
  it('is live from the feed, and says what is missing', async () => {
    await expect.poll(() => text('[data-score]'), within(60_000)).toBe('14,00');
    expect(await text('[data-part="2.1"] .points')).toBe('14,00 / 20');
    expect(await text('[data-part="1.1"] .source')).toBe('chưa có số liệu');
  });

  it('takes a figure by hand, by keyboard alone, through the log', async () => {
    const { page } = index;
    await page.locator('[data-part="1.1"] summary').focus();
    await page.keyboard.press('Enter');
    for (const typed of ['3', '4', 'Sổ công bố']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(typed);
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => text('[data-score]'), within(60_000)).toBe('17,00');
    expect(await text('[data-part="1.1"] .source')).toBe('nhập tay');
    expect(await text('[data-part="1.1"] .by')).toMatch(/^Khách nhập tay lúc .+ Sổ công bố$/);
  });

  it('takes it back, and it is missing again, not 0', async () => {
    await index.page.getByRole('button', { name: 'Xóa số đã nhập' }).click();
    await expect.poll(() => text('[data-score]'), within(60_000)).toBe('14,00');
    expect(await text('[data-part="1.1"] .points')).toBe('— / 4');
  });

  it('opens the list of what costs points, which is as long as it says', async () => {
    const { page } = index;
    const row = page.locator('[data-fix="H49.12"] [data-state="open_overdue"] a');
    expect((await row.textContent())?.replaceAll(/\s/g, '')).toBe('3+6,00');
    await row.click();
    await expect
      .poll(async () => (await page.locator('[data-count]').textContent({ timeout: 5_000 }))?.trim(), within(60_000))
      .toBe('3');
    expect([index.complaints, index.foreign]).toEqual([[], []]);
  });
});
