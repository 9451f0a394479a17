import { SettingsMap, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';

const ViewsSchema = z.array(
  z.object({ name: z.string(), select: z.string(), definition: z.string(), columns: z.array(z.string()) }),
);
const NewestSchema = z.tuple([z.tuple([z.coerce.number()])]);

/**
 * Folds the events received last into the state tables once more.
 *
 * A server that is killed between writing rows to a log and writing them through a view leaves the state short of rows that the log has. Their
 * sender is later told "duplicate", so nothing else would ever bring them in. State tables hold registers that
 * keep the largest value, so folding again changes only what was missing. Dossiers are not among them: see fold/.
 *
 * @param span_ms how far to go back: from the newest reception of each log, or from `now` where a clock once ran ahead
 * @param now the present instant, epoch ms
 * @returns the names of the views that were run
 */
export async function repairViews(client: ClickHouseClient, span_ms: number, now: number): Promise<string[]> {
  const result = await client.query({
    query: `
      SELECT t.name AS name, any(t.as_select) AS select, any(t.create_table_query) AS definition, groupArray(c.name) AS columns
      FROM system.tables AS t INNER JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
      WHERE t.database = 'live' AND t.engine = 'MaterializedView' AND t.as_select LIKE '% FROM log.%' GROUP BY name ORDER BY name`,
    format: 'JSONEachRow',
  });
  const views = ViewsSchema.parse(await result.json());
  for (const view of views) {
    const target = / TO (live\.\w+)/.exec(view.definition)?.[1];
    const log = / FROM (log\.\w+)/.exec(view.select)?.[1];
    if (target === undefined || log === undefined) throw new Error(`the view ${view.name} names no log or no target`);
    const newest = await newestReception(client, log);
    if (newest === 0) continue;
    const columns = view.columns.join(', ');
    await client.command({
      query: `INSERT INTO ${target} (${columns}) SELECT ${columns} FROM (${view.select})`,
      clickhouse_settings: {
        additional_table_filters: SettingsMap.from({
          [log]: `received_at >= fromUnixTimestamp64Milli(${Math.trunc(Math.min(newest, now) - span_ms)})`,
        }),
        // the same rows folded on two starts would count as a repeated insert and be left out
        insert_deduplicate: 0,
      },
    });
  }
  return views.map((view) => view.name);
}

/** The newest reception in a log, epoch ms; 0 when it is empty. */
async function newestReception(client: ClickHouseClient, log: string): Promise<number> {
  const result = await client.query({
    query: `SELECT toUnixTimestamp64Milli(max(received_at)) FROM ${log}`,
    format: 'JSONCompactEachRow',
  });
  return NewestSchema.parse(await result.json())[0][0];
}
