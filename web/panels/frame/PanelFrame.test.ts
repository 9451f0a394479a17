import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Health } from '../../live/freshness.ts';
import { panelViews } from '../../live/panel-views.ts';
import { testBoard } from '../../test-board.ts';
import { answerRequests, mountAt } from '../../test-mount.ts';
import PanelFrame from './PanelFrame.vue';

const [view] = panelViews(testBoard());

async function draw(health: Health, layout: 'card' | 'plate' | 'strip' = 'plate') {
  const { page } = await mountAt(PanelFrame, {
    props: { view, health, layout, to: '/desk?state=overdue' },
    slots: { default: '<b class="figure">37</b>' },
  });
  return page;
}

describe('the frame of a panel', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('shows the title, the unit and the quiet age of a fresh figure', async () => {
    const page = await draw({ state: 'fresh', reason: null, age_ms: 2000 });
    expect(page.get('.title').text()).toBe('Tiếp nhận hôm nay');
    expect(page.get('.about').text()).toBe('hồ sơ');
    expect(page.get('[data-age]').text()).toBe('2 giây');
    expect(page.find('.reason').exists()).toBe(false);
    expect(page.get('section').attributes('data-state')).toBe('fresh');
    page.unmount();
  });

  it('leaves out the unit that the title begins with', async () => {
    if (!view) throw new Error('the board has no panel');
    const titled = { ...view, panel: { ...view.panel, title: { vi: 'Hồ sơ đang chờ', en: 'Waiting' } } };
    const { page } = await mountAt(PanelFrame, {
      props: { view: titled, health: { state: 'fresh', reason: null, age_ms: 0 }, layout: 'plate' },
    });
    expect(page.find('.about').exists()).toBe(false);
    page.unmount();
  });

  it.each([
    ['source_silent', 'ngừng gửi'],
    ['ingest_late', 'tin đến trễ'],
    ['query_failed', 'truy vấn lỗi'],
    ['store_away', 'CSDL không trả lời'],
    ['socket_lost', 'mất kết nối'],
    ['browser_frozen', 'màn hình treo'],
  ] as const)('says why a figure is stale (%s), and keeps the figure', async (reason, words) => {
    const page = await draw({ state: 'stale', reason, age_ms: 18 * 60_000 });
    expect(page.get('.reason').text()).toBe(words);
    expect(page.get('[data-age]').text()).toBe('18 phút');
    expect(page.classes()).toContain('troubled');
    expect(page.find('.figure').exists()).toBe(true);
    page.unmount();
  });

  it('never draws rows that are not there', async () => {
    for (const state of ['loading', 'error', 'empty'] as const) {
      const page = await draw({ state, reason: null, age_ms: null });
      expect(page.find('.figure').exists()).toBe(false);
      page.unmount();
    }
  });

  it('says that there is no source yet, without an age', async () => {
    const page = await draw({ state: 'empty', reason: 'source_never', age_ms: null }, 'card');
    expect(page.get('.reason').text()).toBe('chưa có nguồn');
    expect(page.find('[data-age]').exists()).toBe(false);
    page.unmount();
  });

  it('leads to the list that it counted', async () => {
    const page = await draw({ state: 'fresh', reason: null, age_ms: 0 }, 'card');
    expect(page.get('a').attributes('href')).toBe('/desk?state=overdue');
    page.unmount();
  });
});
