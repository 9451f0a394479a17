import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cell } from '#api/contract.ts';
import { testBoard, testMetric, testSnapshot } from '../../test-board.ts';
import { answerRequests, mountAt } from '../../test-mount.ts';
import PanelFeed from './PanelFeed.vue';

const base = testBoard().board.panels.received;
const view = {
  id: 'feed',
  keys: {},
  metric: testMetric(),
  panel: { ...base, kind: 'feed', opens: undefined, options: { top: 5 } },
};
const NOW = Date.parse('2026-11-21T02:41:27Z');
const rows = (from: number): Cell[][] =>
  Array.from({ length: 8 }, (_, index) => [
    `e${from - index}`,
    NOW - index * 1000,
    'dossier',
    'dossier.returned',
    'H49.12',
    'Đăng ký khai sinh',
  ]);
const results = (from: number) => ({
  main: testSnapshot('k', ['id', 't', 'family', 'type', 'unit', 'text'], rows(from)),
});

describe('the ticker', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('says when, who and what, in the viewer’s words', async () => {
    const { page } = await mountAt(PanelFeed, { props: { view, results: results(100), state: 'fresh' } });
    expect(page.get('.entry').text().replace(/\s+/g, ' ')).toBe('09:41:27 Vân Đồn trả kết quả đăng ký khai sinh');
    page.unmount();
  });

  it('does not grow, however long it runs', async () => {
    const { page } = await mountAt(PanelFeed, { props: { view, results: results(100), state: 'fresh' } });
    for (let from = 101; from < 200; from += 1) await page.setProps({ results: results(from) });
    expect(page.findAll('.entry')).toHaveLength(5);
    page.unmount();
  });
});
