import type { ClickHouseClient } from '@clickhouse/client';
import { usesOf } from '#api/boards/view.ts';
import { IocError } from '#api/errors.ts';
import { createStore, type Params, type Store } from '#api/store.ts';
import type { Dashboards, LoadedQuery } from '#dashboards/dashboards.ts';
import { fillVariables, waysToLook } from '#dashboards/fill-variables.ts';
import { tokenize } from '#dashboards/load/sql-tokens.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';

/** A query as somebody asks it: a panel of a board, a rule of alerts, or nobody yet. */
export interface Asked {
  query: LoadedQuery;
  params: Params;
  /** `boards/toan-canh overdue`, `alerts/link-down`. */
  by: string;
}

/**
 * How often the yardstick a query may take on the sample store. The yardstick is a sum of hashes that takes about 20 ms on one idle core and is run on the same
 * engine a moment before and after, so that a slow or busy machine is no fault. `live` answers walls within a tick; `history` folds the logs for a replay.
 */
export const MOST_TIMES = { live: 25, history: 100 } as const;
type Database = keyof typeof MOST_TIMES;
const YARDSTICK = 'SELECT sum(cityHash64(number)) FROM numbers(20000000)';
/** What another process took from one run it does not take from all. */
const RUNS = 4;
/** Beyond this many times what is allowed, no other run can excuse it. */
const HOPELESS = 4;
const TOO_LONG = ['IOC_QUERY_TIMEOUT', 'IOC_QUERY_TOO_LONG', 'IOC_BUSY'];

/** Every query with its defaults, and as each panel, by each choice of its board's variables, and each rule asks it; the same question is there once. */
export function askedOf({ boards, queries, rules }: Dashboards): Asked[] {
  const filled = [...boards].flatMap(([board, written]) =>
    waysToLook(written).map((said) => ({ board, panels: fillVariables(written, said).panels })),
  );
  const all = filled.flatMap(({ board, panels }) =>
    Object.entries(panels).flatMap(([id, panel]) =>
      usesOf(panel).flatMap(([, { query: name, params }]): Asked[] => {
        const query = queries.get(name);
        return query ? [{ query, params, by: `boards/${board} ${id}` }] : [];
      }),
    ),
  );
  for (const rule of rules.values()) all.push({ query: rule.loaded, params: rule.params, by: `alerts/${rule.id}` });
  all.push(...[...queries.values()].map((query) => ({ query, params: {}, by: 'its own defaults' })));
  const key = ({ query, params }: Asked) => JSON.stringify([query.id, Object.entries(params).sort()]);
  const seen = new Set<string>();
  return all.filter((asked) => !seen.has(key(asked)) && seen.add(key(asked)));
}

/** The metrics that are asked for by name, in any parameter. */
export function metricsOf(asked: readonly Asked[]): string[] {
  const values = asked.flatMap(({ query, params }) => [
    ...Object.values(query.params).map((param) => param.default),
    ...Object.values(params),
  ]);
  const names = values.flatMap((value) => (typeof value === 'string' ? value.split(',') : []));
  return [...new Set(names.filter((name) => /^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(name)))];
}

/**
 * Runs every question over the whole province in `live`, and each query once in `history`, as the first who asks it does. Gives those that take too long, at the
 * SELECT of their SQL.
 */
export async function findSlow(client: ClickHouseClient, asked: readonly Asked[], scope: string): Promise<FileFault[]> {
  const now = Date.now();
  const store = createStore({ client, clock: () => now });
  const faults: FileFault[] = [];
  const lenses = { live: { scope, at: null, known_at: null }, history: { scope, at: now, known_at: null } };
  const slow = new Set<string>();
  const once = asked.filter(({ query }, index) => asked.findIndex((other) => other.query.id === query.id) === index);
  for (const database of ['live', 'history'] as const) {
    let base_ms = await yardstick(client);
    for (const one of database === 'live' ? asked : once) {
      if (slow.has(one.query.id)) continue;
      const most_ms = (base: number) => base * MOST_TIMES[database];
      let took_ms = await timed(store, one, lenses[database]);
      // the first repetition is always made: one pause of the machine is no fault
      const isHopeless = (run: number) =>
        !Number.isFinite(took_ms) || (run > 1 && took_ms >= HOPELESS * most_ms(base_ms));
      for (let run = 1; run < RUNS && took_ms > most_ms(base_ms) && !isHopeless(run); run += 1) {
        base_ms = await yardstick(client);
        took_ms = Math.min(took_ms, await timed(store, one, lenses[database]));
      }
      if (took_ms <= most_ms(base_ms)) continue;
      slow.add(one.query.id);
      faults.push(faultOf(one, database, took_ms, base_ms));
    }
  }
  return faults;
}

/** Time of the yardstick, the shorter of two, in milliseconds. */
async function yardstick(client: ClickHouseClient): Promise<number> {
  const once = async () => {
    const began = performance.now();
    await (await client.query({ query: YARDSTICK, format: 'JSONCompact' })).text();
    return performance.now() - began;
  };
  return Math.min(await once(), await once());
}

/** Time of a question in milliseconds; endless when the engine gave it up. What is wrong with it otherwise, others say. */
async function timed(store: Store, { query, params }: Asked, lens: Parameters<Store['run']>[2]): Promise<number> {
  const began = performance.now();
  try {
    await store.run(query, params, lens);
  } catch (error) {
    if (!(error instanceof IocError)) throw error;
    if (TOO_LONG.includes(error.code)) return Infinity;
  }
  return performance.now() - began;
}

function faultOf({ query, by }: Asked, database: Database, took_ms: number, base_ms: number): FileFault {
  const first = tokenize(query.sql).find(({ kind }) => kind !== 'comment');
  const times = MOST_TIMES[database];
  const took = Number.isFinite(took_ms) ? `takes ${Math.round(took_ms)} ms` : 'is given up by the engine';
  const most = `${times} times the yardstick of ${Math.round(base_ms)} ms, ${Math.round(times * base_ms)} ms here`;
  const message = `is slow in ${database} (${by}): ${took} on the sample store; allowed: ${most}. Read a kept count, or fewer days`;
  return {
    file: `queries/${query.id}.sql`,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    path: '',
    message,
  };
}
