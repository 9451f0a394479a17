import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import TrailPage from './TrailPage.vue';

const row = {
  ...{ chain: 'c', seq: 2, at: Date.parse('2026-11-18T09:41:27+07:00'), kind: 'account', id: 's', account: 'a-1' },
  ...{ actor: 'Trực ban', role: 'duty', action: 'dossier.opened', target: '000.00.02.H49-240110-0001' },
  ...{ unit: 'H49.12', outcome: 'done', request: 'r', address: '10.0.0.1' },
};
const reply = {
  rows: [row, { ...row, seq: 1, kind: 'nobody', actor: '', action: 'PUT /api/x', unit: '', outcome: 'refused' }],
  next: '1~c~1',
};

describe('the page of what was done', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says who did what, when and to what, and what was refused', async () => {
    answerRequests({ '/api/trail': reply, '/api/accounts': [] });
    const { page } = await mountAt(TrailPage, { path: '/trail' });
    const [first, second] = page.findAll('[data-act]');
    expect(first?.findAll('td, th').map((cell) => cell.text())).toEqual([
      ...['18/11/2026 09:41:27', 'Trực ban', 'Mở hồ sơ', '000.00.02.H49-240110-0001', 'Vân Đồn', 'Đã làm', '10.0.0.1'],
    ]);
    expect(second?.text()).toMatch(/Chưa đăng nhập.*PUT \/api\/x.*Bị từ chối/s);
    page.unmount();
  });

  it('asks for an account, an act, and for what is older', async () => {
    const accounts = [{ id: 'a-1', name: 'truc.ban', shown: 'Trực ban' }];
    const asked = answerRequests({ '/api/trail': reply, '/api/accounts': accounts });
    const { page } = await mountAt(TrailPage, { path: '/trail' });
    await page.get('[data-filter="account"]').setValue('a-1');
    await page.get('[data-filter="action"]').setValue('login');
    await settle();
    expect(asked.at(-1)).toBe('/api/trail?account=a-1&action=login');
    await page.get('[data-page="older"]').trigger('click');
    await settle();
    expect(asked.at(-1)).toBe('/api/trail?account=a-1&action=login&before=1%7Ec%7E1');
    await page.get('[data-page="newest"]').trigger('click');
    await settle();
    expect(asked.at(-1)).toBe('/api/trail?account=a-1&action=login');
    page.unmount();
  });
});
