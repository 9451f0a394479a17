import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the views for other tools are made (dashboards/grafana.md). */
const FILE = join(import.meta.dirname, '..', '..', 'ingest', 'clickhouse', 'sql', '0036_bi.sql');

/** What each view of `bi` asks, by its name: boards ask the same under their lens, which the views would go round. */
export const VIEWS: ReadonlyMap<string, string> = new Map(
  [...readFileSync(FILE, 'utf8').matchAll(/^CREATE OR REPLACE VIEW bi\.(\w+) .*AS\n(SELECT[^]*?);$/gm)].map(
    ([, name = '', sql = '']) => [name, sql],
  ),
);
