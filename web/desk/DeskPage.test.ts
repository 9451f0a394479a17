import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import DeskPage from './DeskPage.vue';
import { detail, dossier, page as pageOf, summary, TEST_AT, TEST_RULES } from './test-dossiers.ts';

const rows = [
  dossier('H49.12-261101-0001'),
  dossier('H49.12-261101-0002', { due_at: null, outcome: 'open_in_time' }),
  dossier('H49.09-261101-0003', { unit: 'H49.09', unit_path: '/H49/H49.09/' }),
];
const replies = {
  '/api/dossiers': pageOf(rows, { count: 1284 }),
  '/api/dossiers/summary': summary('age', [
    { key: 'due_24h', counts: { open: 3, open_overdue: 0 } },
    { key: 'late_31d', counts: { open: 12, open_overdue: 12 } },
  ]),
  '/api/dossiers/rules': TEST_RULES,
  '/api/dossiers/H49.12-261101-0001': detail('H49.12-261101-0001'),
  '/api/dossiers/H49.12-261101-0002': detail('H49.12-261101-0002'),
};
const press = (key: string, shiftKey = false): void =>
  void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));

describe('the desk', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it('lists what the address asks for, with the length of the whole list and how late each is', async () => {
    const asked = answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk?unit=H49.12&state=open_overdue' });
    expect(asked).toContain('/api/dossiers?state=open_overdue&rule=province&unit=H49.12&sort=due&limit=200');
    expect(page.get('[data-count]').text()).toBe('1.284');
    expect(page.findAll('[data-dossier]')).toHaveLength(3);
    expect(page.get('[data-dossier]').text()).toContain('trễ 2 giờ');
    expect(page.get('[role="grid"]').attributes('aria-rowcount')).toBe('1285');
    page.unmount();
  });

  it('makes every count of the ageing facet a link to the list that it counts', async () => {
    answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk?unit=H49.12' });
    const lines = page.findAll('[data-facet="age"] a');
    expect(lines.map((line) => [line.attributes('data-key'), line.get('b').text()])).toEqual([
      ['late_31d', '12'],
      ['due_24h', '3'],
    ]);
    expect(lines[0]?.attributes('href')).toBe('/desk?state=open&age=late_31d&unit=H49.12');
    page.unmount();
  });

  it('sorts by the server, one column at a time', async () => {
    const asked = answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk' });
    const header = () => page.get('.due[role="columnheader"]');
    expect(header().attributes('aria-sort')).toBe('ascending');
    await header().get('button').trigger('click');
    await settle();
    expect(address()).toBe('/desk?state=open_overdue&sort=-due');
    expect(asked.at(-1)).toContain('sort=-due');
    expect(header().attributes('aria-sort')).toBe('descending');
    page.unmount();
  });

  it('opens a dossier by keys beside the list, and goes back one step at a time', async () => {
    answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk' });
    press('j');
    press('x');
    press('Enter');
    await settle();
    expect(address()).toBe('/desk?dossier=H49.12-261101-0001&of=H49.12');
    expect(page.get('aside').text()).toContain('H49.12-261101-0001');
    expect(page.get('aside [data-rule="766"]').text()).toContain('Quá hạn');
    expect(page.get('aside').text()).toContain('Nguồn hẹn muộn hơn cách tính 1 ngày làm việc.');
    expect(page.get('aside').text()).toContain('3 ngày 2 giờ làm việc');
    press('Escape');
    await settle();
    expect(page.find('aside').exists()).toBe(false);
    expect(page.findAll('[aria-selected="true"]')).toHaveLength(1);
    press('Escape');
    await settle();
    expect(page.findAll('[aria-selected="true"]')).toHaveLength(0);
    page.unmount();
  });

  it('names the current row for screen readers', async () => {
    answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    press('j');
    press('j');
    await settle();
    const id = page.get('[role="grid"]').attributes('aria-activedescendant') ?? '';
    expect(page.get(`#${id}`).attributes('aria-label')).toContain('H49.12-261101-0002, Vân Đồn, Đăng ký khai sinh');
    expect(document.activeElement).toBe(page.get('[role="grid"]').element);
    page.unmount();
  });

  it('opens the dossier of a deep link even when the list does not hold it', async () => {
    answerRequests({ ...replies, '/api/dossiers/H49-9': detail('H49-9') });
    const { page } = await mountAt(DeskPage, { path: '/desk?dossier=H49-9' });
    expect(page.get('aside h2').text()).toBe('H49-9');
    page.unmount();
  });

  it('says which instant it looks at, asks for it everywhere, and leads back to now', async () => {
    const asked = answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk?at=2026-11-20T02:15:00Z' });
    expect(page.get('.banner').text()).toContain('09:15:00 20/11/2026');
    const dossiers = asked.filter((url) => /^\/api\/dossiers(\?|\/summary)/.test(url));
    expect(dossiers.length).toBeGreaterThan(2);
    // but for how many there are now
    expect(dossiers.filter((url) => !url.includes('at=2026-11-20'))).toEqual([
      expect.stringMatching(/^\/api\/dossiers\?.*limit=1$/),
    ]);
    expect(page.get('.banner a').attributes('href')).toBe('/desk?state=open_overdue');
    page.unmount();
  });

  it('says whether the list is as long as the figure that led to it, and forgets the figure with the filter', async () => {
    answerRequests(replies);
    const at = '2026-11-20T02:15:00.123Z';
    const { page } = await mountAt(DeskPage, { path: `/desk?state=open_overdue&figure=3&at=${at}&known_at=${at}` });
    const note = page.get('[data-figure]');
    const count = Number(page.get('[data-count]').text().replace('.', ''));
    expect(note.text()).toContain('09:15:00: 3');
    expect(note.attributes('data-difference')).toBe(String(count - 3));
    expect(page.find('[data-present]').exists()).toBe(true);
    expect(page.get('.banner a').attributes('href')).toBe('/desk?state=open_overdue');
    page.unmount();
  });

  it('waits for a pause in typing before it searches', async () => {
    answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk' });
    press('/');
    const box = page.get('input[type="search"]');
    expect(document.activeElement).toBe(box.element);
    await box.setValue('khai');
    await box.setValue('khai sinh');
    expect(address()).toBe('/desk');
    await vi.waitFor(() => expect(address()).toBe('/desk?q=khai+sinh'), 2_000);
    page.unmount();
  });

  it('searches in every state while nobody has chosen one, and is as it was when the search is taken back', async () => {
    const asked = answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk' });
    await page.get('input[type="search"]').setValue('0002');
    await vi.waitFor(
      () => expect(asked).toContain('/api/dossiers?rule=province&q=0002&sort=-accepted&limit=200'),
      2_000,
    );
    await settle();
    expect(page.find('[data-chip="state"]').exists()).toBe(false);
    await page.get('[data-chip="q"] a').trigger('click');
    await settle();
    expect(address()).toBe('/desk');
    expect(page.get('[data-chip="state"]').text()).toContain('Quá hạn');
    page.unmount();
  });

  it('leads to what a search finds in another state than the one that was chosen', async () => {
    answerRequests(replies);
    const answer = fetch;
    vi.stubGlobal('fetch', (url: string) =>
      url.startsWith('/api/dossiers?')
        ? Promise.resolve(Response.json(pageOf(url.includes('state=') ? [] : rows.slice(1, 2))))
        : answer(url),
    );
    const { page, address } = await mountAt(DeskPage, { path: '/desk?state=open_overdue&q=0002' });
    await settle();
    const link = page.get('[data-elsewhere]');
    expect(link.text()).toBe('Tìm ở mọi tình trạng: 1 hồ sơ');
    await link.trigger('click');
    await settle();
    expect(address()).toBe('/desk?state=all&q=0002');
    expect(page.findAll('[data-dossier]')).toHaveLength(1);
    expect(page.find('[data-elsewhere]').exists()).toBe(false);
    page.unmount();
  });

  it('takes the state away as it does any other part of the filter', async () => {
    const asked = answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk?state=open_overdue' });
    await page.get('[data-chip="state"] a').trigger('click');
    await settle();
    expect(address()).toBe('/desk?state=all');
    expect(asked).toContain('/api/dossiers?rule=province&sort=-accepted&limit=200');
    expect(page.get('.states [aria-current="true"]').text()).toContain('Mọi tình trạng');
    page.unmount();
  });

  it('keeps a filter under a name, applies and deletes it', async () => {
    answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk?unit=H49.12&at=2026-11-20T02:15:00Z' });
    await page.get('.saved input').setValue('Vân Đồn');
    await page.get('.saved form').trigger('submit');
    const link = page.findAll('.saved a').find((each) => each.text() === 'Vân Đồn');
    expect(link?.attributes('href')).toBe('/desk?state=open_overdue&unit=H49.12');
    await page.get('.saved li button').trigger('click');
    expect(page.findAll('.saved a').some((each) => each.text() === 'Vân Đồn')).toBe(false);
    page.unmount();
  });

  it('links the files of the list and of Biểu 06a', async () => {
    answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk?unit=H49.12' });
    expect(page.findAll('a[download]').map((link) => link.attributes('href')?.split('?')[0])).toEqual([
      '/api/dossiers/export.csv',
      '/api/dossiers/export.xlsx',
      '/api/dossiers/summary.csv',
      '/api/dossiers/summary.xlsx',
    ]);
    page.unmount();
  });

  it('says what the server said when it refuses', async () => {
    answerRequests({});
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    expect(page.get('[role="alert"]').text()).toContain('không có');
    page.unmount();
  });

  it('says that there is nothing, which is not a fault', async () => {
    answerRequests({ ...replies, '/api/dossiers': pageOf([], { at: TEST_AT }) });
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    expect(page.text()).toContain('Không có hồ sơ nào khớp với bộ lọc.');
    expect(page.get('[data-count]').text()).toBe('0');
    expect(page.find('[role="alert"]').exists()).toBe(false);
    page.unmount();
  });

  it('keeps few rows in the page, however long the list is', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => dossier(`H49.12-261101-${index}`));
    answerRequests({ ...replies, '/api/dossiers': pageOf(many) });
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    expect(page.findAll('[data-dossier]').length).toBeLessThan(60);
    page.unmount();
  });
});
