import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../../test-mount.ts';
import { TEST_AT } from '../test-dossiers.ts';
import IntegrityPage from './IntegrityPage.vue';

const words = { vi: 'x', en: 'x' };
const reply = {
  ...{ at: TEST_AT, from: TEST_AT - 31 * 8.64e7, to: TEST_AT, dossiers: 1284 },
  findings: [
    {
      ...{ code: 'finish_equals_promise', unit: 'H49.12', unit_path: '/H49/H49.12/', count: 3, of: 12, text: words },
      dossier_ids: ['a', 'b', 'c'],
    },
    {
      ...{ code: 'supplement_repeated', unit: 'H49.09', unit_path: '/H49/H49.09/', count: 5, of: 10, text: words },
      dossier_ids: ['d', 'e'],
    },
  ],
};

describe('the page of findings', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says what was found by unit, and opens exactly those dossiers', async () => {
    answerRequests({ '/api/integrity': reply });
    const { page } = await mountAt(IntegrityPage, { path: '/integrity' });
    expect(page.text()).toContain('1.284 hồ sơ');
    const [equal, repeated] = page.findAll('[data-finding]');
    expect(equal?.text()).toContain('Vân Đồn');
    expect(equal?.text()).toContain('25,0 %');
    expect(equal?.get('.open a').attributes('href')).toBe('/desk?state=finished&ids=a,b,c');
    expect(repeated?.get('.open a').text()).toBe('Mở 2 hồ sơ đầu');
    expect(repeated?.get('.open a').attributes('href')).toBe('/desk?state=received&ids=d,e');
    page.unmount();
  });

  it('asks for whole days of the province, and keeps the unit', async () => {
    const asked = answerRequests({ '/api/integrity': reply });
    const { page, address } = await mountAt(IntegrityPage, { path: '/integrity?unit=H49.12' });
    await page.findAll('input')[0]?.setValue('2026-11-10');
    await page.findAll('input')[0]?.trigger('change');
    await settle();
    expect(address()).toBe('/integrity?unit=H49.12&from=2026-11-10&to=2026-11-21');
    const last = new URL(asked.at(-1) ?? '', 'http://localhost').searchParams;
    expect(Object.fromEntries(last)).toEqual({
      ...{ unit: 'H49.12', from: '2026-11-10T00:00:00.000+07:00', to: '2026-11-22T00:00:00.000+07:00' },
    });
    page.unmount();
  });

  it('says that nothing was found, which is no fault', async () => {
    answerRequests({ '/api/integrity': { ...reply, findings: [] } });
    const { page } = await mountAt(IntegrityPage, { path: '/integrity' });
    expect(page.text()).toContain('Không có dấu hiệu nào');
    page.unmount();
  });
});
