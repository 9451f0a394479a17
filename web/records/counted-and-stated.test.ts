import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import CountsPage from './CountsPage.vue';
import EntriesPage from './EntriesPage.vue';

const AT = Date.parse('2026-11-18T03:30:00Z');
const counted = {
  ...{ id: 'a', unit: 'H49.12', metric: 'document.out', subject: 'vb', place: '', source: 'qlvb', observed_at: AT },
  ...{ value: 7, value_unit: '1', simulated: 0 },
};
const stated = {
  ...{
    unit: 'H49',
    metric: 'index.pci_rank',
    period: '2025',
    value: 1,
    actor: 'nguoi-nhap',
    note: '',
    source: 'toan-canh',
  },
  ...{ observed_at: AT, simulated: 0 },
};
const replies = {
  '/api/measures': { 'document.out': { vi: 'Văn bản đi', en: 'Sent' } },
  '/api/counts': { at: AT, count: 900, sum: 1234, next: 'tiep', rows: [counted] },
  '/api/entries': { at: AT, count: 2, sum: 1, rows: [stated, { ...stated, value: null }] },
};

describe('what a count and a stated figure open', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is the list whose sum is the figure, with its file and its next page', async () => {
    const asked = answerRequests(replies);
    const query = 'unit=H49&metric=document.out&days=1&figure=1234&at=2026-11-18T03:30:00.000Z';
    const { page } = await mountAt(CountsPage, { path: `/counts?${query}` });
    await settle();
    expect(
      asked.some((url) => /^\/api\/counts\?.*metric=document.out.*days=1/.test(url) && !url.includes('figure')),
    ).toBe(true);
    expect(page.get('[data-figure]').attributes('data-difference')).toBe('0');
    expect(page.get('[data-sum]').text()).toBe('Tổng: 1.234');
    expect(page.get('h1').text()).toContain('Văn bản đi');
    expect(page.get('a[download]').attributes('href')).toMatch(/^\/api\/counts\/export\.csv\?.*days=1/);
    expect(page.get('[data-next]').attributes('href')).toContain('after=tiep');
    expect(page.get('[data-record="a"]').text()).toContain('Vân Đồn');
    page.unmount();
  });

  it('says who stated a figure and of which period, and leads to all that was ever said of it', async () => {
    answerRequests(replies);
    const { page } = await mountAt(EntriesPage, {
      path: '/entries?unit=H49&own=1&metric=index.pci_rank&period=newest',
    });
    await settle();
    expect(page.get('[data-sum]').text()).toBe('Tổng: 1');
    const [first, second] = page.findAll('[data-record]');
    expect(first?.text()).toContain('nguoi-nhap');
    expect(second?.text()).toContain('đã rút');
    expect(first?.get('a').attributes('href')).toMatch(/history=1/);
    page.unmount();
  });
});
