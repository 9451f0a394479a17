import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import type { Snapshot } from '#api/contract.ts';
import type { Panel } from '#dashboards/schema/board.ts';
import type { PanelKind } from '#dashboards/schema/kind-columns.ts';
import { createKeyStore } from '../live/key-store.ts';
import { LIVE_BOARD } from '../live/live-board.ts';
import { useConnection } from '../stores/connection.ts';
import { testBoard, testMetric, testSnapshot } from '../test-board.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import PanelSlot from './PanelSlot.vue';

const NOW = Date.parse('2026-11-21T02:41:27Z');
const both = (text: string) => ({ vi: text, en: text });
const base = { title: both('Thử'), question: both('Gì?'), at: { x: 0, y: 0, w: 4, h: 4 } };
const use = { query: 'q', params: {} };
const measured = { ...base, metric: 'count', sources: ['dossier' as const], stale_after_s: 60, queries: { main: use } };
const named = { label: 'text' as const, labels: {} };
const series = [{ id: 'a', name: both('vào'), color: 'in' as const }];

/** A panel of each kind, and a row that it can draw. Kinds that ask nothing have none. */
const KINDS: { [K in PanelKind]: { panel: Extract<Panel, { kind: K }>; row?: Record<string, string | number> } } = {
  figure: {
    panel: { kind: 'figure', ...measured, options: { second: 'none', note: 'text', alarm: false, color: 'in' } },
    row: { value: 3 },
  },
  gauge: { panel: { kind: 'gauge', ...measured, options: { min: 0, max: 10 } }, row: { value: 3 } },
  series: {
    panel: { kind: 'series', ...measured, options: { series, limits: true } },
    row: { t: NOW, series: 'a', value: 3 },
  },
  stack: {
    panel: { kind: 'stack', ...measured, options: { series, limits: true } },
    row: { t: NOW, series: 'a', value: 3 },
  },
  bars: {
    panel: { kind: 'bars', ...measured, options: { ...named, top: 8, color: 'in' } },
    row: { label: 'a', value: 3 },
  },
  map: { panel: { kind: 'map', ...measured, options: {} }, row: { unit: 'H49', value: 3 } },
  matrix: { panel: { kind: 'matrix', ...measured }, row: { label: 'H49', t: NOW, value: 3 } },
  target: {
    panel: { kind: 'target', ...measured, options: { ...named, top: 8 } },
    row: { label: 'a', value: 3, goal: 9 },
  },
  league: { panel: { kind: 'league', ...measured, options: { ...named, top: 8 } }, row: { label: 'a', value: 3 } },
  funnel: { panel: { kind: 'funnel', ...measured, options: { ...named, color: 'in' } }, row: { label: 'a', value: 3 } },
  calendar: { panel: { kind: 'calendar', ...measured }, row: { t: NOW, value: 3 } },
  alerts: {
    panel: { kind: 'alerts', ...measured, options: { top: 5 } },
    row: { id: 'a', severity: 3, kind: 'link_down', unit: 'H49', since: NOW, value: 1 },
  },
  feed: {
    panel: { kind: 'feed', ...measured, options: { top: 5 } },
    row: { id: 'a', t: NOW, family: 'link', type: 'link.down', unit: 'H49', text: 'l' },
  },
  table: {
    panel: {
      kind: 'table',
      ...measured,
      options: { top: 5, columns: [{ column: 'id', title: both('Mã'), format: 'text', labels: {}, grows: true }] },
    },
    row: { id: 'a' },
  },
  topology: {
    panel: { kind: 'topology', ...measured, options: { labels: {} } },
    row: { part: 'link', id: 'l', behind: '', unit: 'H49', state: 'up', cut_off: 0 },
  },
  text: { panel: { kind: 'text', ...base, queries: {}, options: { words: both('Lời'), size: 'normal' } } },
  image: {
    panel: { kind: 'image', ...base, queries: {}, options: { file: 'a.svg', alt: both('Hình'), fit: 'contain' } },
  },
};
const asking = Object.values(KINDS).flatMap(({ panel, row }) => (row ? [{ kind: panel.kind, panel, row }] : []));
/** Kinds of which no row is good news. */
const CALM = ['alerts', 'table'];

/** A panel on a wall, with what the server has said of it so far. */
async function open(panel: Panel, snapshot?: Snapshot) {
  const store = createKeyStore();
  if (snapshot) store.take([snapshot]);
  const metric = 'metric' in panel ? testMetric({ limits: [1, 2, 3, 4], target: 9 }) : undefined;
  const live = { board: shallowRef(testBoard()), panels: shallowRef([]), faults: shallowRef([]), result: store.result };
  const { page } = await mountAt(PanelSlot, {
    props: { view: { id: 'thu', panel, metric, keys: 'metric' in panel ? { main: 'k' } : {} } },
    provide: { [LIVE_BOARD]: live },
    // a canvas and a map need a browser: what draws them is seen in e2e
    stubs: ['PanelChart', 'PanelMap'],
  });
  return page;
}

/** The server has been heard; its one source was last heard `ago` ms before. */
function hear(page: Awaited<ReturnType<typeof open>>, ago: number): void {
  const connection = useConnection(page.vm.$pinia);
  connection.up();
  const at = NOW - ago;
  const source = {
    family: 'dossier',
    source: 'a',
    observed_at: at,
    received_at: at,
    simulated: false,
    is_silent: null,
  } as const;
  connection.heard({ now: NOW, seqs: {}, failure: null, sources: [source] });
}
const answer = (
  row: Record<string, string | number> | undefined,
  columns: string[],
  failure: Snapshot['failure'] = null,
) => testSnapshot('k', columns, row ? [Object.values(row)] : [], { failure });

describe('a panel of each kind', () => {
  beforeEach(() => void answerRequests());
  afterEach(() => vi.unstubAllGlobals());

  it.each(asking)('$kind loads until its rows are there', async ({ panel }) => {
    const page = await open(panel);
    expect(page.attributes('data-state')).toBe('loading');
    if (panel.kind !== 'feed' && panel.kind !== 'figure') expect(page.text()).toContain('đang tải…');
    page.unmount();
  });

  it.each(asking)('$kind says that there is nothing, which is not zero', async ({ kind, panel, row }) => {
    const page = await open(panel, answer(undefined, Object.keys(row)));
    hear(page, 1000);
    await settle();
    expect(page.attributes('data-state')).toBe(CALM.includes(kind) ? 'fresh' : 'empty');
    if (!CALM.includes(kind)) expect(page.text()).toMatch(/không có số liệu|thiếu số liệu|—/);
    page.unmount();
  });

  it.each(asking)(
    '$kind keeps its rows without colour when its source falls silent, and says why',
    async ({ panel, row }) => {
      const page = await open(panel, answer(row, Object.keys(row)));
      hear(page, 3_600_000);
      await vi.dynamicImportSettled();
      await settle();
      expect(page.attributes()).toMatchObject({ 'data-state': 'stale', 'data-reason': 'source_silent' });
      expect(page.text()).toContain('ngừng gửi');
      expect(page.find('.body').exists()).toBe(true);
      expect(page.find('.body .note').exists()).toBe(false);
      page.unmount();
    },
  );

  it.each(asking)('$kind says that its query failed, and draws no rows that are none', async ({ kind, panel, row }) => {
    const page = await open(panel, answer(undefined, Object.keys(row), { code: 'IOC_QUERY_FAILED', message: 'x' }));
    hear(page, 1000);
    await settle();
    expect(page.attributes()).toMatchObject({
      'data-state': CALM.includes(kind) ? 'stale' : 'error',
      'data-reason': 'query_failed',
    });
    expect(page.text()).toContain('truy vấn lỗi');
    page.unmount();
  });

  it.each(['text', 'image'] as const)('%s is as it is whatever the server says', async (kind) => {
    const page = await open(KINDS[kind].panel);
    await vi.dynamicImportSettled();
    await settle();
    expect(page.attributes('data-state')).toBe('fresh');
    expect(page.find('[data-age]').exists()).toBe(false);
    if (kind === 'text') expect(page.get('p').text()).toBe('Lời');
    else expect(page.get('img').attributes('alt')).toBe('Hình');
    page.unmount();
  });
});
