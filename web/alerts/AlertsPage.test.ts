import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import AlertsPage from './AlertsPage.vue';
import { testAlert } from './test-alerts.ts';

const AT = Date.parse('2026-11-21T02:41:27Z');
const counts = { open: 2, unseen: 1, critical: 1, mine: 0, shelved: 0, resolved_unseen: 0 };
const first = testAlert({ severity: 4, notified_reason: 'first' });
const second = testAlert({ alert_id: 'AL-2', assignee: 'Lan', human: 'assigned', texts: null, text: 'Màn hình ngừng' });

const noticed = { type: 'notified', receiver: 'thu', reason: 'first' };
const detail = {
  ...first,
  notified_to: 'thu',
  events: [
    {
      ...{ at: AT, severity: 4, value: null, actor: '', note: '', assignee: '', until_at: null, level: 0 },
      ...noticed,
    },
  ],
  annotations: { runbook_url: 'https://wiki.test/vong', team: 'mạng', link: 'javascript:alert(1)' },
  receivers: { thu: { vi: 'Thư điện tử tới ca trực', en: 'E-mail to those on shift' } },
};

/** Opens the inbox; gives the page and what it asked. */
async function open(path = '/alerts', rows = [first, second]) {
  const asked = answerRequests({
    '/api/alerts': { at: AT, count: rows.length, rows, counts },
    '/api/alerts/AL-1': detail,
    '/api/alerts/assignees': [{ name: 'Trực Vân Đồn', role: 'centre', unit: 'H49.12' }],
    '/api/alerts/act': {},
  });
  const { page, address } = await mountAt(AlertsPage, { path });
  await settle();
  return { page, address, asked };
}
const press = async (key: string): Promise<void> => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await settle();
};

describe('the inbox of alerts', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says severity, what, what it costs, since when, who has it, the value then and now, and what was told', async () => {
    const { page } = await open();
    const [one, other] = page.findAll('.list [data-alert]');
    for (const words of ['Nghiêm trọng', 'Đứt vòng Vân Đồn', 'Người dân không nộp được', '6 phút', 'đã báo lần đầu'])
      expect(one?.text()).toContain(words);
    expect(one?.get('.values').text()).toBe('14 nơi → 13 nơi');
    expect(one?.get('.nobody').text()).toBe('chưa ai nhận');
    expect(other?.text()).toContain('Lan');
    expect(other?.find('.nobody').exists()).toBe(false);
    page.unmount();
  });

  it('says one value where it has not changed', async () => {
    const { page } = await open('/alerts', [testAlert({ trigger_value: 0, value: 0 })]);
    expect(page.get('.values').text()).toBe('0 nơi');
    page.unmount();
  });

  it('asks the server for what its address says, and keeps the open alert beside it', async () => {
    const { page, asked } = await open('/alerts?state=open&human=unseen&q=ring&alert=AL-1');
    expect(asked).toContain('/api/alerts?state=open&human=unseen&q=ring');
    expect(page.get('[data-detail="AL-1"] .steps').text()).toContain('Gọi đơn vị truyền dẫn');
    expect(page.get('[data-opens]').attributes('href')).toBe('/links?ring=vong');
    page.unmount();
  });

  it('names receivers as their files do, and shows what a monitor remarked, with links to pages alone', async () => {
    const { page } = await open('/alerts?alert=AL-1');
    const panel = page.get('[data-detail="AL-1"]');
    expect(panel.get('[data-event="notified"]').text()).toContain('Thư điện tử tới ca trực');
    expect(panel.text()).toContain('đã báo lần đầu → Thư điện tử tới ca trực');
    expect(panel.get('[data-annotations]').text()).toContain('Cách xử lý');
    expect(panel.findAll('[data-annotations] a').map((link) => link.attributes('href'))).toEqual([
      'https://wiki.test/vong',
    ]);
    expect(panel.get('[data-annotations]').text()).toContain('javascript:alert(1)');
    page.unmount();
  });

  it('offers to give an alert to oneself and to those who may act on it', async () => {
    const { page, asked } = await open('/alerts?alert=AL-1');
    await press('g');
    expect(asked).toContain('/api/alerts/assignees?units=H49.12');
    await page.get('[data-assignee="Trực Vân Đồn"]').trigger('click');
    expect(page.get<HTMLInputElement>('[name=assignee]').element.value).toBe('Trực Vân Đồn');
    page.unmount();
  });

  it('acts by keys, and offers to take it back', async () => {
    const { page, asked } = await open();
    await press('j');
    await press('n');
    expect(asked).toContain('/api/alerts/act');
    expect(page.get('[data-undo]').text()).toContain('Đã nhận 1 cảnh báo');
    await press('u');
    expect(asked.filter((path) => path === '/api/alerts/act')).toHaveLength(2);
    expect(page.find('[data-undo]').exists()).toBe(false);
    page.unmount();
  });

  it('says that nothing matches', async () => {
    const { page } = await open('/alerts', []);
    expect(page.text()).toContain('Không có cảnh báo nào khớp');
    page.unmount();
  });
});
