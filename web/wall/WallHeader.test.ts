import { afterEach, expect, it, vi } from 'vitest';
import type { Pulse } from '#api/contract.ts';
import { useConnection } from '../stores/connection.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import WallHeader from './WallHeader.vue';

afterEach(() => vi.unstubAllGlobals());

const NOW = 1_800_000_000_000;
const pulse = (more: Partial<Pulse> = {}): Pulse => ({
  now: NOW,
  seqs: {},
  sources: [
    {
      ...{ family: 'dossier', source: 'theo-ngay', observed_at: NOW - 9e7, received_at: NOW - 9e7 },
      ...{ simulated: true, is_silent: false },
    },
    { family: 'link', source: 'mang', observed_at: NOW, received_at: NOW, simulated: false, is_silent: true },
  ],
  failure: null,
  ...more,
});

async function header() {
  answerRequests();
  const { page } = await mountAt(WallHeader, { props: { heading: 'Thử' } });
  const connection = useConnection(page.vm.$pinia);
  connection.up();
  return { page, hear: async (next: Pulse) => (connection.heard(next), await settle()) };
}

it('counts the sources that are within their own limits', async () => {
  const { page, hear } = await header();
  await hear(pulse());
  expect(page.get('.health').text()).toBe('1/2 nguồn đang gửi');
  expect(page.find('.simulated').exists()).toBe(true);
});

it('says that the database is gone rather than how many sources sent before', async () => {
  const { page, hear } = await header();
  await hear(pulse({ failure: { code: 'IOC_STORE_AWAY', message: 'away' } }));
  expect(page.get('.health').text()).toBe('cơ sở dữ liệu không trả lời');
  expect(page.get('.health').attributes('data-mood')).toBe('lost');
  await hear(pulse({ failure: { code: 'IOC_QUERY_TIMEOUT', message: 'slow' } }));
  expect(page.get('.health').text()).toBe('chưa rõ tình trạng các nguồn');
  expect(page.get('.health').attributes('data-mood')).toBe('lost');
  await hear(pulse());
  expect(page.get('.health').text()).toBe('1/2 nguồn đang gửi');
});
