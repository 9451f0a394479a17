import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { QuerySchema, type WrittenQuery } from '#dashboards/schema/query.ts';
import type { Relation } from '#ingest/clickhouse/relations.ts';

/**
 * The text of a `.sql` file of the API, by its path inside `api/`. A line `{{ other.sql }}` stands for that file beside it: what a
 * list and its count must have in common is written once.
 */
export function sqlFile(path: string): string {
  const text = readFileSync(join(import.meta.dirname, path), 'utf8');
  return text.replaceAll(/\{\{ (.+\.sql) \}\}/g, (_mark, beside: string) =>
    sqlFile(join(dirname(path), beside)).trim(),
  );
}

/** A query of the API's own: its SQL file inside `api/`, the relations it reads, its parameters and rows as a board's query declares them. */
export function ownQuery(path: string, relations: readonly Relation[], written: WrittenQuery): LoadedQuery {
  const id = path.replace(/\.sql$/, '').replaceAll('/', '.');
  return { ...QuerySchema.parse(written), id, sql: sqlFile(path), relations };
}
