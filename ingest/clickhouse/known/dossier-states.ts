import { TupleParam, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';

/** Where a dossier lies in the store. */
export interface DossierPlace {
  unit_path: string;
  dossier_id: string;
}

/** What the store holds of a dossier: newest status and newest promise, each with the instant at which it was said last (epoch ms). */
export interface DossierState extends DossierPlace {
  status: number;
  status_at: number;
  due_at: number;
  due_since: number;
  /** When it was first said to be finished (9); 0 when it never was. */
  finished_first: number;
}

/** What an event of a dossier said. Instants in epoch ms; `due_at` null when it said nothing of the promise. */
export interface DossierSaying {
  dossier_id: string;
  status: number;
  due_at: number | null;
  observed_at: number;
  received_at: number;
}

/** Reads what is held of dossiers. */
export interface DossierStates {
  states: (places: readonly DossierPlace[]) => Promise<DossierState[]>;
  /** Everything that was said of these dossiers for instants from `from` to before `to`. */
  sayings: (places: readonly DossierPlace[], from: number, to: number) => Promise<DossierSaying[]>;
}

/** Dossiers of one question: they travel as a parameter, and a server takes one of at most 128 KiB. */
const CHUNK = 300;

const StatesSchema = z.array(
  z
    .tuple([
      z.string(),
      z.string(),
      z.number(),
      z.coerce.number(),
      z.coerce.number(),
      z.coerce.number(),
      z.coerce.number(),
    ])
    .transform(([unit_path, dossier_id, status, status_at, due_at, due_since, finished_first]) => ({
      unit_path,
      dossier_id,
      status,
      status_at,
      due_at,
      due_since,
      finished_first,
    })),
);
const SayingsSchema = z.array(
  z
    .tuple([z.string(), z.number(), z.coerce.number().nullable(), z.coerce.number(), z.coerce.number()])
    .transform(([dossier_id, status, due_at, observed_at, received_at]) => ({
      dossier_id,
      status,
      due_at,
      observed_at,
      received_at,
    })),
);

/** Reads dossiers of an installation. */
export function clickhouseDossierStates(client: ClickHouseClient): DossierStates {
  const ask = async (query: string, places: readonly DossierPlace[], query_params: Record<string, unknown>) => {
    const result = await client.query({
      query,
      query_params: {
        places: places.map((place) => new TupleParam([place.unit_path, place.dossier_id])),
        ...query_params,
      },
      format: 'JSONCompactEachRow',
    });
    return result.json();
  };
  return {
    states: async (places) => {
      const found: DossierState[] = [];
      for (let start = 0; start < places.length; start += CHUNK) {
        const rows = await ask(
          // from the log, since `live` follows a moment later and what was acknowledged must be seen
          // and with the order of the fold: instant, rank, key
          `WITH (observed_at, indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], e.status), toUInt128(event_key)) AS place
           SELECT unit_path, dossier_id,
             argMaxIf(e.status, place, e.status != 0), toUnixTimestamp64Milli(maxIf(observed_at, e.status != 0)),
             toUnixTimestamp64Milli(argMaxIf(e.due_at, place, isNotNull(e.due_at))), toUnixTimestamp64Milli(maxIf(observed_at, isNotNull(e.due_at))),
             toUnixTimestamp64Milli(minIf(observed_at, e.status = 9))
           FROM log.dossier_event AS e FINAL WHERE (unit_path, dossier_id) IN {places:Array(Tuple(String, String))}
           GROUP BY unit_path, dossier_id`,
          places.slice(start, start + CHUNK),
          {},
        );
        found.push(...StatesSchema.parse(rows));
      }
      return found;
    },
    sayings: async (places, from, to) => {
      const found: DossierSaying[] = [];
      for (let start = 0; start < places.length; start += CHUNK)
        found.push(...(await sayingsOf(places.slice(start, start + CHUNK), from, to)));
      return found;
    },
  };
  async function sayingsOf(places: readonly DossierPlace[], from: number, to: number): Promise<DossierSaying[]> {
    const rows = await ask(
      `SELECT dossier_id, status, toUnixTimestamp64Milli(due_at), toUnixTimestamp64Milli(observed_at),
           toUnixTimestamp64Milli(received_at)
         FROM log.dossier_event
         WHERE (unit_path, dossier_id) IN {places:Array(Tuple(String, String))}
           AND observed_at >= fromUnixTimestamp64Milli({from:Int64}) AND observed_at < fromUnixTimestamp64Milli({to:Int64})`,
      places,
      { from, to },
    );
    return SayingsSchema.parse(rows);
  }
}
