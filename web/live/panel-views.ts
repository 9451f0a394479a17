import type { PanelKeys, ResolvedBoard } from '#api/contract.ts';
import type { Panel } from '#dashboards/schema/board.ts';
import type { Metric } from '#dashboards/schema/metric.ts';

/** A panel with everything that draws it but its rows. Words and pictures have no metric. */
export interface PanelView {
  id: string;
  panel: Panel;
  metric: Metric | undefined;
  keys: PanelKeys;
}

/** The panels of a board. A panel equal to one of `before` is that very object: Vue then leaves it alone. */
export function panelViews(board: ResolvedBoard, before: readonly PanelView[] = []): PanelView[] {
  const known = new Map(before.map((view) => [view.id, view]));
  const views: PanelView[] = [];
  for (const [id, panel] of Object.entries(board.board.panels)) {
    const metric = 'metric' in panel ? board.metrics[panel.metric] : undefined;
    if ('metric' in panel && !metric) continue; // the server resolves no board with an unknown metric
    const view = { id, panel, metric, keys: board.keys[id] ?? {} };
    const old = known.get(id);
    views.push(old && JSON.stringify(old) === JSON.stringify(view) ? old : view);
  }
  return views;
}
