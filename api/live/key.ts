import { createHash } from 'node:crypto';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { WATCHED } from '#ingest/clickhouse/relations.ts';
import type { Lens } from '../lens.ts';
import { checkedParams, type Params } from '../store.ts';

/** One thing that is looked at: a query, its parameters, through a lens. Everybody who looks at the same shares its key. */
export interface Sight {
  key: string;
  query: LoadedQuery;
  params: Params;
  lens: Lens;
  /** The tables that it is made of: it runs again when one has grown. */
  tables: readonly string[];
}

/**
 * The sight of a query. Its key names query and scope for the reader of a log and holds, as a hash, everything that the answer
 * depends on, the text of the SQL too: a query that was edited is another key, so nobody is shown rows of the old one as new.
 * Throws `IOC_BAD_REQUEST` for parameters that the query does not take.
 */
export function sightOf(query: LoadedQuery, params: Params, lens: Lens): Sight {
  const values = checkedParams(query, params);
  const { sql, rows, max_rows, refresh_s, min_interval_s, derive, known } = query;
  const exact = JSON.stringify([
    [sql, rows, max_rows, refresh_s, min_interval_s, derive, known],
    Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)),
    [lens.scope, lens.at, lens.known_at],
  ]);
  const hash = createHash('sha256').update(exact).digest('base64url').slice(0, 12);
  return { key: `${query.id}@${lens.scope}#${hash}`, query, params: values, lens, tables: tablesOf(query.relations) };
}

/** The tables to watch for a list of relations; all where a relation is not known, so that nothing is missed. */
function tablesOf(relations: readonly string[]): string[] {
  const watched = new Map<string, string>(Object.entries(WATCHED));
  const all = [...watched.values()];
  return [...new Set(relations.flatMap((relation) => watched.get(relation) ?? all))];
}
