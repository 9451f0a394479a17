import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../../test-mount.ts';
import { chase, dossier, page as pageOf, TEST_AT } from '../test-dossiers.ts';
import { paperOf } from './chase-paper.ts';
import { byUnit, byUrgency, countByState } from './chase-steps.ts';
import ChaseDialog from './ChaseDialog.vue';
import ChasePrint from './ChasePrint.vue';
import ChasesPage from './ChasesPage.vue';

const HOUR = 3_600_000;
const escalated = chase('late', { state: 'escalated', escalated_at: TEST_AT - HOUR, deadline_at: TEST_AT - HOUR });
const answered = chase('done', { state: 'answered', answered_at: TEST_AT, answer: 'Đã trả kết quả.' });

describe('a chase', () => {
  it('stands first when it is escalated, then by its deadline', () => {
    const soon = chase('soon', { deadline_at: TEST_AT + HOUR });
    const order = [answered, chase('later'), soon, escalated].sort(byUrgency);
    expect(order.map((each) => each.chase_id)).toEqual(['late', 'soon', 'later', 'done']);
    expect(countByState(order)).toEqual({ escalated: 1, sent: 2, acknowledged: 0, answered: 1, closed: 0 });
  });
  it('goes to each unit once', () => {
    const found = byUnit([dossier('a'), dossier('b', { unit: 'H49.09' }), dossier('c')]);
    expect(found.map((each) => [each.unit, each.rows.length])).toEqual([
      ['H49.12', 2],
      ['H49.09', 1],
    ]);
  });
});

describe('the paper of a chase', () => {
  it('says the dossiers and dates as the office writes them', () => {
    const paper = paperOf(
      chase('a', { sent_at: Date.parse('2026-01-05T03:00:00Z'), deadline_at: Date.parse('2026-03-09T10:00:00Z') }),
      [dossier('x'), dossier('y', { outcome: 'paused', due_at: null, step_holder: '', handler: 'H49.09' })],
      TEST_AT,
      { zone: 'Asia/Ho_Chi_Minh', place: 'Quảng Ninh', nameOf: (code) => `[${code}]` },
    );
    expect(paper.placeAndDate).toBe('Quảng Ninh, ngày 05 tháng 01 năm 2026');
    expect(paper.deadline).toContain('trước 17:00 ngày 09 tháng 3 năm 2026');
    expect(paper.lines.map((line) => [line.dossier_id, line.late, line.held_by])).toEqual([
      ['x', '2 giờ', 'Phòng Tư pháp'],
      ['y', '—', '[H49.09]'],
    ]);
  });

  it('is drawn without what is only for the screen, and prints', async () => {
    answerRequests({ '/api/chases/a': chase('a'), '/api/chases/a/dossiers': pageOf([dossier('x')]) });
    const print = vi.fn();
    vi.stubGlobal('print', print);
    const { page } = await mountAt(ChasePrint, { props: { id: 'a' } });
    expect(page.get('.paper').text()).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(page.get('.paper').text()).toContain('Kính gửi: Huyện Vân Đồn');
    expect(page.findAll('.paper tbody tr')).toHaveLength(1);
    expect(page.find('.paper button').exists()).toBe(false);
    await page.get('.tools').trigger('submit');
    expect(print).toHaveBeenCalledOnce();
    page.unmount();
    vi.unstubAllGlobals();
  });
});

describe('writing a chase', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());
  const deadlines = { at: TEST_AT, deadlines: [{ id: 'working_1', at: Date.parse('2026-11-23T10:00:00Z') }] };

  /** Answers gets from `answerRequests`, and keeps what is posted. */
  function answerPosts(post: (url: string, body: unknown) => Response): { url: string; body: unknown }[] {
    answerRequests({ '/api/chases/deadlines': deadlines });
    const get = globalThis.fetch;
    const posted: { url: string; body: unknown }[] = [];
    vi.stubGlobal('fetch', (url: string, request?: RequestInit) => {
      if (request?.method !== 'POST') return get(url, request);
      const body: unknown = JSON.parse(typeof request.body === 'string' ? request.body : '{}');
      posted.push({ url, body });
      return Promise.resolve(post(url, body));
    });
    return posted;
  }

  it('shows who gets it, sends it, and takes it back', async () => {
    const posted = answerPosts((url) =>
      Response.json(url.endsWith('/close') ? chase('a', { state: 'closed' }) : { chases: [chase('a')] }),
    );
    const rows = [dossier('x'), dossier('y'), dossier('z', { unit: 'H49.09' })];
    const { page } = await mountAt(ChaseDialog, { props: { rows } });
    expect(page.findAll('[data-unit]').map((line) => line.text())).toEqual([
      expect.stringContaining('2 hồ sơ'),
      expect.stringContaining('Đầm Hà'),
    ]);
    await page.get('form').trigger('submit');
    await settle();
    expect(posted[0]).toEqual({
      url: '/api/chases',
      body: {
        dossier_ids: ['x', 'y', 'z'],
        text: expect.stringContaining('quá hạn'),
        deadline_at: '2026-11-23T10:00:00.000Z',
      },
    });
    expect(page.text()).toContain('Đã gửi 1 phiếu đôn đốc.');
    await page.get('[data-chase] button').trigger('click');
    await settle();
    expect(posted[1]?.url).toBe('/api/chases/a/close');
    expect(page.get('[data-chase]').text()).toContain('Đã đóng');
    page.unmount();
  });

  it('keeps what was written when it cannot be sent', async () => {
    answerPosts(() => Response.json({ code: 'IOC_INGEST_AWAY', message: 'nothing can be stored' }, { status: 503 }));
    const { page } = await mountAt(ChaseDialog, { props: { rows: [dossier('x')] } });
    await page.get('textarea').setValue('Làm ngay.');
    await page.get('form').trigger('submit');
    await settle();
    expect(page.get('[role="alert"]').text()).toContain('Hiện chưa ghi được, chưa có gì thay đổi.');
    expect(page.get<HTMLTextAreaElement>('textarea').element.value).toBe('Làm ngay.');
    page.unmount();
  });
});

describe('the page of chases', () => {
  afterEach(() => vi.unstubAllGlobals());
  const list = { at: TEST_AT, rows: [answered, chase('b', { unit: 'H49.09' }), escalated] };

  it('lists the escalated first, and counts each state', async () => {
    answerRequests({ '/api/chases': list });
    const { page } = await mountAt(ChasesPage, { path: '/chases' });
    expect(page.findAll('.card').map((card) => card.attributes('data-state'))).toEqual([
      'escalated',
      'sent',
      'answered',
    ]);
    expect(page.get('.choices [data-state="escalated"]').text()).toContain('1');
    expect(page.get('.card').text()).toContain('trễ 1 giờ');
    page.unmount();
  });

  it('narrows by state and unit from the address', async () => {
    answerRequests({ '/api/chases': list });
    const { page } = await mountAt(ChasesPage, { path: '/chases?unit=H49.09' });
    expect(page.findAll('.card').map((card) => card.attributes('data-chase'))).toEqual(['b']);
    expect(page.get('.choices [data-state="escalated"]').attributes('href')).toBe(
      '/chases?unit=H49.09&state=escalated',
    );
    page.unmount();
  });

  it('opens its dossiers, which lead to the desk', async () => {
    answerRequests({ '/api/chases': list, '/api/chases/late/dossiers': pageOf([dossier('x')]) });
    const { page } = await mountAt(ChasesPage, { path: '/chases?chase=late' });
    await settle();
    expect(page.get('.card table a').attributes('href')).toBe('/desk?unit=H49.12&state=open&dossier=x&of=H49.12');
    page.unmount();
  });
});
