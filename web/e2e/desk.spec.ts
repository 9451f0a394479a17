import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

/** Late by four days under either rule set. */
const LATE = { accepted: -20, due: -4 };

let product: Product;
let browser: Browser;
let desk: WatchedPage;
let next = 1;

const within = (ms: number) => ({ timeout: ms, interval: 200 });
const numbers = (count: number): number[] => Array.from({ length: count }, () => next++);
const count = async (): Promise<string | undefined> =>
  (await desk.page.locator('[data-count]').textContent({ timeout: 5_000 }))?.trim();
const facet = (by: string, key: string) => desk.page.locator(`[data-facet="${by}"] [data-key="${key}"]`);

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { DEMO: '0' } });
  browser = await openBrowser();
  await postDossiers(product, 'H49.12', numbers(15), LATE);
  await postDossiers(product, 'H49.02', numbers(10), LATE);
  // what happened days ago is no sign that the source still sends
  await postDossiers(product, 'H49.02', numbers(1));
  desk = await openPage(browser, product.url, '/wall/toan-canh?takeover=off', {
    viewport: { width: 1366, height: 768 },
  });
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('the desk', () => {
  it('opens the list that a figure of the wall counted, while events keep coming in', async () => {
    const { page } = desk;
    await expect.poll(() => panelState(page, 'overdue'), within(60_000)).toEqual({ state: 'fresh', value: '25' });
    const over = new AbortController();
    const feed = (async () => {
      while (!over.signal.aborted) await postDossiers(product, 'H49.12', numbers(3));
    })();
    try {
      await page.locator('[data-panel="overdue"] a').first().click();
      await expect.poll(count, within(60_000)).toBe('25');
      // the counts beside the list are another question, which may be answered after it
      const state = page.locator('[data-state="open_overdue"] b');
      await expect.poll(() => state.textContent(), within(30_000)).toBe('25');
    } finally {
      over.abort();
      await feed;
    }
  });

  it('opens what was received today as long as the wall says it is', async () => {
    const { page } = desk;
    const received = String(next - 1 - 25);
    await page.goBack();
    await expect.poll(() => panelState(page, 'received'), within(60_000)).toEqual({ state: 'fresh', value: received });
    await page.locator('[data-panel="received"] a').first().click();
    await expect.poll(count, within(60_000)).toBe(received);
    expect(page.url()).toContain('accepted_from=');
    await page.locator('[data-chip="accepted"] a').click();
    await expect.poll(count, within(60_000)).toBe(String(next - 1));
    await page.locator('.states [data-state="open_overdue"]').click();
    await expect.poll(count, within(60_000)).toBe('25');
  });

  it('makes every count of a facet lead to as long a list', async () => {
    await expect.poll(() => facet('unit', 'H49.12').locator('b').textContent(), within(30_000)).toBe('15');
    await facet('unit', 'H49.12').click();
    await expect.poll(count, within(30_000)).toBe('15');
    expect(await desk.page.locator('[data-dossier]').count()).toBe(15);
    await facet('age', 'late_4_7d').click();
    await expect.poll(() => desk.page.url(), within(10_000)).toContain('age=late_4_7d');
    await expect.poll(count, within(30_000)).toBe('15');
  });

  it('takes in what comes later without being asked, once it is no longer the list of a figure', async () => {
    await desk.page.locator('.banner a').click();
    await postDossiers(product, 'H49.12', numbers(2), LATE);
    await expect.poll(count, within(60_000)).toBe('17');
    await expect.poll(() => facet('age', 'late_4_7d').locator('b').textContent(), within(30_000)).toBe('17');
  });

  it('opens a dossier by keys, with both judgements and its timeline', async () => {
    const { page } = desk;
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.locator('aside');
    await expect.poll(() => panel.locator('[data-rule]').count(), within(30_000)).toBe(2);
    expect(await panel.locator('[data-rule="766"]').getAttribute('data-mood')).toBe('late');
    expect(await panel.locator('[data-kind="event"]').count()).toBeGreaterThan(0);
    expect(page.url()).toContain('dossier=H49.12-');
    const slip = panel.locator('[data-slip]');
    await expect.poll(() => slip.getAttribute('data-slip'), within(20_000)).toBe('missing');
    await slip.locator('button').click();
    await expect.poll(() => slip.getAttribute('data-slip'), within(20_000)).toBe('sent');
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.count(), within(10_000)).toBe(0);
  });

  it('lists those whose applicants were sent no slip of apology, without the one that was noted', async () => {
    const { page } = desk;
    await expect.poll(() => facet('apology', 'missing').locator('b').textContent(), within(60_000)).toBe('16');
    await facet('apology', 'missing').click();
    await expect.poll(count, within(30_000)).toBe('16');
    // two more by keys, at once: they leave the list that they are marked in
    for (const key of ['j', 'x', 'Shift+j', 's']) await page.keyboard.press(key);
    const dialog = page.locator('dialog[open]');
    await expect.poll(() => dialog.locator('[data-owed]').textContent(), within(10_000)).toContain('2 hồ sơ');
    await dialog.locator('button[type="submit"]').click();
    await expect.poll(count, within(60_000)).toBe('14');
    await page.locator('[data-chip="apology"] a').click();
    await expect.poll(count, within(30_000)).toBe('17');
    await page.keyboard.press('j');
  });

  it('chases what is selected by keys, and escalates what is not answered in time', async () => {
    const { page } = desk;
    for (const key of ['x', 'Shift+j', 'Shift+j', 'c']) await page.keyboard.press(key);
    const dialog = page.locator('dialog[open]');
    await expect.poll(() => dialog.locator('[data-unit="H49.12"]').textContent(), within(10_000)).toContain('3 hồ sơ');
    const soon = new Date(Date.now() + 70_000);
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(soon);
    await dialog.locator('input[type="datetime-local"]').fill(local.replace(' ', 'T'));
    await dialog.locator('button[type="submit"]').click();
    await expect.poll(() => dialog.locator('[data-chase]').count(), within(30_000)).toBe(1);
    await dialog.locator('[data-chase] a').first().click();
    const card = page.locator('.card');
    await expect.poll(() => card.getAttribute('data-state'), within(20_000)).toBe('sent');
    // who asked has nothing to acknowledge
    expect(await card.locator('[data-step="acknowledge"]').count()).toBe(0);
    await expect.poll(() => card.getAttribute('data-state'), within(120_000)).toBe('escalated');
    expect(await card.locator('table tr').count()).toBe(3);
  });

  it('prints a chase on one sheet of A4 without what is for the screen', async () => {
    const { page } = desk;
    const id = await page.locator('.card').getAttribute('data-chase');
    const paper = await openPage(browser, product.url, `/chases/${id ?? ''}/print`);
    await expect.poll(() => paper.page.locator('.paper tbody tr').count(), within(20_000)).toBe(3);
    await paper.page.emulateMedia({ media: 'print' });
    expect(await paper.page.locator('.tools').isVisible()).toBe(false);
    const pdf = (await paper.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const [, width = '', height = ''] = /MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    expect(paper.complaints).toEqual([]);
  });

  it('takes the answer of the unit, and closes', async () => {
    const card = desk.page.locator('.card');
    await card.locator('[data-step="answer"]').click();
    await card.locator('textarea').fill('Đã trả kết quả cả ba hồ sơ.');
    await card.locator('form button[type="submit"]').click();
    await expect.poll(() => card.getAttribute('data-state'), within(20_000)).toBe('answered');
    expect(await card.locator('.answer').textContent()).toContain('cả ba hồ sơ');
    await card.locator('[data-step="close"]').click();
    await expect.poll(() => card.getAttribute('data-state'), within(20_000)).toBe('closed');
  });

  it('opens what was found in the list of exactly those dossiers', async () => {
    const { page } = desk;
    await postDossiers(product, 'H49.02', numbers(4), { accepted: -6, due: -1, finished: -1 });
    const section = page.locator('[data-finding="finish_equals_promise"]');
    await page.locator('nav a[href="/integrity"]').click();
    // a reload before the page's chunk has come would reload the page that was left
    await page.waitForURL('**/integrity');
    // it is not asked again by itself
    await expect
      .poll(
        () =>
          page
            .reload()
            // findings are there, or it says that there are none
            .then(() => page.locator('.seen').waitFor(within(30_000)))
            .then(() => section.count()),
        within(60_000),
      )
      .toBe(1);
    expect(await section.locator('tbody .number').first().textContent()).toBe('4');
    await section.locator('.open a').click();
    await expect.poll(count, within(30_000)).toBe('4');
    expect(await page.locator('[data-dossier^="H49.02-"]').count()).toBe(4);
  });

  it('complained of nothing and asked no other origin', () => {
    expect(desk.complaints).toEqual([]);
    expect(desk.foreign).toEqual([]);
  });
});
