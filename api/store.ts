import { ClickHouseError, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { Clock } from '#ingest/schema/clock.ts';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { deriveRows } from '#dashboards/topology/derive.ts';
import type { Cell, Rows } from './contract.ts';
import { IocError } from './errors.ts';
import { aim, type Lens } from './lens.ts';
import { checkRow, orderOf } from './rows.ts';
import { sqlFile } from './sql.ts';

/** The part of a query that is needed to ask it. */
export type Question = Pick<LoadedQuery, 'id' | 'sql' | 'params' | 'rows' | 'max_rows' | 'derive' | 'known'>;

/** Values of a query's parameters, by name. */
export type Params = Record<string, number | string>;

/** The answer to a query: its rows, the instant they are true for (epoch ms), and how long it took. */
export interface Answer extends Rows {
  at: number;
  query_ms: number;
}

/** How far each table, log or state, has grown. Any change of a number means new rows. */
export type Watermarks = Readonly<Record<string, number>>;

/** Asks ClickHouse, always under a lens. Every method throws an IocError. */
export interface Store {
  run: (query: Question, params: Params, lens: Lens) => Promise<Answer>;
  /** The rows of a long answer as they come, in parts; `max_rows` does not bound them. For exports. */
  stream: (query: Question, params: Params, lens: Lens) => AsyncGenerator<Cell[][]>;
  watermarks: () => Promise<Watermarks>;
  /** Returns when the database answers. */
  ping: () => Promise<void>;
}

/** What a store is made of. */
export interface StoreOptions {
  client: ClickHouseClient;
  clock: Clock;
  /** Time after which a query is given up. @default 10_000 */
  timeout_ms?: number;
  /** The same for a streamed answer. @default 120_000 */
  stream_ms?: number;
  /** Called after each query: its id, how long it took, and the code it failed with. */
  measure?: (id: string, ms: number, failure?: string) => void;
}

const WatermarkSchema = z.object({ data: z.array(z.tuple([z.string(), z.coerce.number()])) });
const LineSchema = z.array(z.unknown());

/** Makes the store. It holds nothing but the client. */
export function createStore(options: StoreOptions): Store {
  const { client, clock, timeout_ms = 10_000, stream_ms = 120_000, measure = () => undefined } = options;
  const watermarksSql = sqlFile('watermarks.sql');
  /** Runs a request with its time limit, and names what goes wrong. */
  const guard = async <T>(id: string, work: (abort: AbortSignal) => Promise<T>, limit_ms = timeout_ms): Promise<T> => {
    const began = performance.now();
    const abort = AbortSignal.timeout(limit_ms);
    try {
      const result = await work(abort);
      measure(id, performance.now() - began);
      return result;
    } catch (thrown) {
      const error = named(thrown, abort, id);
      measure(id, performance.now() - began, error.code);
      throw error;
    }
  };

  /** A request that costs next to nothing: a database that does not answer it in time answers nothing. */
  const guardSmall = async <T>(id: string, work: (abort: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await guard(id, work, Math.min(timeout_ms, SMALL_MS));
    } catch (error) {
      const isHung = error instanceof IocError && error.code === 'IOC_QUERY_TIMEOUT';
      throw isHung ? new IocError('IOC_STORE_AWAY', id, error) : error;
    }
  };

  return {
    run: (query, params, lens) =>
      guard(query.id, async (abort) => {
        const began = performance.now();
        const { settings, params: given } = aim(lens, clock());
        const reply = await client.query({
          query: query.sql,
          format: 'JSONCompactEachRowWithNames',
          query_params: { ...checkedParams(query, params), ...given },
          // the whole answer is made before the first byte is sent, so an error is an error and never half an answer
          clickhouse_settings: { ...settings, wait_end_of_query: 1 },
          abort_signal: abort,
        });
        const rows = await readRows(query, reply.stream(), lens.scope);
        return { ...rows, at: given.at.getTime(), query_ms: performance.now() - began };
      }),
    stream: async function* (query, params, lens) {
      const began = performance.now();
      const abort = AbortSignal.timeout(stream_ms);
      const { settings, params: given } = aim(lens, clock());
      try {
        const reply = await client.query({
          query: query.sql,
          format: 'JSONCompactEachRowWithNames',
          query_params: { ...checkedParams(query, params), ...given },
          clickhouse_settings: settings,
          abort_signal: abort,
        });
        yield* readParts(query, reply.stream());
        measure(query.id, performance.now() - began);
      } catch (thrown) {
        const error = named(thrown, abort, query.id);
        measure(query.id, performance.now() - began, error.code);
        throw error;
      }
    },
    watermarks: () =>
      guardSmall('watermarks', async (abort) => {
        const reply = await client.query({ query: watermarksSql, format: 'JSONCompact', abort_signal: abort });
        return Object.fromEntries(WatermarkSchema.parse(await reply.json()).data);
      }),
    ping: () =>
      guardSmall('ping', async (abort) => {
        const reply = await client.query({ query: 'SELECT 1', format: 'JSONCompact', abort_signal: abort });
        await reply.text();
      }),
  };
}

/** Values for every declared parameter, defaults filled. Throws `IOC_BAD_REQUEST` for one that is not declared or not allowed. */
export function checkedParams(query: Pick<Question, 'id' | 'params'>, params: Params): Params {
  for (const name of Object.keys(params))
    if (!(name in query.params)) throw new IocError('IOC_BAD_REQUEST', `query ${query.id} has no parameter ${name}`);
  const values: Params = {};
  for (const [name, declared] of Object.entries(query.params)) {
    const value = params[name] ?? declared.default;
    if ((declared.type === 'String') !== (typeof value === 'string'))
      throw new IocError('IOC_BAD_REQUEST', `${name} of query ${query.id} is ${declared.type}`);
    if (declared.allowed && !declared.allowed.includes(value))
      throw new IocError('IOC_BAD_REQUEST', `${name} of query ${query.id} is one of ${declared.allowed.join(', ')}`);
    values[name] = value;
  }
  return values;
}

async function readRows(
  { derive, known, ...query }: Question,
  stream: AsyncIterable<{ text: string }[]>,
  scope: string,
): Promise<Rows> {
  const rows: Cell[][] = [];
  for await (const part of readParts(derive ? { ...query, rows: derive.from } : query, stream)) {
    if (rows.length + part.length > query.max_rows)
      throw new IocError('IOC_QUERY_TOO_LONG', `${query.id} gave more than ${query.max_rows} rows`);
    for (const row of part) rows.push(row);
  }
  const columns = Object.keys(query.rows);
  if (!derive || !known) return { columns, rows };
  return { columns, rows: deriveRows(derive.by, known, { columns: Object.keys(derive.from), rows }, columns, scope) };
}

async function* readParts(query: Question, stream: AsyncIterable<{ text: string }[]>): AsyncGenerator<Cell[][]> {
  let order: number[] | undefined;
  for await (const lines of stream) {
    const rows: Cell[][] = [];
    for (const { text } of lines) {
      const line = LineSchema.parse(JSON.parse(text));
      if (order === undefined) order = orderOf(query, line);
      else rows.push(checkRow(query, order, line));
    }
    yield rows;
  }
}

/** Longest time for the smallest requests, in milliseconds. */
const SMALL_MS = 3_000;
const TIMEOUT = new Set(['159', '160']);
const TOO_LONG = new Set(['158', '396']);
const OVERLOADED = new Set(['202', '241']);

function named(thrown: unknown, abort: AbortSignal, id: string): IocError {
  if (thrown instanceof IocError) return thrown;
  if (abort.aborted) return new IocError('IOC_QUERY_TIMEOUT', id, thrown);
  if (thrown instanceof ClickHouseError) {
    if (TIMEOUT.has(thrown.code)) return new IocError('IOC_QUERY_TIMEOUT', id, thrown);
    if (TOO_LONG.has(thrown.code)) return new IocError('IOC_QUERY_TOO_LONG', id, thrown);
    if (OVERLOADED.has(thrown.code)) return new IocError('IOC_BUSY', id, thrown);
    return new IocError('IOC_QUERY_FAILED', id, thrown);
  }
  if (thrown instanceof z.ZodError || thrown instanceof SyntaxError) return new IocError('IOC_ROWS_WRONG', id, thrown);
  // whatever else a request dies of is the connection: refused, reset, closed
  return new IocError('IOC_STORE_AWAY', id, thrown);
}
