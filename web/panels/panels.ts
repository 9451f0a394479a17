import { defineAsyncComponent } from 'vue';
import type { Component } from 'vue';
import type { PanelKind } from '#dashboards/schema/board.ts';
import { lacks } from '../live/rows.ts';
import type { Results } from '../live/use-panel.ts';
import PanelFigure from './figure/PanelFigure.vue';

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

/** Every kind of panel. Charts and the map are loaded when a board has one. */
export const PANEL_KINDS: Record<PanelKind, KindEntry> = {
  figure: { component: PanelFigure, layout: 'card', isBlank: noValue },
  series: {
    component: defineAsyncComponent(() => import('./series/PanelSeries.vue')),
    layout: 'plate',
    isBlank: noValue,
  },
  stack: {
    component: defineAsyncComponent(() => import('./stack/PanelStack.vue')),
    layout: 'plate',
    isBlank: noValue,
  },
  bars: {
    component: defineAsyncComponent(() => import('./bars/PanelBars.vue')),
    layout: 'plate',
    isBlank: noValue,
  },
  map: {
    component: defineAsyncComponent(() => import('./map/PanelMap.vue')),
    layout: 'plate',
    isBlank: noValue,
  },
  alerts: {
    component: defineAsyncComponent(() => import('./alerts/PanelAlerts.vue')),
    layout: 'plate',
    // no open alert is good news, not missing data
    isBlank: () => false,
  },
  feed: {
    component: defineAsyncComponent(() => import('./feed/PanelFeed.vue')),
    layout: 'strip',
    isBlank: (results) => (results.main?.rows.length ?? 0) === 0,
  },
};
