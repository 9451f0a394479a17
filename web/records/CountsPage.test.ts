import { afterEach, expect, it, vi } from 'vitest';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import CountsPage from './CountsPage.vue';

afterEach(() => vi.unstubAllGlobals());

it('says of what period its list is, also where it is that of today', async () => {
  answerRequests({
    '/api/counts': { at: Date.parse('2026-11-21T02:41:27Z'), count: 0, rows: [], sum: null, next: null },
  });
  const { page } = await mountAt(CountsPage, { path: '/counts?metric=tin.so&days=7' });
  await page.get('[data-chip="days"] a').trigger('click');
  await settle();
  expect(page.get('[data-chip="days"]').text()).toBe('hôm nay');
  expect(page.find('[data-chip="days"] a').exists()).toBe(false);
  page.unmount();
});
