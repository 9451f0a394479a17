import type { Text } from '#ingest/schema/unit-tree.ts';

/** `GET /api/definitions`: what boards may be made of. */
export interface Definitions {
  kinds: KindInfo[];
  queries: QueryInfo[];
  metrics: MetricInfo[];
}

/** A kind of panel: the columns that it reads from each of its queries, by role, and the shortest panel of that kind on any board, as its file says it. */
export interface KindInfo {
  kind: string;
  columns: Record<string, string[]>;
  example: { board: string; panel: string; text: string } | null;
}

/** A query that panels may name. */
export interface QueryInfo {
  id: string;
  description: string;
  params: { name: string; type: string; default: number | string; allowed: (number | string)[] | null }[];
  /** Column to type. */
  rows: Record<string, string>;
}

/** A metric that panels may name. */
export interface MetricInfo {
  id: string;
  name: Text;
  unit: Text;
  definition: Text;
}
