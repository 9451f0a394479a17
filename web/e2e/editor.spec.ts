import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

const PATH = '/boards/toan-canh/edit';
const FILE = join(import.meta.dirname, '../../dashboards/boards/toan-canh.yaml');
const TITLE = 'vi: Đang quá hạn';
/** Late by four days. */
const LATE = { accepted: -20, due: -4 };

let product: Product;
let browser: Browser;
let folder: string;
let text: string;
const pages: WatchedPage[] = [];

const within = (ms: number) => ({ timeout: ms, interval: 100 });
const field = (page: Page) => page.locator('[data-yaml]');
/** What is chosen in the text, as a copy of it says: the field draws only those lines that are in sight. */
const copied = (page: Page): Promise<string> =>
  field(page).evaluate((content) => {
    const clipboardData = new DataTransfer();
    content.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData('text/plain');
  });
async function written(page: Page): Promise<string> {
  await field(page).press('Control+a');
  return copied(page);
}
/** What stands behind the cursor on its line. */
async function behindCursor(page: Page): Promise<string> {
  await field(page).press('Shift+End');
  return copied(page);
}
const titleOf = (page: Page): Promise<string | null> =>
  page.locator('[data-preview] [data-panel="overdue"] .title').textContent();
const stateOf = (page: Page): Promise<string | null> => page.locator('[data-state]').first().getAttribute('data-state');

async function open(path = PATH): Promise<Page> {
  const opened = await openPage(browser, product.url, path, { viewport: { width: 1366, height: 768 } });
  pages.push(opened);
  const { page } = opened;
  page.on('dialog', (dialog) => void dialog.accept());
  await page.locator('[data-preview] [data-panel="overdue"] [data-value]').waitFor({ timeout: 30_000 });
  return page;
}
/** Changes the text as somebody who pastes does. */
async function edit(page: Page, from: string, to: string): Promise<void> {
  const before = await written(page);
  expect(before).toContain(from);
  await field(page).evaluate(
    (content, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    before.replace(from, to),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-editor-'));
  text = await readFile(FILE, 'utf8');
  product = await startProduct({ env: process.env, set: { DEMO: '0' } });
  await postDossiers(product, 'H49.02', [1, 2, 3], LATE);
  await postDossiers(product, 'H49.12', [4, 5], LATE);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await rm(folder, { recursive: true });
});

describe('the editor of boards', () => {
  it('is a press away from the list, and draws the file with real figures', async () => {
    const { page } = await openPage(browser, product.url, '/');
    await page.locator('[data-edit="toan-canh"]').click();
    await expect.poll(() => panelState(page, 'overdue'), within(30_000)).toMatchObject({ value: '5' });
    expect(await written(page)).toBe(text);
    await expect.poll(() => stateOf(page), within(10_000)).toBe('good');
  });

  it('shows a changed title in the picture, and keeps what was typed through a reload until it is discarded', async () => {
    const page = await open();
    await edit(page, TITLE, 'vi: Trễ rồi');
    await expect.poll(() => titleOf(page), within(10_000)).toContain('Trễ rồi');
    await page.reload();
    await expect.poll(() => titleOf(page), within(30_000)).toContain('Trễ rồi');
    expect(await written(page)).toContain('Trễ rồi');
    await page.locator('[data-discard]').click();
    await expect.poll(() => titleOf(page), within(10_000)).toContain('Đang quá hạn');
    expect(await written(page)).toBe(text);
    // nobody else was shown it, and no file knows of it
    expect(await readFile(FILE, 'utf8')).toBe(text);
  });

  it('says where a slip is and what is allowed, leads there, and leaves the picture', async () => {
    const page = await open();
    await edit(page, 'query: overdue-now', 'query: overdue-no');
    const fault = page.locator('[data-fault]').first();
    await fault.waitFor({ timeout: 10_000 });
    const line = text.split('\n').findIndex((each) => each.includes('query: overdue-now')) + 1;
    const said = (await fault.textContent()) ?? '';
    expect(said).toContain(`boards/toan-canh.yaml:${line}:`);
    expect(said).toContain('unknown query "overdue-no"; did you mean "overdue-now"?');
    await fault.click();
    expect(await behindCursor(page)).toMatch(/^overdue-no\b/);
    // in the text itself: underlined, and told to who points at it
    const wrong = page.locator('.cm-lintRange-error');
    expect(await wrong.textContent()).toBe('overdue-no');
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    await wrong.hover();
    await page.locator('.cm-tooltip-lint', { hasText: 'did you mean "overdue-now"?' }).waitFor();
    await page.locator('.cm-lint-marker-error').waitFor();
    await field(page).press('Control+Home');
    await field(page).press('F8');
    expect(await copied(page)).toBe('overdue-no');
    expect(await panelState(page, 'overdue')).toMatchObject({ value: '5' });
    // a slip that is mended is told no more
    await edit(page, 'query: overdue-no', 'query: overdue-now');
    await expect.poll(() => stateOf(page), within(10_000)).toBe('good');
    expect(await page.locator('[data-fault]').count()).toBe(0);
    expect(await field(page).getAttribute('aria-invalid')).toBe('false');
  });

  it('finds in the text, offers what fits there, and is left by keys alone', async () => {
    const page = await open();
    await field(page).press('Control+f');
    await page.getByPlaceholder('Tìm', { exact: true }).pressSequentially('query: overdue-now');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await copied(page)).toBe('query: overdue-now');
    await field(page).press('ArrowRight');
    for (let typed = 0; typed < 'now'.length; typed += 1) await field(page).press('Backspace');
    await field(page).press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'overdue-now' }).click();
    expect(await written(page)).toBe(text);
    await field(page).press('Control+Home');
    await field(page).press('Control+/');
    expect(await written(page)).toBe(text.replace(/^# /, ''));
    // Tab leaves the field for a moment after Escape
    const isLeft = async (): Promise<boolean> => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      return page.evaluate(() => !document.activeElement?.shadowRoot);
    };
    await expect.poll(isLeft, within(10_000)).toBe(true);
  });

  it('draws the board as a district sees it, also while the text is wrong', async () => {
    const page = await open();
    const lookAs = async (unit: string): Promise<void> => {
      await page.locator('[data-choices]').click();
      await page.locator('.sheet select').selectOption(unit);
    };
    await lookAs('H49.02');
    await expect.poll(() => panelState(page, 'overdue'), within(15_000)).toMatchObject({ value: '3' });
    await edit(page, 'kind: map', 'kind: mapp');
    await page.locator('[data-fault]').first().waitFor({ timeout: 10_000 });
    await lookAs('H49');
    await expect.poll(() => panelState(page, 'overdue'), within(15_000)).toMatchObject({ value: '5' });
    await lookAs('H49.12');
    await expect.poll(() => panelState(page, 'overdue'), within(15_000)).toMatchObject({ value: '2' });
  });

  it('draws by what is chosen of its variables, as the wall does, also those that are only written', async () => {
    const opened = await openPage(browser, product.url, '/boards/ho-so/edit');
    pages.push(opened);
    const { page } = opened;
    const title = () => page.locator('[data-preview] [data-panel="outcomes"] h2').textContent({ timeout: 1_000 });
    await expect.poll(title, within(30_000)).toContain('Xong, 30 ngày');
    await page.locator('[data-choices]').click();
    await page.locator('[data-variable="period"] input[value="7"]').check();
    await expect.poll(title, within(15_000)).toContain('Xong, 7 ngày');
    expect(new URL(page.url()).searchParams.get('period')).toBe('7');
    await edit(page, 'vi: 7 ngày', 'vi: một tuần');
    await expect.poll(title, within(15_000)).toContain('Xong, một tuần');
  });

  it('puts in another panel where there is room, and leads from a panel to its text', async () => {
    const page = await open();
    await page.locator('[data-kind-choice]').selectOption('bars');
    await page.locator('[data-add]').click();
    await page.locator('[data-preview] [data-panel="bars"]').waitFor({ timeout: 15_000 });
    await expect.poll(() => stateOf(page), within(10_000)).toBe('good');
    await page.locator('[data-note]').waitFor();
    await page.locator('[data-panel-entry="links"]').click();
    await expect.poll(() => behindCursor(page), within(5_000)).toBe('links:');
    await page.locator('[data-preview] [data-panel="overdue"]').click();
    await expect.poll(() => behindCursor(page), within(5_000)).toBe('overdue:');
    expect(new URL(page.url()).pathname).toBe(PATH);
    // what was put in can be undone like anything typed
    await field(page).press('Control+z');
    await expect.poll(() => written(page), within(5_000)).toBe(text);
  });

  it('gives the text as a file, exactly, by Ctrl+S, and takes one from the computer', async () => {
    const page = await open();
    await edit(page, TITLE, 'vi: Đã trễ');
    const downloading = page.waitForEvent('download');
    await field(page).press('Control+s');
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('toan-canh.yaml');
    const given = join(folder, 'given.yaml');
    await download.saveAs(given);
    expect(await readFile(given, 'utf8')).toBe(text.replace(TITLE, 'vi: Đã trễ'));
    await writeFile(given, text.replace(TITLE, 'vi: Từ tệp'));
    await page.locator('[data-open]').setInputFiles(given);
    await expect.poll(() => titleOf(page), within(10_000)).toContain('Từ tệp');
  });

  it('finds what a board is made of, and puts its name into the text', async () => {
    const page = await open();
    await page.locator('[data-open-lookup]').click();
    await page.locator('[data-search]').fill('qua han');
    await page.getByRole('button', { name: 'Chỉ số', exact: true }).click();
    await page.locator('[data-definition="dossiers-overdue"]').waitFor();
    await field(page).press('Control+End');
    await page.locator('[data-definition="dossiers-overdue"] button').click();
    expect((await written(page)).endsWith('dossiers-overdue')).toBe(true);
  });

  it('begins a new board with one right panel', async () => {
    const { page } = await openPage(browser, product.url, '/boards/new');
    await page.locator('[data-preview] [data-panel="figure"]').waitFor({ timeout: 30_000 });
    await expect.poll(() => stateOf(page), within(10_000)).toBe('good');
  });

  it('made no page complain, and none ask another origin', () => {
    expect(pages.flatMap(({ complaints, foreign }) => [...complaints, ...foreign])).toEqual([]);
  });
});
