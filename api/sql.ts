import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { QuerySchema, type WrittenQuery } from '#dashboards/schema/query.ts';
import type { Relation } from '#ingest/clickhouse/relations.ts';

/** The text of a `.sql` file of the API, by its path inside `api/`. */
export function sqlFile(path: string): string {
  return readFileSync(join(import.meta.dirname, path), 'utf8');
}

/** A query of the API's own: its SQL file inside `api/`, the relations it reads, its parameters and rows as a board's query declares them. */
export function ownQuery(path: string, relations: readonly Relation[], written: WrittenQuery): LoadedQuery {
  const id = path.replace(/\.sql$/, '').replaceAll('/', '.');
  return { ...QuerySchema.parse(written), id, sql: sqlFile(path), relations };
}
