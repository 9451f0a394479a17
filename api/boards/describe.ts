import { ClickHouseError, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { Describe, Described } from '#dashboards/schema/describe.ts';
import { aim } from '../lens.ts';

const ColumnsSchema = z.object({ data: z.array(z.object({ name: z.string(), type: z.string() }).loose()) });
const POSITION = /\(line (\d+), col (\d+)\)/;

/** Refusals that say something of the moment and nothing of the query: limits, overload, the end of the server. */
const PASSING = new Set(['159', '160', '202', '209', '210', '236', '241', '394']);

/** Any path will do: what columns a query gives does not depend on who asks. */
const LIVE = { scope: '/-/', at: null, known_at: null };
const HISTORY = { ...LIVE, at: 0 };

/**
 * Describes queries on the engine that will run them, as the user that will run them. Remembers what it has asked, so a reload asks
 * only about the query that was edited. Rejects when the engine cannot be reached or cannot answer now.
 */
export function createDescribe(client: ClickHouseClient): Describe {
  let known = new Map<string, Promise<readonly Described[]>>();
  return async (sql, params) => {
    const name = JSON.stringify([sql, params]);
    const answer = known.get(name) ?? Promise.all([LIVE, HISTORY].map((lens) => describe(client, sql, params, lens)));
    // more than any folder holds: an editing session must not grow this for ever
    if (known.size > 2_000) known = new Map();
    known.set(name, answer);
    try {
      return await answer;
    } catch (error) {
      known.delete(name);
      throw error;
    }
  };
}

async function describe(
  client: ClickHouseClient,
  sql: string,
  params: Readonly<Record<string, string | number>>,
  lens: Parameters<typeof aim>[0],
): Promise<Described> {
  const { settings, params: given } = aim(lens, 0);
  const { database } = settings;
  try {
    const reply = await client.query({
      query: `DESCRIBE TABLE (\n${sql}\n)`,
      format: 'JSON',
      query_params: { ...params, ...given },
      clickhouse_settings: { ...settings, wait_end_of_query: 1 },
    });
    return {
      database,
      columns: ColumnsSchema.parse(await reply.json()).data.map(({ name, type }) => ({ name, type })),
    };
  } catch (error) {
    if (!(error instanceof ClickHouseError) || PASSING.has(error.code)) throw error;
    const [, line, column] = POSITION.exec(error.message) ?? [];
    const message = error.message.replace(/\s+/g, ' ').replace(/[. ]+$/, '');
    // the first line is the one that this function put before the query
    const place = line === undefined ? {} : { line: Math.max(1, Number(line) - 1), column: Number(column) };
    return { database, error: { message: message.slice(0, 400), ...place } };
  }
}
