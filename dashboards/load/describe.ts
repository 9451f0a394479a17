import { ClickHouseError, SettingsMap, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { TABLES } from '#ingest/clickhouse/relations.ts';
import type { Describe, Described } from '../schema/describe.ts';

const ReplySchema = z.object({ data: z.array(z.object({ name: z.string(), type: z.string() }).loose()) });
/** A query must run under filters as the lens sets them: on every table, by scope and by time. */
const FILTERS = SettingsMap.from(
  Object.fromEntries(TABLES.map(({ name }) => [name, `startsWith(unit_path, \\'/A00/\\')`])),
);

/** Describes queries with a client, in both databases that the lens picks from. */
export function createDescriber(client: ClickHouseClient): Describe {
  return async (sql, params) =>
    Promise.all(['live', 'history'].map((database) => describe(client, database, sql, params)));
}

async function describe(
  client: ClickHouseClient,
  database: string,
  sql: string,
  params: Readonly<Record<string, string | number>>,
): Promise<Described> {
  try {
    const reply = await client.query({
      query: `DESCRIBE TABLE (\n${sql}\n)`,
      format: 'JSON',
      query_params: { ...params, at: new Date(0), scope: '/A00/', depth: 1 },
      clickhouse_settings: { database, additional_table_filters: FILTERS },
    });
    return { database, columns: ReplySchema.parse(await reply.json()).data };
  } catch (error) {
    if (!(error instanceof ClickHouseError)) throw error;
    const [, line, column] = /\(line (\d+), col (\d+)\)/.exec(error.message) ?? [];
    // the first line of what was sent is ours
    const place = line === undefined ? {} : { line: Math.max(1, Number(line) - 1), column: Number(column) };
    const message = error.message.replace(/\s+/g, ' ').replace(/[. ]+$/, '');
    return { database, error: { message: message.slice(0, 400), ...place } };
  }
}
