import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';

const FOLDER = join(import.meta.dirname, 'sql');

/**
 * Runs every numbered file of `sql/` in order. Each statement is repeatable (`IF NOT EXISTS`), so a run that was cut short is simply
 * run again. What holds rows is never made anew: columns are added; views are replaced. A file that ends in `.each.sql` names bare relations and is run
 * in `live` and in `history`: what it makes is the same words in both.
 *
 * @returns the names of the files that were run
 */
export async function migrate(client: ClickHouseClient): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
  for (const file of files) {
    const text = await readFile(join(FOLDER, file), 'utf8');
    const databases = file.endsWith('.each.sql') ? ['live', 'history'] : ['default'];
    for (const database of databases)
      for (const query of statements(text)) await client.command({ query, clickhouse_settings: { database } });
  }
  return files;
}

/** The statements of a file: comment lines dropped, split at a semicolon that ends a line. */
export function statements(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
