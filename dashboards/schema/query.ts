import { z } from 'zod';

/**
 * Types of a column of a query's rows, as they travel: `instant` is epoch milliseconds (Int64), `number` any number,
 * `text` a string. A column that is not `nullable` never holds null; null is "missing" and is drawn as such.
 */
export const COLUMN_TYPES = ['instant', 'number', 'text'] as const;

/** A parameter that a panel may set: a ClickHouse type, and the value used when the panel sets none. */
export const QueryParamSchema = z.strictObject({
  type: z.enum(['UInt8', 'UInt16', 'UInt32', 'Int32', 'Float64', 'String']),
  default: z.union([z.number(), z.string()]),
  /** The only values allowed, where the query cannot take any. */
  allowed: z.array(z.union([z.number(), z.string()])).optional(),
});

const RowsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/),
  z.strictObject({ type: z.enum(COLUMN_TYPES), nullable: z.boolean().default(false) }),
);

/**
 * A query file `queries/<id>.yaml`, beside its SQL `queries/<id>.sql`.
 *
 * The SQL names bare relations (ingest/clickhouse/relations.ts) and may use three parameters that the lens always gives:
 * `{at:DateTime64(3, 'Asia/Ho_Chi_Minh')}` the instant looked at, `{scope:String}` the path looked at (`/H49/`), and
 * `{depth:UInt8}` the number of units on that path. It says nothing about who may see what: the lens filters every table.
 */
export const QuerySchema = z.strictObject({
  description: z.string().min(1),
  params: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), QueryParamSchema).default({}),
  /** What the SQL gives, where the rows are worked out of it by a function of dashboards/topology that also knows the province's network. */
  derive: z.strictObject({ by: z.enum(['incidents', 'network', 'stations']), from: RowsSchema }).optional(),
  rows: RowsSchema,
  /** Longest result, in rows; the query is stopped beyond it. */
  max_rows: z.int().min(1).max(10_000).default(1000),
  /** Time after which the answer has changed even when no log has grown, in seconds (what is overdue grows with time alone). */
  refresh_s: z.number().min(1).max(86_400).default(30),
  /**
   * Shortest time between two runs, in seconds: what is drawn over hours or days need not follow every event, and leaves room for
   * what must. 0: as soon as something new is there and the database has room.
   */
  min_interval_s: z.number().min(0).max(86_400).default(0),
});
export type WrittenQuery = z.input<typeof QuerySchema>;
export type Query = z.output<typeof QuerySchema>;
