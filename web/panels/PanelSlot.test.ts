import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { createKeyStore } from '../live/key-store.ts';
import { LIVE_BOARD } from '../live/live-board.ts';
import { panelViews } from '../live/panel-views.ts';
import { useConnection } from '../stores/connection.ts';
import { testBoard, testSnapshot } from '../test-board.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import PanelSlot from './PanelSlot.vue';

const figure = (seq: number, value: number) => testSnapshot('k-received', ['value'], [[value]], { seq });

async function open() {
  const board = testBoard();
  const store = createKeyStore();
  store.take([figure(1, 10)]);
  const panels = panelViews(board);
  const live = {
    board: shallowRef(board),
    panels: shallowRef(panels),
    faults: shallowRef([]),
    result: store.result,
  };
  const { page } = await mountAt(PanelSlot, { props: { view: panels[0] }, provide: { [LIVE_BOARD]: live } });
  const connection = useConnection(page.vm.$pinia);
  const now = Date.parse('2026-11-21T02:41:27Z');
  const hear = (received_at = now - 2000): void => {
    connection.up();
    const source = {
      family: 'dossier',
      source: 'a',
      observed_at: received_at,
      received_at,
      simulated: false,
      is_silent: null,
    } as const;
    connection.heard({ now, seqs: {}, failure: null, sources: [source] });
  };
  return { page, store, connection, hear };
}

describe('a panel on a wall', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it('loads, is fresh, then stale when its source falls silent', async () => {
    const { page, hear } = await open();
    expect(page.attributes('data-state')).toBe('loading');
    hear();
    await settle();
    expect(page.attributes('data-state')).toBe('fresh');
    expect(page.get('[data-value]').text()).toBe('10');
    hear(Date.parse('2026-11-21T02:00:00Z'));
    await settle();
    expect(page.attributes()).toMatchObject({ 'data-state': 'stale', 'data-reason': 'source_silent' });
    expect(page.get('[data-value]').text()).toBe('10');
    page.unmount();
  });

  it('draws a burst of changes at most once a second, and ends on the last', async () => {
    const { page, store, hear } = await open();
    hear();
    await settle();
    const seen = new Set<string>();
    for (let value = 11; value <= 30; value += 1) {
      store.take([figure(value, value)]);
      await nextTick();
      seen.add(page.get('[data-value]').text());
    }
    expect(seen.size).toBeLessThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(page.get('[data-value]').text()).toBe('30');
    page.unmount();
  });

  it('leads where its file says, for the unit of the board', async () => {
    const { page } = await open();
    expect(page.get('a').attributes('href')).toMatch(
      /^\/desk\?unit=H49&state=received_today&figure=\d+&at=.+&known_at=.+$/,
    );
    page.unmount();
  });
});
