import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../../docker/product.ts';
import { openBrowser, openPage, panelState, type WatchedPage } from './browser.ts';
import { postAlerts, postDossiers, type PostedAlert } from './feed.ts';

const PASSWORD = 'mat-khau-cua-ca-truc';
const DESKTOP = { viewport: { width: 1366, height: 768 } } as const;

let product: Product;
let browser: Browser;
let wall: WatchedPage;
let inbox: WatchedPage;
let alerts: Record<'ring' | 'centre' | 'screen', PostedAlert>;

const within = (ms: number) => ({ timeout: ms, interval: 200 });
const row = (of: WatchedPage, id: string) => of.page.locator(`.list [data-alert="${id}"]`);
const rail = (id: string) => wall.page.locator(`[data-panel="alerts"] [data-alert="${id}"]`);
const takeover = () => wall.page.locator('[data-takeover]');
const human = (id: string) => row(inbox, id).getAttribute('data-human', { timeout: 5_000 });
const press = async (page: Page, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

beforeAll(async () => {
  product = await startProduct({ env: process.env, set: { DEMO: '0', ADMIN_PASSWORD: PASSWORD } });
  browser = await openBrowser();
  const onset = new Date();
  alerts = {
    ring: { id: 'AL-RING', unit: 'H49.12', severity: 4, text: 'Đứt vòng Vân Đồn', value: 14, onset },
    centre: { id: 'AL-CENTRE', unit: 'H49.02', severity: 3, text: 'Trung tâm ngừng gửi', value: 52, onset },
    screen: { id: 'AL-SCREEN', unit: 'H49.03', severity: 2, text: 'Màn hình ngừng', value: 1, onset },
  };
  // the map draws units that have dossiers
  await postDossiers(product, 'H49.12', [1, 2, 3]);
  await postAlerts(product, 'firing', Object.values(alerts));
  wall = await openPage(browser, product.url, '/wall/toan-canh');
  inbox = await openPage(browser, product.url, '/alerts', DESKTOP);
});

afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe('an alert on the wall', () => {
  it('stands in the rail and on the map, and the critical one takes the wall over', async () => {
    await expect.poll(() => panelState(wall.page, 'alerts').then(({ state }) => state), within(60_000)).toBe('fresh');
    await expect.poll(() => rail('AL-RING').textContent(), within(20_000)).toContain('Đứt vòng Vân Đồn');
    expect(await rail('AL-RING').textContent()).toContain('chưa ai nhận');
    await expect.poll(() => takeover().getAttribute('data-takeover'), within(20_000)).toBe('AL-RING');
    expect(await takeover().textContent()).toContain('Đứt vòng Vân Đồn');
    const mark = wall.page.locator('[data-alert-of="H49.12"]');
    await expect.poll(() => mark.getAttribute('data-severity'), within(20_000)).toBe('critical');
  });
});

describe('the inbox', () => {
  it('has the gravest first, with value then and now, and says that nobody has it', async () => {
    await expect.poll(() => row(inbox, 'AL-SCREEN').count(), within(30_000)).toBe(1);
    const first = inbox.page.locator('.list [data-alert]').first();
    expect(await first.getAttribute('data-alert')).toBe('AL-RING');
    expect(await first.textContent()).toContain('Nghiêm trọng');
    expect(await first.locator('.nobody').textContent()).toBe('chưa ai nhận');
    await postAlerts(product, 'measured', [{ ...alerts.ring, value: 9 }]);
    await expect.poll(() => first.locator('.values').textContent(), within(20_000)).toMatch(/14.*9/);
  });

  it('acknowledges by a key, which releases the wall, and takes that back by another', async () => {
    const { page } = inbox;
    await press(page, ['j', 'Enter']);
    await page.locator('[data-detail="AL-RING"] dl').waitFor();
    await press(page, ['n']);
    await expect.poll(() => human('AL-RING'), within(20_000)).toBe('acknowledged');
    await expect.poll(() => takeover().count(), within(20_000)).toBe(0);
    await press(page, ['u']);
    await expect.poll(() => human('AL-RING'), within(20_000)).toBe('unseen');
    await expect.poll(() => takeover().count(), within(20_000)).toBe(1);
    await press(page, ['n']);
    await expect.poll(() => human('AL-RING'), within(20_000)).toBe('acknowledged');
  });

  it('assigns and comments, and the rail says who has it', async () => {
    const { page } = inbox;
    await press(page, ['g']);
    await page.fill('dialog[open] [name=assignee]', 'Trực ca 2');
    await page.click('dialog[open] button[type=submit]');
    await expect.poll(() => human('AL-RING'), within(20_000)).toBe('assigned');
    await expect.poll(() => rail('AL-RING').textContent(), within(20_000)).toContain('Trực ca 2');
    await press(page, ['b']);
    await page.fill('dialog[open] [name=note]', 'Đã gọi đơn vị truyền dẫn');
    await page.click('dialog[open] button[type=submit]');
    const comment = page.locator('[data-detail] [data-event="commented"]');
    await expect.poll(() => comment.textContent(), within(20_000)).toContain('Đã gọi đơn vị truyền dẫn');
    await press(page, ['Escape']);
  });

  it('shelves what waits, which leaves the rail until then', async () => {
    const { page } = inbox;
    await row(inbox, 'AL-SCREEN').locator('> .mark').click();
    await page.locator('.marked [data-do="shelve"]').click();
    await page.click('dialog[open] button[type=submit]');
    await expect.poll(() => human('AL-SCREEN'), within(20_000)).toBe('shelved');
    await expect.poll(() => rail('AL-SCREEN').count(), within(20_000)).toBe(0);
  });

  it('is as long as the rail says when it is opened from there', async () => {
    const { page } = await openPage(browser, product.url, '/wall/toan-canh?takeover=off');
    const title = page.locator('[data-panel="alerts"] a.open').first();
    const figure = async () => Number(/figure=(\d+)/.exec((await title.getAttribute('href')) ?? '')?.[1]);
    // rules of the product may find something of their own meanwhile
    await expect.poll(figure, within(60_000)).toBeGreaterThanOrEqual(2);
    const told = await figure();
    await title.click();
    const note = page.locator('[data-figure]');
    await expect.poll(() => note.getAttribute('data-difference', { timeout: 5_000 }), within(30_000)).toBe('0');
    expect(await page.locator('.list [data-alert]').count()).toBe(told);
    expect(await page.locator('.list [data-alert="AL-SCREEN"]').count()).toBe(0);
    await page.context().close();
  });

  it('follows what the condition does: resolved alerts leave the wall', async () => {
    await postAlerts(product, 'resolved', [alerts.ring]);
    await expect.poll(() => rail('AL-RING').count(), within(20_000)).toBe(0);
    await inbox.page.locator('[data-list="resolved"]').click();
    await expect.poll(() => row(inbox, 'AL-RING').getAttribute('data-state'), within(20_000)).toBe('resolved');
  });
});

describe('a silence', () => {
  it('is begun at an alert, says what it is about before it is set, and is ended and set again', async () => {
    const { page } = inbox;
    await page.goto(`${product.url}/alerts?state=open&alert=AL-CENTRE`);
    await page.locator('[data-detail="AL-CENTRE"] [data-silence]').click();
    expect(await page.locator('[data-matcher="0"] [name=value]').inputValue()).toBe('thu');
    const cover = page.locator('[data-cover]');
    await expect.poll(() => cover.textContent(), within(20_000)).toContain('1 cảnh báo');
    await page.locator('[data-length="1h"]').click();
    await page.fill('[name=note]', 'Bảo trì cáp');
    await page.click('form button[type=submit]');
    const active = page.locator('[data-silence][data-state="active"]');
    await expect.poll(() => active.textContent(), within(20_000)).toContain('Bảo trì cáp');
    expect(await active.textContent()).toContain('rule = thu');
    await active.locator('[data-end]').click();
    const expired = page.locator('[data-silence][data-state="expired"]');
    await expect.poll(() => expired.count(), within(20_000)).toBe(1);
    await expired.locator('[data-again]').click();
    expect(await page.locator('[name=note]').inputValue()).toBe('Bảo trì cáp');
  });
});

describe('a handover', () => {
  it('is signed by one and by another, and printed on one sheet', async () => {
    const { page } = inbox;
    await page.goto(`${product.url}/alerts/handover`);
    const fired = page.locator('[data-happened="fired"] b');
    await expect.poll(async () => Number(await fired.textContent()), within(30_000)).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.sheet [data-alert="AL-RING"]').textContent()).toContain('Trực ca 2');
    await page.fill('[name=text]', 'Theo dõi trung tâm ngừng gửi');
    await page.click('[data-step="note"]');
    await expect.poll(() => page.locator('[data-note]').textContent(), within(20_000)).toContain('Theo dõi trung tâm');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.fill('[name=text]', 'Giao ca đêm');
    await page.click('[data-step="hand"]');
    await expect.poll(() => page.locator('[data-handed]').textContent(), within(20_000)).toContain('Giao ca đêm');
    expect(await page.locator('[data-step="take"]').isDisabled()).toBe(true);

    const other = await openPage(browser, product.url, '/login?next=/alerts/handover', DESKTOP);
    await other.page.fill('[data-login] [name=name]', 'admin');
    await other.page.fill('[data-login] [name=password]', PASSWORD);
    await other.page.click('[data-login] button[type=submit]');
    await other.page.click('[data-step="take"]');
    await expect.poll(() => other.page.locator('[data-shift="CA-0"]').count(), within(20_000)).toBe(1);
    expect(other.complaints).toEqual([]);
    await other.page.context().close();
  });

  it('is followed by statistics of how soon people came', async () => {
    const { page } = inbox;
    await page.goto(`${product.url}/alerts/statistics`);
    const thu = page.locator('[data-group="rule thu"] td').first();
    await expect.poll(() => thu.textContent({ timeout: 5_000 }), within(30_000)).toBe('3');
  });
});

describe('a wall that shows boards in turn', () => {
  const path = '/wall/toan-canh?rota=toan-canh,mang&every=10';
  const boardOf = ({ page }: WatchedPage): string => new URL(page.url()).pathname;
  const moved = async (of: WatchedPage): Promise<void> => {
    const was = boardOf(of);
    await expect.poll(() => boardOf(of), within(40_000)).not.toBe(was);
  };

  it('stays with the one that an alert has taken over until somebody has it, and then goes on', async () => {
    await postAlerts(product, 'firing', [
      { id: 'AL-ROTA', unit: 'H49.12', severity: 4, text: 'Đứt cáp Cô Tô', value: 3, onset: new Date() },
    ]);
    const held = await openPage(browser, product.url, path);
    const free = await openPage(browser, product.url, `${path}&takeover=off`);
    const taken = held.page.locator('[data-takeover="AL-ROTA"]');
    await taken.waitFor();
    const board = boardOf(held);
    // the other tells how time passes: between two of its moves the first had to move, too
    await moved(free);
    await moved(free);
    expect([boardOf(held), await taken.count()]).toEqual([board, 1]);
    await inbox.page.goto(`${product.url}/alerts?state=open&alert=AL-ROTA`);
    await inbox.page.locator('[data-detail="AL-ROTA"] dl').waitFor();
    await press(inbox.page, ['n']);
    await expect.poll(() => taken.count(), within(20_000)).toBe(0);
    await moved(held);
    expect([...held.complaints, ...free.complaints]).toEqual([]);
    await held.page.context().close();
    await free.page.context().close();
  });
});

it('complained of nothing and asked no other origin', () => {
  expect([...wall.complaints, ...inbox.complaints]).toEqual([]);
  expect([...wall.foreign, ...inbox.foreign]).toEqual([]);
});
