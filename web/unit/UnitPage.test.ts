import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, TEST_PROVINCE } from '../test-mount.ts';
import { counts as groupCounts } from '../desk/test-dossiers.ts';
import UnitPage from './UnitPage.vue';

const AT = Date.parse('2026-11-21T02:41:27Z');
const [root, first, second] = TEST_PROVINCE.units;
const counts = groupCounts({ open: 1284, open_overdue: 37, paused: 1, received: 3 });

describe('the page of a unit', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('shows its figures, each leading to its list', async () => {
    answerRequests({ '/api/units/H49': { at: AT, unit: root, counts, children: [] } });
    const { page } = await mountAt(UnitPage, { props: { id: 'H49' } });
    expect(page.get('h1').text()).toBe('Tỉnh Thử');
    expect(page.text()).toContain('1.284');
    expect(page.findAll('.counts a').map((link) => link.attributes('href'))).toContain(
      '/desk?unit=H49&state=open_overdue',
    );
    expect(page.text()).toContain('Không có đơn vị trực thuộc.');
    page.unmount();
  });

  it('puts the latest unit first, and a unit without dossiers last, with dashes', async () => {
    const children = [
      { unit: second, counts: null },
      { unit: first, counts: { ...counts, open_overdue: 5 } },
    ];
    answerRequests({ '/api/units/H49': { at: AT, unit: root, counts, children } });
    const { page } = await mountAt(UnitPage, { props: { id: 'H49' } });
    const rows = page.findAll('tbody tr');
    expect(rows.map((row) => row.attributes('data-unit'))).toEqual(['H49.12', 'H49.09']);
    expect(rows[1]?.text()).toContain('—');
    expect(rows[1]?.text()).not.toContain('0');
    page.unmount();
  });

  it('tells no dossiers known from none at all', async () => {
    answerRequests({ '/api/units/H49': { at: AT, unit: root, counts: null, children: [] } });
    const { page } = await mountAt(UnitPage, { props: { id: 'H49' } });
    expect(page.text()).toContain('Chưa nhận được hồ sơ nào');
    expect(page.findAll('[data-value]').every((value) => value.text() === '—')).toBe(true);
    page.unmount();
  });
});
