import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import DeskPage from './DeskPage.vue';

const AT = Date.parse('2026-11-21T02:41:27Z');
const dossier = (id: string, due_at: number | null) => ({
  dossier_id: id,
  unit: 'H49.12',
  unit_path: '/H49/H49.12/',
  status: 4,
  status_at: AT,
  accepted_at: AT - 9e8,
  due_at,
  finished_at: null,
  procedure_code: '1.003560',
  procedure_name: 'Đăng ký khai sinh',
  field_name: 'Hộ tịch',
  channel: 2,
  handler_path: '/H49/H49.12/',
  step_holder: '',
  simulated: 1,
});
const counts = { open: 9, overdue: 2, due_soon: 0, paused: 1, received_today: 3, finished_today: 4 };
const replies = {
  '/api/dossiers': {
    at: AT,
    rows: [dossier('H49.12-261101-0001', AT - 7.2e6), dossier('H49.12-261101-0002', null)],
    next: 'abc',
  },
  '/api/dossiers/summary': { at: AT, counts },
};
const press = (key: string): void =>
  void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

describe('the desk', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('lists what the address asks for, with how late each is', async () => {
    const asked = answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk?unit=H49.12&state=overdue' });
    expect(asked).toContain('/api/dossiers?state=overdue&limit=100&unit=H49.12');
    expect(page.findAll('tbody tr')).toHaveLength(2);
    expect(page.get('tbody tr').text()).toContain('trễ 2 giờ');
    expect(page.text()).toContain('2 / 2 hồ sơ');
    page.unmount();
  });

  it('puts the state that is chosen into the address', async () => {
    answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk?unit=H49.12' });
    await page.get('button[data-state="paused"]').trigger('click');
    await settle();
    expect(address()).toBe('/desk?unit=H49.12&state=paused');
    page.unmount();
  });

  it('goes to the next page and back to the first', async () => {
    answerRequests(replies);
    const { page, address } = await mountAt(DeskPage, { path: '/desk' });
    await page.findAll('.pages button').at(-1)?.trigger('click');
    await settle();
    expect(address()).toBe('/desk?state=overdue&after=abc');
    await page.get('.pages button').trigger('click');
    await settle();
    expect(address()).toBe('/desk?state=overdue');
    page.unmount();
  });

  it('opens and closes a dossier by keys', async () => {
    answerRequests(replies);
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    press('j');
    press('Enter');
    await settle();
    expect(page.get('.drawer').text()).toContain('H49.12-261101-0001');
    expect(page.get('.drawer').text()).toContain('Huyện Vân Đồn');
    press('Escape');
    await settle();
    expect(page.find('.drawer').exists()).toBe(false);
    page.unmount();
  });

  it('says what the server said when it refuses', async () => {
    answerRequests({});
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    expect(page.get('[role="alert"]').text()).toContain('không có');
    page.unmount();
  });

  it('says that there is nothing, which is not a fault', async () => {
    answerRequests({ ...replies, '/api/dossiers': { at: AT, rows: [], next: null } });
    const { page } = await mountAt(DeskPage, { path: '/desk' });
    expect(page.text()).toContain('Không có hồ sơ nào ở trạng thái này.');
    expect(page.find('[role="alert"]').exists()).toBe(false);
    page.unmount();
  });
});
