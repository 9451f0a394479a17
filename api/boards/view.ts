import { createHash } from 'node:crypto';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { chosenOf, fillVariables } from '#dashboards/fill-variables.ts';
import type { Panel, QueryUse } from '#dashboards/schema/board.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import type { PanelKeys, ResolvedBoard } from '../contract.ts';
import { sightOf, type Sight } from '../live/key.ts';

/** A board as one viewer sees it, with everything that has to be followed for it. */
export interface View {
  board: ResolvedBoard;
  sights: readonly Sight[];
}

/** What an address says of the variables of a board, by name; what is no choice of its variable counts for nothing. */
export type Said = Readonly<Record<string, string>>;

/** Resolves a board for whoever looks at `unit`, live, by what is said of its variables; undefined when there is no such board. */
export function viewOf(dashboards: Dashboards, id: string, unit: PlacedUnit, said: Said = {}): View | undefined {
  const written = dashboards.boards.get(id);
  if (!written) return undefined;
  const board = fillVariables(written, said);
  const lens = { scope: unit.path, at: null, known_at: null };
  const sights = new Map<string, Sight>();
  const keys: Record<string, PanelKeys> = {};
  const metrics: Record<string, Metric> = {};
  for (const [panelId, panel] of Object.entries(board.panels)) {
    const panelKeys: PanelKeys = {};
    for (const [role, use] of usesOf(panel)) {
      const query = dashboards.queries.get(use.query);
      // the loader refuses a board that names a query which is not there
      if (!query) throw new Error(`board ${id}, panel ${panelId}: query ${use.query} is not loaded`);
      const sight = sightOf(query, use.params, lens);
      sights.set(sight.key, sight);
      panelKeys[role] = sight.key;
    }
    keys[panelId] = panelKeys;
    const metric = 'metric' in panel ? dashboards.metrics.get(panel.metric) : undefined;
    if ('metric' in panel && metric) metrics[panel.metric] = metric;
  }
  const revision = createHash('sha256')
    .update(JSON.stringify([board, metrics, keys]))
    .digest('base64url')
    .slice(0, 16);
  return {
    board: {
      id,
      revision,
      board,
      metrics,
      keys,
      unit: { code: unit.code, path: unit.path },
      chosen: chosenOf(written, said),
    },
    sights: [...sights.values()],
  };
}

/** The queries that a panel uses, by role. */
export function usesOf(panel: Panel): [role: string, use: QueryUse][] {
  const uses: Readonly<Record<string, QueryUse | undefined>> = panel.queries;
  return Object.entries(uses).flatMap(([role, use]) => (use ? [[role, use]] : []));
}
