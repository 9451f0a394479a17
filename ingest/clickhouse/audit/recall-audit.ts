import type { ClickHouseClient } from '@clickhouse/client';
import { SettingsMap } from '@clickhouse/client';
import { z } from 'zod';
import { recalled, type Recalled } from '../recall.ts';
import type { Slice } from './live-audit.ts';
import { limitsOf, type Instants } from './past-audit.ts';

const SETS = ['dossier', 'dossier_open'] as const satisfies readonly Recalled[];
const CountSchema = z.tuple([z.object({ count: z.coerce.number() })]);

/**
 * Compares what is recalled of an instant from what `live` keeps (recall.ts) with what `history` folds, for the dossiers of a slice: every row,
 * every column, of all and of the open ones. Returns the sets that differ, with how many rows are in one only. Throws what the store throws.
 */
export async function auditRecalled(
  client: ClickHouseClient,
  { month, unit_path }: Slice,
  { at, known_at }: Instants,
): Promise<{ relation: Recalled; rows: number }[]> {
  const where = `toStartOfMonth(opened_on) = {month:Date}${unit_path === undefined ? '' : ' AND unit_path = {unit_path:String}'}`;
  const found: { relation: Recalled; rows: number }[] = [];
  for (const relation of SETS) {
    const rows = (from: string): string => `SELECT cityHash64(toString(tuple(*))) AS hash FROM ${from} WHERE ${where}`;
    // a row of one side only: its hash stands once among those of both
    const query = `SELECT toUInt32(count()) AS count FROM (SELECT hash FROM (${rows(recalled(relation))} UNION ALL ${rows(`history.${relation}`)}) GROUP BY hash HAVING count() % 2 = 1)`;
    const reply = await client.query({
      query,
      query_params: { month, unit_path, at: new Date(at), known: known_at },
      format: 'JSONEachRow',
      clickhouse_settings: {
        additional_table_filters: SettingsMap.from({ 'log.dossier_event': limitsOf({ at, known_at }) }),
      },
    });
    const [{ count }] = CountSchema.parse(await reply.json());
    if (count > 0) found.push({ relation, rows: count });
  }
  return found;
}
