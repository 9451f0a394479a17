import type { Calendar } from '#ingest/schema/calendar.ts';
import type { Station } from '#ingest/schema/stations.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Text, UnitTree } from '#ingest/schema/unit-tree.ts';
import type { AlertRule } from './schema/alert-rule.ts';
import type { Board } from './schema/board.ts';
import type { Metric } from './schema/metric.ts';
import type { NotifyFiles } from './schema/notify.ts';
import type { Parent } from './schema/parent.ts';
import type { Query } from './schema/query.ts';
import type { Reconciliation } from './schema/reconciliation.ts';
import type { Topology } from './schema/topology.ts';
import type { Known } from './topology/derive.ts';

/** A query with its SQL and the relations that the SQL names. */
export interface LoadedQuery extends Query {
  id: string;
  sql: string;
  relations: readonly string[];
  /** What rows are worked out with, where the query derives them. */
  known?: Known;
}

/** A rule of alerts with the query that it asks. */
export interface LoadedRule extends AlertRule {
  id: string;
  loaded: LoadedQuery;
}

/** Everything that the files say, checked and with defaults filled. */
export interface Dashboards {
  boards: ReadonlyMap<string, Board>;
  queries: ReadonlyMap<string, LoadedQuery>;
  metrics: ReadonlyMap<string, Metric>;
  /** Names of what readings and entries measure, by metric: `air.pm25`. */
  measures: ReadonlyMap<string, Text>;
  reconciliations: ReadonlyMap<string, Reconciliation>;
  /** Ids of the maps that panels may name. */
  maps: ReadonlySet<string>;
  /** Names of the images that panels may name, with their endings. */
  images: ReadonlySet<string>;
  rules: ReadonlyMap<string, LoadedRule>;
  /** Who is told of alerts, and of which not. */
  notify: NotifyFiles;
  /** The centres above this one, and what they are told. */
  parents: ReadonlyMap<string, Parent>;
  /** The province that is served. */
  province: {
    id: string;
    tree: UnitTree;
    units: UnitIndex;
    calendar: Calendar;
    topology?: Topology | undefined;
    stations: readonly Station[];
  };
}
