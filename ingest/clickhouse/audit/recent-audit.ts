import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';

/** What `live` keeps of recent events for sure, in days: forty, less one for the clock to go on. */
const DAYS = 39;
const CountSchema = z.tuple([z.object({ count: z.coerce.number() })]);

/**
 * Compares what `live` and `history` say of the recent events of dossiers, up to `now` (epoch ms): every row, every column. Returns how many
 * rows are in one of them only, after `settle_ms`, since live follows the log by a moment. Throws what the store throws.
 */
export async function auditRecent(
  client: ClickHouseClient,
  { now, settle_ms = 6_000 }: { now: number; settle_ms?: number },
): Promise<number> {
  const rows = (database: string): string =>
    `SELECT cityHash64(toString(tuple(*))) AS hash FROM ${database}.dossier_recent
     WHERE observed_at > {now:DateTime64(3)} - INTERVAL ${DAYS} DAY AND observed_at <= {now:DateTime64(3)}`;
  const query = `SELECT hash FROM (${rows('live')} UNION ALL ${rows('history')}) GROUP BY hash HAVING count() % 2 = 1`;
  const unlike = async (): Promise<number> => {
    const reply = await client.query({
      query: `SELECT count() AS count FROM (${query})`,
      query_params: { now: new Date(now) },
      format: 'JSONEachRow',
    });
    return CountSchema.parse(await reply.json())[0].count;
  };
  if ((await unlike()) === 0) return 0;
  await sleep(settle_ms);
  return unlike();
}
