import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReconciliationFigure, ReconciliationLine, ReconciliationReply } from '#api/contract-reconciliation.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import ReconciliationPage from './ReconciliationPage.vue';

const AT = Date.parse('2026-11-21T02:41:27Z');
const both = (vi: string) => ({ vi, en: vi });
const missing = (metric: string, unit = 'H49'): ReconciliationFigure => ({
  ...{ metric, unit, value: null, by: '', source: '', at: null, note: '' },
});
const stated = (metric: string, value: number, more: Partial<ReconciliationFigure> = {}): ReconciliationFigure => ({
  ...missing(metric),
  ...{ value, by: 'Trực ban', source: 'toan-canh', at: AT },
  ...more,
});
const base = { definition: both('Định nghĩa.'), unit: both('hồ sơ'), decimals: 0, tolerance: 0 };
const RULES: ReconciliationReply['rules'] = [
  {
    ...{ id: 'online', kind: 'sum', name: both('Trực tuyến theo cấp'), ...base },
    figures: ['online', 'so', 'xa'].map((id) => ({ metric: `d.${id}`, name: both(`Số ${id}`) })),
  },
  {
    ...{ id: 'early', kind: 'share', name: both('Tỷ lệ trước hạn'), ...base, unit: both('%'), decimals: 1 },
    ...{ tolerance: 0.5 },
    figures: ['share', 'early', 'finished', 'received'].map((id) => ({ metric: `d.${id}`, name: both(`Số ${id}`) })),
  },
  {
    id: 'ours',
    kind: 'ours',
    name: both('Tiếp nhận'),
    ...base,
    figures: [{ metric: 'd.received', name: both('Tiếp nhận') }],
  },
];
const none = { counts: [], fits: null, expected: null, difference: null };
const LINES: ReconciliationLine[] = [
  {
    ...{ rule: 'online', unit: 'H49', state: 'differs', ...none, expected: 34_800, difference: 10_000 },
    ...{ stated: stated('d.online', 44_800), parts: [stated('d.so', 4_862), stated('d.xa', 29_938)] },
  },
  {
    ...{ rule: 'early', unit: 'H49', state: 'differs', ...none, stated: stated('d.share', 67.2) },
    ...{ parts: [stated('d.early', 9_567), missing('d.finished')], fits: stated('d.received', 14_229) },
  },
  {
    ...{ rule: 'ours', unit: 'H49.12', state: 'agrees', ...none, expected: 12, difference: 0 },
    stated: stated('d.received', 12, { unit: 'H49.12', by: '', source: 'mot-cua' }),
    ...{ parts: [], counts: [{ count: 12, missing: null, query: { state: 'received', unit: 'H49.12' } }] },
  },
];
const reply = (more: Partial<ReconciliationReply> = {}): ReconciliationReply => ({
  ...{ at: AT, unit: 'H49', period: '2019-H1', rules: RULES, lines: LINES, periods: ['2019-H1', '2020'] },
  ...more,
});

/** Answers posts one after the other; the last answer stays. */
function answerPosts(...replies: Response[]): unknown[] {
  const sent: unknown[] = [];
  const known = globalThis.fetch;
  vi.stubGlobal('fetch', (url: string, request?: RequestInit) => {
    if (request?.method !== 'POST') return known(url, request);
    sent.push(JSON.parse(typeof request.body === 'string' ? request.body : 'null'));
    return Promise.resolve(replies[sent.length - 1] ?? Response.json({ at: AT, stored: 1 }, { status: 201 }));
  });
  return sent;
}

describe('the page of reconciliation', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('shows what differs first, by how much, and who stated it', async () => {
    const asked = answerRequests({ '/api/reconciliations': reply() });
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation?unit=H49&period=2019-H1' });
    expect(asked).toContain('/api/reconciliations?unit=H49&period=2019-H1');
    const rows = page.findAll('[data-line]').map((row) => row.findAll('td, th').map((cell) => cell.text()));
    expect(rows[0]?.slice(2)).toEqual([
      ...['Trực tuyến theo cấp', '44.800', '34.800', '+10.000', 'hồ sơ', 'Trực ban nhập tay lúc 21/11/2026 09:41'],
    ]);
    expect(rows[0]?.[0]).toBe('≠ Chênh lệch');
    expect(rows[1]?.slice(3, 6)).toEqual(['67,2', '—', 'khác mẫu số']);
    expect(rows[2]?.[7]).toBe('nguồn mot-cua, lúc 21/11/2026 09:41');
    expect(page.get('[data-period]').text()).toBe('6 tháng đầu năm 2019');
    expect(page.get('[data-states="differs"] b').text()).toBe('2');
    page.unmount();
  });

  it('leads from our own count to the list of exactly that', async () => {
    answerRequests({ '/api/reconciliations': reply() });
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    expect(page.get('[data-line="ours H49.12"] .list').attributes('href')).toBe('/desk?state=received&unit=H49.12');
    page.unmount();
  });

  it('opens the definition and the parts of a line, and says which whole a share is of', async () => {
    answerRequests({ '/api/reconciliations': reply() });
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    const row = page.get('[data-line="early H49"]');
    expect(row.text()).not.toContain('Định nghĩa.');
    await row.get('button').trigger('click');
    expect(row.text()).toContain('Định nghĩa.');
    expect(row.get('[data-fits]').text()).toBe(
      'Tỷ lệ 67,2 % khớp với 9.567 trên 14.229 (số received), không phải trên số finished.',
    );
    expect(row.get('[data-figure="d.finished"]').text()).toContain('chưa ai nêu');
    page.unmount();
  });

  it('takes a missing figure by hand beside it, and says what went wrong', async () => {
    answerRequests({ '/api/reconciliations': reply() });
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    const sent = answerPosts(Response.json({ code: 'IOC_INGEST_AWAY', message: 'nghẽn' }, { status: 503 }));
    const row = page.get('[data-line="early H49"]');
    await row.get('button').trigger('click');
    await row.get('[data-figure="d.finished"] button').trigger('click');
    const form = row.get('[data-entry="d.finished"]');
    expect(document.activeElement).toBe(form.get('input').element);
    await form.get('input').setValue('12,0.0');
    expect(form.get('button').attributes('disabled')).toBeDefined();
    expect(form.text()).toContain('Nhập một số, ví dụ 1.234,5.');
    await form.get('input').setValue('12.000');
    await form.trigger('submit');
    await settle();
    expect(form.text()).toContain('Chưa lưu được: Hiện chưa ghi được');
    await form.trigger('submit');
    await settle();
    expect(row.find('[data-entry]').exists()).toBe(false);
    expect(sent[1]).toEqual({
      ...{ unit: 'H49', period: '2019-H1', note: '' },
      figures: [{ metric: 'd.finished', value: 12_000 }],
    });
    page.unmount();
  });

  it('shows differences only, by the address', async () => {
    answerRequests({ '/api/reconciliations': reply() });
    const { page, address } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    await page.get('input[type="checkbox"]').trigger('change');
    await settle();
    expect(address()).toBe('/reconciliation?only=differs');
    expect(page.findAll('[data-line]')).toHaveLength(2);
    await page.findAll('.known button')[1]?.trigger('click');
    await settle();
    expect(address()).toBe('/reconciliation?only=differs&period=2020');
    page.unmount();
  });

  it('says how figures come in while there are none', async () => {
    answerRequests({ '/api/reconciliations': reply({ lines: [], periods: [] }) });
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    expect(page.text()).toContain('Chưa có số nào được nêu');
    expect(page.get('pre').text()).toContain('"type": "entry.made"');
    // where ingest is this page does not know, and does not make up
    expect(page.get('pre').text()).toContain(`curl '<địa chỉ nhận>/v1/events'`);
    expect(page.findAll('[data-figure]')).toHaveLength(3);
    await page.get('[data-rule]').setValue('ours');
    expect(page.findAll('[data-figure]').map((each) => each.attributes('data-figure'))).toEqual(['d.received']);
    page.unmount();
  });

  it('goes to the form, which stands below the table, and begins at its first field', async () => {
    answerRequests({ '/api/reconciliations': reply() });
    const seen = vi.fn();
    Element.prototype.scrollIntoView = seen;
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    await page.get('[data-stating]').trigger('click');
    await settle();
    expect(document.activeElement).toBe(page.get('select[data-rule]').element);
    expect(seen.mock.instances).toContain(page.get('.ways').element);
    page.unmount();
  });

  it('says that we could not count in time, which is not that nobody has stated a figure', async () => {
    const [, , ours] = LINES;
    if (!ours) throw new Error('there is a line of our own count');
    const counts = [{ count: null, missing: 'too_slow' as const, query: {} }];
    const slow = { ...ours, state: 'incomplete' as const, expected: null, difference: null, counts };
    answerRequests({ '/api/reconciliations': reply({ lines: [slow] }) });
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    expect(page.get('tbody .state').text()).toContain('Chưa đếm kịp');
    expect(page.get('[data-states="too_slow"] b').text()).toBe('1');
    expect(page.get('[data-states="incomplete"] b').text()).toBe('0');
    page.unmount();
  });

  it('says when nothing differs, and when the server refuses', async () => {
    answerRequests({ '/api/reconciliations': reply({ lines: LINES.slice(2) }) });
    const quiet = await mountAt(ReconciliationPage, { path: '/reconciliation?only=differs' });
    expect(quiet.page.text()).toContain('Không có chênh lệch nào trong kỳ này.');
    quiet.page.unmount();
    answerRequests();
    const { page } = await mountAt(ReconciliationPage, { path: '/reconciliation' });
    expect(page.get('[role="alert"]').text()).toContain('Ở đây không có gì.');
    page.unmount();
  });
});
