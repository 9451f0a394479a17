import { defineAsyncComponent } from 'vue';
import type { Component } from 'vue';
import type { PanelKind } from '#dashboards/schema/kind-columns.ts';
import { lacks } from '../live/rows.ts';
import type { Results } from '../live/use-panel.ts';
import PanelFigure from './figure/PanelFigure.vue';
import PanelLoading from './frame/PanelLoading.vue';

/** What a kind of panel brings. */
export interface KindEntry {
  /** Draws the rows. Props: `view`, `results`, `state`. */
  component: Component;
  /** `card`: a figure; `plate`: a heading and a body; `strip`: a line without a frame. */
  layout: 'card' | 'plate' | 'strip';
  /** True when the rows hold nothing to draw, which is not zero. */
  isBlank: (results: Results) => boolean;
}

const noValue = (results: Results): boolean => lacks(results.main, 'value');

/** Parts that are loaded apart from the page: charts and maps are most of its weight. */
const LOADERS = {
  series: () => import('./series/PanelSeries.vue'),
  stack: () => import('./stack/PanelStack.vue'),
  bars: () => import('./bars/PanelBars.vue'),
  map: () => import('./map/PanelMap.vue'),
  matrix: () => import('./matrix/PanelMatrix.vue'),
  target: () => import('./target/PanelTarget.vue'),
  league: () => import('./league/PanelLeague.vue'),
  funnel: () => import('./funnel/PanelFunnel.vue'),
  calendar: () => import('./calendar/PanelCalendar.vue'),
  alerts: () => import('./alerts/PanelAlerts.vue'),
  feed: () => import('./feed/PanelFeed.vue'),
  table: () => import('./table/PanelTable.vue'),
  gauge: () => import('./gauge/PanelGauge.vue'),
  topology: () => import('./topology/PanelTopology.vue'),
  text: () => import('./text/PanelText.vue'),
  image: () => import('./image/PanelImage.vue'),
};

/** Begins to load every kind, beside the connection rather than after it. A part that fails is asked for again when a panel needs it. */
export function preloadPanels(): void {
  for (const load of Object.values(LOADERS)) load().catch(() => undefined);
}

function apart(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({
    loader,
    loadingComponent: PanelLoading,
    delay: 200,
    // a server that is just restarting: try for as long as the wall hangs
    onError: (_error, retry, _fail, attempts) => setTimeout(retry, Math.min(10_000, 500 * attempts)),
  });
}

/** Every kind of panel. */
export const PANEL_KINDS: Record<PanelKind, KindEntry> = {
  figure: { component: PanelFigure, layout: 'card', isBlank: noValue },
  series: {
    component: apart(LOADERS.series),
    layout: 'plate',
    isBlank: noValue,
  },
  stack: {
    component: apart(LOADERS.stack),
    layout: 'plate',
    isBlank: noValue,
  },
  bars: {
    component: apart(LOADERS.bars),
    layout: 'plate',
    isBlank: noValue,
  },
  map: {
    component: apart(LOADERS.map),
    layout: 'plate',
    isBlank: (results) => noValue(results) && lacks(results.points, 'value'),
  },
  matrix: {
    component: apart(LOADERS.matrix),
    layout: 'plate',
    isBlank: noValue,
  },
  target: { component: apart(LOADERS.target), layout: 'plate', isBlank: noValue },
  league: { component: apart(LOADERS.league), layout: 'plate', isBlank: noValue },
  funnel: { component: apart(LOADERS.funnel), layout: 'plate', isBlank: noValue },
  calendar: { component: apart(LOADERS.calendar), layout: 'plate', isBlank: noValue },
  alerts: {
    component: apart(LOADERS.alerts),
    layout: 'plate',
    // no open alert is good news, not missing data
    isBlank: () => false,
  },
  feed: {
    component: apart(LOADERS.feed),
    layout: 'strip',
    isBlank: (results) => Object.values(results).every((result) => (result?.rows.length ?? 0) === 0),
  },
  table: {
    component: apart(LOADERS.table),
    layout: 'plate',
    // no row is news too: nothing was refused
    isBlank: () => false,
  },
  gauge: { component: apart(LOADERS.gauge), layout: 'plate', isBlank: noValue },
  topology: {
    component: apart(LOADERS.topology),
    layout: 'plate',
    isBlank: (results) => (results.main?.rows.length ?? 0) === 0,
  },
  text: { component: apart(LOADERS.text), layout: 'plate', isBlank: () => false },
  image: { component: apart(LOADERS.image), layout: 'plate', isBlank: () => false },
};
