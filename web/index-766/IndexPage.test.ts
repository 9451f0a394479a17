import { afterEach, describe, expect, it, vi } from 'vitest';
import type { IndexPart, IndexReply } from '#api/contract-index.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import IndexPage from './IndexPage.vue';

const AT = Date.parse('2026-11-21T02:41:27Z');
const both = (vi: string) => ({ vi, en: vi });

function part(id: IndexPart['id'], more: Partial<IndexPart> = {}): IndexPart {
  return {
    ...{ id, name: both(`Phần ${id}`), definition: both(`Định nghĩa ${id}`), most: 20, full_at: 1 },
    ...{ part: null, whole: null, rate: null, points: null, from: null, is_entered: true, entered: null },
    ...more,
  };
}

function index(more: Partial<IndexReply> = {}): IndexReply {
  const kept = part('2.1', { part: 90, whole: 100, rate: 0.9, points: 18, from: 'feed', is_entered: false });
  const sum = { points: 18, known: 20 };
  return {
    ...{ at: AT, unit: 'H49', from: '2026-11-01', to: '2026-11-30', ...sum, most: 100, grade: 'excellent' },
    groups: [
      { id: '1', name: both('Công khai'), points: null, known: 0, most: 18, parts: [part('1.1', { most: 4 })] },
      { id: '2', name: both('Tiến độ'), ...sum, most: 20, parts: [kept] },
    ],
    ...{ mean_ms: 8.64e7 * 2.5, dossier_points: 0.2 },
    fixes: [
      { kind: 'all', key: '', label: '', overdue: 10, overdue_points: 2, due_soon: 3, due_soon_points: 0.6 },
      { kind: 'unit', key: 'H49.12', label: '', overdue: 4, overdue_points: 0.8, due_soon: 0, due_soon_points: 0 },
    ],
    ...more,
  };
}

describe('the page of the index', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('shows points, what is missing as a dash, and definitions', async () => {
    const asked = answerRequests({ '/api/index-766': index() });
    const { page } = await mountAt(IndexPage, { path: '/index?unit=H49.12&month=2026-11' });
    expect(asked).toContain('/api/index-766?unit=H49.12&from=2026-11-01');
    expect(page.get('[data-score]').text()).toBe('18,00');
    expect(page.text()).toContain('Còn 80 điểm chưa có số liệu');
    expect(page.text()).toContain('Xuất sắc');
    const missing = page.get('[data-part="1.1"]');
    expect(missing.get('summary').text()).toContain('—');
    expect(missing.text()).toContain('chưa có số liệu');
    expect(page.get('[data-part="2.1"]').text()).toContain('Định nghĩa 2.1');
    expect(page.get('[data-part="2.1"]').find('form').exists()).toBe(false);
    page.unmount();
  });

  it('leads from what to fix to the list of exactly that', async () => {
    answerRequests({ '/api/index-766': index() });
    const { page } = await mountAt(IndexPage, { path: '/index' });
    const links = page.findAll('.fixes a').map((link) => [link.text(), link.attributes('href')]);
    expect(links).toEqual([
      ['10+2,00', '/desk?rule=766&state=open_overdue'],
      ['3−0,60', '/desk?rule=766&state=open_due_soon'],
      ['4+0,80', '/desk?rule=766&state=open_overdue&unit=H49.12'],
    ]);
    page.unmount();
  });

  it('stores a figure that is entered by hand, and says what went wrong', async () => {
    answerRequests({ '/api/index-766': index() });
    const { page } = await mountAt(IndexPage, { path: '/index' });
    const form = page.get('[data-part="1.1"] form');
    const [first, second] = form.findAll('input');
    await first?.setValue('5');
    await second?.setValue('4');
    expect(form.get('button').attributes('disabled')).toBeDefined();
    await second?.setValue('10');
    const sent: unknown[] = [];
    const known = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string, request?: RequestInit) => {
      if (request?.method !== 'POST') return known(url, request);
      sent.push(JSON.parse(typeof request.body === 'string' ? request.body : 'null'));
      return Promise.resolve(
        sent.length === 1
          ? Response.json({ code: 'IOC_INGEST_AWAY', message: 'nghẽn' }, { status: 503 })
          : Response.json({ at: AT, stored: 2 }, { status: 201 }),
      );
    });
    await form.trigger('submit');
    await settle();
    expect(form.text()).toContain('Chưa lưu được: Hiện chưa ghi được');
    await form.trigger('submit');
    await settle();
    expect(form.text()).toContain('Đã lưu.');
    expect(sent[1]).toEqual({
      unit: 'H49',
      period: '2026-11',
      figures: [
        { metric: 'index_766.1_1.part', value: 5 },
        { metric: 'index_766.1_1.whole', value: 10 },
      ],
      note: '',
    });
    page.unmount();
  });

  it('says by whom and when a figure was entered, and takes it back', async () => {
    const entered = { period: '2026-11', by: 'Trực ban', at: AT, note: 'Cổng quốc gia' };
    const more = { part: 5, whole: 10, rate: 0.5, points: 2, from: 'hand' as const, most: 4, entered };
    const groups = [
      { id: '1' as const, name: both('Công khai'), points: 2, known: 4, most: 18, parts: [part('1.1', more)] },
    ];
    answerRequests({ '/api/index-766': index({ groups }) });
    const { page } = await mountAt(IndexPage, { path: '/index' });
    expect(page.get('[data-part="1.1"]').text()).toContain('Trực ban nhập tay lúc 21/11/2026 09:41');
    expect(page.get('[data-part="1.1"]').text()).toContain('Xóa số đã nhập');
    page.unmount();
  });

  it('draws nothing known as a dash, with the reason', async () => {
    answerRequests({
      '/api/index-766': index({
        points: null,
        known: 0,
        grade: null,
        groups: [],
        fixes: [],
        dossier_points: null,
        mean_ms: null,
      }),
    });
    const { page } = await mountAt(IndexPage, { path: '/index' });
    expect(page.get('[data-score]').text()).toBe('—');
    expect(page.text()).toContain('Chưa có số liệu nào để tính chỉ số');
    expect(page.text()).toContain('Không có hồ sơ nào đang mất điểm');
    page.unmount();
  });
});
