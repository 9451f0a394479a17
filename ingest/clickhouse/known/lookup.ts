import { TupleParam, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { Family } from '../../schema/event.ts';
import { LOG_TABLES } from '../relations.ts';

/** What the place of an event in its log is made of: a dossier's events lie by its number, all others by their instant. */
export interface Place {
  unit_path: string;
  dossier_id?: string;
  /** Epoch ms, UTC. */
  observed_at: number;
  event_key: string;
}

/** Looks events up in the logs, as `clickhouseLookup` says. Both return the keys found. */
export interface Lookup {
  /** By the whole sorting key: reads a few granules, some milliseconds. */
  byPlace: (family: Family, places: readonly Place[]) => Promise<ReadonlySet<string>>;
  /** By key alone: reads that column of the whole log. For events that were stored at another instant or unit. */
  byKey: (family: Family, keys: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Events of one question: they travel as a parameter, and a server takes one of at most 128 KiB. */
const CHUNK = 800;

const PLACE = "(unit_path, observed_at, event_key) IN {places:Array(Tuple(String, DateTime64(3, 'UTC'), UUID))}";
const DOSSIER_PLACE = '(unit_path, dossier_id, event_key) IN {places:Array(Tuple(String, String, UUID))}';

const FoundSchema = z.array(z.tuple([z.string()]));

/** Looks events up in the logs of an installation. */
export function clickhouseLookup(client: ClickHouseClient): Lookup {
  const ask = async (family: Family, condition: string, query_params: Record<string, unknown>) => {
    const result = await client.query({
      query: `SELECT lower(hex(event_key)) FROM log.${LOG_TABLES[family]} PREWHERE ${condition}`,
      query_params,
      format: 'JSONCompactEachRow',
    });
    return FoundSchema.parse(await result.json()).map(([key]) => key);
  };
  return {
    byPlace: (family, places) =>
      inChunks(places, (part) =>
        ask(family, family === 'dossier' ? DOSSIER_PLACE : PLACE, {
          places: part.map(
            ({ unit_path, dossier_id, observed_at, event_key }) =>
              new TupleParam([
                unit_path,
                family === 'dossier' ? (dossier_id ?? '') : instantText(observed_at),
                uuidText(event_key),
              ]),
          ),
        }),
      ),
    byKey: (family, keys) =>
      inChunks(keys, (part) => ask(family, 'event_key IN {keys:Array(UUID)}', { keys: part.map(uuidText) })),
  };
}

async function inChunks<Item>(
  items: readonly Item[],
  ask: (part: readonly Item[]) => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let start = 0; start < items.length; start += CHUNK)
    for (const key of await ask(items.slice(start, start + CHUNK))) found.add(key);
  return found;
}

/** `2024-01-31 10:20:30.400`, UTC. */
function instantText(instant: number): string {
  return new Date(instant).toISOString().replace('T', ' ').slice(0, -1);
}

function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
