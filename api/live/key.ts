import { createHash } from 'node:crypto';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { RELATIONS, type Log } from '#ingest/clickhouse/relations.ts';
import type { Lens } from '../lens.ts';
import { checkedParams, type Params } from '../store.ts';

/** One thing that is looked at: a query, its parameters, through a lens. Everybody who looks at the same shares its key. */
export interface Sight {
  key: string;
  query: LoadedQuery;
  params: Params;
  lens: Lens;
  /** The logs that it reads: it runs again when one has grown. */
  logs: readonly Log[];
}

/**
 * The sight of a query. Its key names query and scope for the reader of a log and holds, as a hash, everything that the answer
 * depends on, the text of the SQL too: a query that was edited is another key, so nobody is shown rows of the old one as new.
 * Throws `IOC_BAD_REQUEST` for parameters that the query does not take.
 */
export function sightOf(query: LoadedQuery, params: Params, lens: Lens): Sight {
  const values = checkedParams(query, params);
  const { sql, rows, max_rows, refresh_s } = query;
  const exact = JSON.stringify([
    [sql, rows, max_rows, refresh_s],
    Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)),
    [lens.scope, lens.at, lens.known_at],
  ]);
  const hash = createHash('sha256').update(exact).digest('base64url').slice(0, 12);
  return { key: `${query.id}@${lens.scope}#${hash}`, query, params: values, lens, logs: logsOf(query.relations) };
}

/** The logs under a list of relations; every log where a relation is not known, so that nothing is missed. */
function logsOf(relations: readonly string[]): Log[] {
  const known = new Map<string, readonly Log[]>(Object.entries(RELATIONS));
  const all = [...known.values()].flat();
  return [...new Set(relations.flatMap((relation) => known.get(relation) ?? all))];
}
