import { ClickHouseError, SettingsMap, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { TABLES } from '#ingest/clickhouse/relations.ts';
import type { Describe, Described } from '../schema/describe.ts';

const ReplySchema = z.object({ data: z.array(z.object({ name: z.string(), type: z.string() }).loose()) });
/** A query must run under filters as the lens sets them: on every table, by scope and by time. */
const FILTERS = SettingsMap.from(
  Object.fromEntries(TABLES.map(({ name }) => [name, `startsWith(unit_path, \\'/A00/\\')`])),
);

const OPENING = 'DESCRIBE TABLE (\n';

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
      query: `${OPENING}${sql}\n)`,
      format: 'JSON',
      query_params: { ...params, at: new Date(0), scope: '/A00/', depth: 1 },
      clickhouse_settings: { database, additional_table_filters: FILTERS },
    });
    return { database, columns: ReplySchema.parse(await reply.json()).data };
  } catch (error) {
    if (!(error instanceof ClickHouseError)) throw error;
    return { database, error: explain(error.message, sql) };
  }
}

/** A refusal in words, and where it is when it is one of syntax. ClickHouse counts the bytes of what was sent, from 1. */
function explain(text: string, sql: string): NonNullable<Described['error']> {
  const [, position] = /failed at position (\d+)/.exec(text) ?? [];
  if (position === undefined)
    return {
      message: text
        .replace(/\s+/g, ' ')
        .replace(/[. ]+$/, '')
        .slice(0, 400),
    };
  const sent = Buffer.from(`${OPENING}${sql}`);
  const before = sent
    .subarray(0, Number(position) - 1)
    .toString()
    .slice(OPENING.length);
  const near = sql.slice(before.length, before.length + 24).replace(/\s+/g, ' ');
  return {
    message: near === '' ? 'syntax error at the end' : `syntax error near ${JSON.stringify(near)}`,
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
  };
}
