import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestIssuer, type TestIssuer } from '../../api/auth/oidc/test-issuer.ts';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { postDossiers } from './feed.ts';

const PASSWORD = 'mat-khau-cua-vai';
/** Late by four days under either rule set. */
const LATE = { accepted: -20, due: -4 };
const DESKTOP = { viewport: { width: 1366, height: 768 } } as const;
const OWN = 'H49.02';
const FOREIGN = 'H49.12';
const CHASE = { dossier_ids: [`${FOREIGN}-X`], text: 'x', deadline_at: '2030-01-01T00:00:00Z' };

let product: Product;
let browser: Browser;
let issuer: TestIssuer;
let folder: string;
const pages: WatchedPage[] = [];

const within = (ms: number) => ({ timeout: ms, interval: 100 });
const count = async (page: Page): Promise<string | undefined> =>
  (await page.locator('[data-count]').textContent({ timeout: 5_000 }))?.trim();

/** Opens a page as somebody who is asked to log in first, and led on to it. */
async function enter(name: string, path: string): Promise<Page> {
  const opened = await openPage(browser, product.url, `/login?next=${encodeURIComponent(path)}`, DESKTOP);
  pages.push(opened);
  const { page } = opened;
  await page.fill('[data-login] [name=name]', name);
  await page.fill('[data-login] [name=password]', PASSWORD);
  await page.click('[data-login] button[type=submit]');
  await page.waitForURL(product.url + path);
  return page;
}

/** What the server answers to this page, whatever its buttons let somebody do. */
const ask = (page: Page, method: string, path: string, body?: object): Promise<number> =>
  page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'content-type': 'application/json' };
      const more = what === undefined ? {} : { headers, body: JSON.stringify(what) };
      return (await fetch(where, { method: how, ...more })).status;
    },
    [method, path, body] as const,
  );

/** Whether the button that chases is out of use, and says why. */
async function cannotChase(page: Page): Promise<void> {
  await page.locator('[data-dossier]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const button = page.locator('[data-do="chase"]');
  await button.waitFor();
  expect(await button.isDisabled()).toBe(true);
  expect(await page.locator('[data-why-not]').first().textContent()).toContain('chỉ xem');
  await page.keyboard.press('c');
  expect(await page.locator('dialog').count()).toBe(0);
}

/** A port that nobody listens on: a provider has to know where it sends browsers back to. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

beforeAll(async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  issuer = await startTestIssuer(`${url}/login/oidc`);
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-roles-'));
  const groups = join(folder, 'groups.yaml');
  await writeFile(groups, `groups:\n  - { group: ioc-duty, role: duty }\n`);
  product = await startProduct({
    env: process.env,
    set: {
      ...{ DEMO: '0', VISITORS: 'none', ADMIN_PASSWORD: PASSWORD, PORT: String(port), PUBLIC_URL: url },
      ...{ OIDC_ISSUER: issuer.url, OIDC_CLIENT_ID: 'ioc', OIDC_CLIENT_SECRET: 'secret', OIDC_GROUPS: groups },
      ...{ OIDC_NAME: 'SSO tỉnh', OIDC_SCOPE: 'openid profile groups' },
    },
  });
  await postDossiers(product, OWN, [1, 2, 3], LATE);
  await postDossiers(product, FOREIGN, [4, 5], LATE);
  await postDossiers(product, OWN, [6]);
  browser = await openBrowser();
  const admin = await enter('admin', '/accounts');
  const accounts = [
    ['lanhdao', 'leader', null],
    ['trucban', 'duty', null],
    ['trungtam', 'centre', OWN],
    ['xem', 'viewer', OWN],
  ] as const;
  for (const [name, role, unit] of accounts)
    expect(await ask(admin, 'POST', '/api/accounts', { name, shown: name, role, unit, password: PASSWORD })).toBe(201);
});

afterAll(async () => {
  await browser.close();
  await product.stop();
  await issuer.close();
  await rm(folder, { recursive: true });
});

describe('each role', () => {
  it('leader: sees the whole province on the wall, and acts on nothing', async () => {
    const page = await enter('lanhdao', '/wall/toan-canh?takeover=off');
    await expect.poll(() => panelState(page, 'overdue'), within(30_000)).toEqual({ state: 'fresh', value: '5' });
    await page.goto(`${product.url}/desk?state=open_overdue`);
    await expect.poll(() => count(page), within(20_000)).toBe('5');
    await cannotChase(page);
    expect(await ask(page, 'POST', '/api/chases', CHASE)).toBe(403);
    expect(await ask(page, 'GET', '/api/accounts')).toBe(403);
  });

  it('duty officer: chases a unit for its dossier', async () => {
    const page = await enter('trucban', `/desk?unit=${OWN}&state=open_overdue`);
    await expect.poll(() => count(page), within(20_000)).toBe('3');
    await page.locator('[data-dossier]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.click('[data-do="chase"]');
    await page.locator(`dialog [data-unit="${OWN}"]`).waitFor();
    await page.locator('dialog footer .main:not(:disabled)').click();
    await page.locator('dialog [role="status"]').waitFor();
    expect(await ask(page, 'GET', '/api/accounts')).toBe(403);
  });

  it('centre officer: sees the own subtree, answers the chase, and finds no other unit', async () => {
    const page = await enter('trungtam', `/unit/${OWN}`);
    const overdue = page.locator('[data-job="overdue"] [data-value]');
    await expect.poll(() => overdue.textContent(), within(20_000)).toContain('3');
    await page.goto(`${product.url}/chases`);
    const card = page.locator('[data-chase]').first();
    await card.locator('[data-step="acknowledge"]').click();
    await expect.poll(() => card.getAttribute('data-state'), within(15_000)).toBe('acknowledged');
    // who was asked does not end it
    expect(await card.locator('[data-step="close"]').count()).toBe(0);
    const id = (await card.getAttribute('data-chase')) ?? '';
    expect(await ask(page, 'POST', `/api/chases/${id}/close`, {})).toBe(403);
    await card.locator('[data-step="answer"]').click();
    await card.locator('textarea').fill('Đang xử lý, xong trong ngày.');
    await card.locator('form button[type=submit]').click();
    await expect.poll(() => card.getAttribute('data-state'), within(15_000)).toBe('answered');
    for (const path of [`/api/units/${FOREIGN}`, `/api/dossiers?unit=${FOREIGN}`])
      expect(await ask(page, 'GET', path)).toBe(404);
    await page.goto(`${product.url}/unit/${FOREIGN}`);
    await expect
      .poll(() => page.locator('[role="alert"]').first().textContent(), within(15_000))
      .toContain('Không có đơn vị này');
  });

  it('viewer: reads the own unit alone, and acts on nothing', async () => {
    const page = await enter('xem', '/desk?state=open_overdue');
    await expect.poll(() => count(page), within(20_000)).toBe('3');
    await cannotChase(page);
    await page.goto(`${product.url}/chases`);
    // it was answered: nothing is left to do for the unit that was asked
    await page.locator('[data-chase][data-state="answered"]').first().waitFor();
    expect(await page.locator('[data-chase] [data-step]').count()).toBe(0);
    expect(await ask(page, 'POST', '/api/chases', CHASE)).toBe(403);
    expect(await ask(page, 'GET', `/api/units/${FOREIGN}`)).toBe(404);
  });

  it('administrator: lists accounts, and ends a session: its page is out within five seconds', async () => {
    const viewer = await enter('xem', `/unit/${OWN}`);
    await viewer.locator('[data-job="overdue"] [data-value]').waitFor();
    await expect.poll(() => panelState(viewer, 'overdue'), within(20_000)).toMatchObject({ value: '3' });
    const page = await enter('admin', '/accounts');
    await expect.poll(() => page.locator('[data-account]').count(), within(15_000)).toBe(5);
    await page.locator('[data-account="xem"] [data-sessions]').click();
    const sessions = page.locator('[data-account-sessions] [data-session]');
    // the newest first: the page above, and the one of the test before
    await expect.poll(() => sessions.count(), within(10_000)).toBe(2);
    const began = performance.now();
    await sessions.nth(0).locator('button').click();
    await viewer.waitForSelector('[data-login]', { timeout: 5_000 });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(new URL(viewer.url()).pathname).toBe('/login');
    expect(await viewer.getByText('Móng Cái').count()).toBe(0);
    const trail = await page.evaluate(async () => (await fetch('/api/trail?action=session.ended')).text());
    expect(trail).toContain('session.ended');
  });

  it('somebody of a provider: comes in by its page and is led on, leaves both; a group that nobody mapped is told so', async () => {
    const { page, complaints } = await openPage(browser, product.url, '/login?next=/sources', DESKTOP);
    await page.getByText('Đăng nhập qua SSO tỉnh').click();
    await page.waitForURL(`${product.url}/sources`);
    expect(await page.locator('[data-who]').textContent()).toContain('Nguyễn Thị Trực');
    expect(issuer.logins).toBe(1);
    await page.click('[data-log-out]');
    await page.waitForURL(`${issuer.url}/**`);
    await page.click('[name=logout]');
    await page.waitForURL(`${product.url}/login`);
    await page.click('[data-oidc]');
    await page.locator('[data-who]').waitFor();
    expect(issuer.logins).toBe(2);
    issuer.who.groups = ['khach'];
    issuer.who.subject = 'u-18';
    const other = await openPage(browser, product.url, '/login', DESKTOP);
    await other.page.click('[data-oidc]');
    await other.page.waitForSelector('[data-failure="IOC_OIDC_NO_GROUP"]');
    expect(await other.page.locator('[data-provider]').textContent()).toContain('không thuộc nhóm nào');
    expect(other.page.url()).toBe(`${product.url}/login/oidc`);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('made no page complain, and none ask another origin', () => {
    expect(pages.flatMap(({ complaints, foreign }) => [...complaints, ...foreign])).toEqual([]);
  });
});
