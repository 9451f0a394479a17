import { SettingsMap, type ClickHouseClient } from '@clickhouse/client';
import { expect } from 'vitest';
import { z } from 'zod';
import { TABLES } from '#ingest/clickhouse/relations.ts';
import type { LoadedQuery } from '../dashboards.ts';
import { deriveRows, type Row } from '../topology/derive.ts';
import { AT } from './test-province.ts';

const RowsSchema = z.object({ data: z.array(z.array(z.union([z.number(), z.string(), z.null()]))) });

/** Rows of a query, which are the same in `live` and `history`, or the test fails. */
export type Run = (
  id: string,
  options?: { at?: number; scope?: string; params?: Record<string, string | number> },
) => Promise<Row[]>;

/** For tests: asks queries of the test province, as the API does under its lens. */
export function createRun(reader: ClickHouseClient, queries: ReadonlyMap<string, LoadedQuery>): Run {
  return async (id, { at = AT, scope = '/H49/', params = {} } = {}) => {
    const query = queries.get(id);
    if (!query) throw new Error(`no query ${id}`);
    const defaults = Object.fromEntries(Object.entries(query.params).map(([name, param]) => [name, param.default]));
    const filter = `startsWith(unit_path, \\'${scope}\\')`;
    const ask = async (database: string) => {
      const reply = await reader.query({
        query: query.sql,
        format: 'JSONCompact',
        query_params: { ...defaults, ...params, at: new Date(at), scope, depth: scope.split('/').length - 2 },
        clickhouse_settings: {
          database,
          additional_table_filters: SettingsMap.from(Object.fromEntries(TABLES.map(({ name }) => [name, filter]))),
        },
      });
      return RowsSchema.parse(await reply.json()).data;
    };
    const [live, history] = await Promise.all([ask('live'), ask('history')]);
    expect(history).toEqual(live);
    const { derive, known } = query;
    if (!derive || !known) return live;
    return deriveRows(
      derive.by,
      known,
      { columns: Object.keys(derive.from), rows: live },
      Object.keys(query.rows),
      scope,
    );
  };
}
