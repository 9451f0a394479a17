import type { Panel } from '#dashboards/schema/board.ts';
import type { PanelKind } from '#dashboards/schema/kind-columns.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import type { PanelState } from '../live/freshness.ts';
import type { PanelView } from '../live/panel-views.ts';
import type { Results } from '../live/use-panel.ts';

/** A view whose panel is of kind `K`. */
export type KindView<K extends PanelKind> = PanelView & {
  panel: Extract<Panel, { kind: K }>;
  metric: Extract<Panel, { kind: K }> extends { metric: string } ? Metric : undefined;
};

/** The props of a panel of kind `K`. It draws `results` whatever the state; the frame takes the colour from what is not fresh. */
export interface PanelProps<K extends PanelKind> {
  view: KindView<K>;
  results: Results;
  state: PanelState;
}
