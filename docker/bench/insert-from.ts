import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';

/** Runs a statement of `sql/` with its parameters: `dossiers.sql`, `links.sql`, `security.sql`, `readings.sql`, `entries.sql`. */
export type InsertFrom = (file: string, params: Record<string, unknown>) => Promise<void>;

/** Makes what fills the logs of a province inside the engine, as of now: `INSERT … SELECT` is a hundred times as fast as sending rows. */
export function createInsertFrom(client: ClickHouseClient, units: readonly PlacedUnit[]): InsertFrom {
  const common = { paths: units.map(({ path }) => path), codes: units.map(({ code }) => code), now: new Date() };
  return async (file, params) => {
    const query = await readFile(join(import.meta.dirname, 'sql', file), 'utf8');
    await client.command({ query, query_params: { ...common, ...params } });
  };
}
