import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { LOG_TABLES } from '#ingest/clickhouse/relations.ts';
import { EVENT_KINDS, type EventKind } from './events.ts';

/** A batch of rows as the bare client sends them. */
export interface BareBatch {
  kind: EventKind;
  rows: unknown[];
}

/**
 * Makes the database `bench` with the same kind of tables: the logs, the states, and the views that fill them, copied from what the
 * migrations made.
 */
export async function makeBareTables(owner: ClickHouseClient): Promise<void> {
  await owner.command({ query: 'CREATE DATABASE IF NOT EXISTS bench' });
  const reply = await owner.query({
    query: `SELECT database, name, engine, create_table_query FROM system.tables
            WHERE database IN ('log', 'live') AND engine IN ('ReplacingMergeTree', 'AggregatingMergeTree', 'MaterializedView')
            ORDER BY engine = 'MaterializedView'`,
    format: 'JSONEachRow',
  });
  const tables = await reply.json<{ database: string; name: string; engine: string; create_table_query: string }>();
  for (const { database, name, engine, create_table_query } of tables) {
    const query =
      engine === 'MaterializedView'
        ? create_table_query.replaceAll(/\b(log|live)\./g, 'bench.')
        : `CREATE TABLE bench.${name} AS ${database}.${name}`;
    await owner.command({ query });
  }
}

/** Reads back the rows of a round, as they were stored, in batches of one table each. Throws unless all are there, once. */
export async function readRound(
  reader: ClickHouseClient,
  prefix: string,
  expected: number,
  size: number,
): Promise<BareBatch[]> {
  const batches: BareBatch[] = [];
  let count = 0;
  for (const kind of EVENT_KINDS) {
    const reply = await reader.query({
      query: `SELECT * FROM log.${LOG_TABLES[kind]} WHERE startsWith(id, {prefix:String})`,
      query_params: { prefix: `${prefix}-` },
      format: 'JSONEachRow',
    });
    const rows = z.array(z.unknown()).parse(await reply.json());
    count += rows.length;
    for (let at = 0; at < rows.length; at += size) batches.push({ kind, rows: rows.slice(at, at + size) });
  }
  if (count !== expected) throw new Error(`${expected} events were acknowledged and ${count} are stored`);
  return batches;
}

/** Inserts one batch as anybody would with @clickhouse/client. */
export async function insertBare(client: ClickHouseClient, { kind, rows }: BareBatch): Promise<void> {
  await client.insert({ table: `bench.${LOG_TABLES[kind]}`, values: rows, format: 'JSONEachRow' });
}
