import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ClickHouseError, type ClickHouseClient } from '@clickhouse/client';
import type { Clock } from '../../schema/clock.ts';
import { LOG_TABLES, type Log } from '../relations.ts';
import { repairViews } from '../known/repair.ts';
import { LOG_COLUMNS } from './columns.ts';
import { shared } from './shared-run.ts';

/** Where batches go. */
export interface BatchStore {
  /** Resolves when every row is stored; the same token and bytes may be sent again. */
  insert: (log: Log, rows: Buffer, token: string) => Promise<void>;
  /**
   * Folds what was received lately into the states once more. A server that is killed between a log and its views has the rows
   * in the log only, and then takes their repetition for a duplicate: so this follows an insert that had to be repeated.
   */
  refold: () => Promise<void>;
}

/** How far back rows may have missed their views, in milliseconds: longer than a batch is tried without an answer to its sender. */
const REPAIR_SPAN_MS = 3 * 60_000;

/** The token of a batch: the same rows, in the same order, always have the same one. */
export function batchToken(log: Log, keys: readonly string[]): string {
  return `${log}-${hash('md5', keys.join(''))}`;
}

const STATEMENTS = statements();

function statements(): Record<Log, string> {
  const of = (log: Log) =>
    `INSERT INTO log.${LOG_TABLES[log]} (${LOG_COLUMNS[log].map((column) => column.name).join(', ')}) FORMAT RowBinary`;
  return {
    dossier: of('dossier'),
    link: of('link'),
    security: of('security'),
    reading: of('reading'),
    chase: of('chase'),
    entry: of('entry'),
    display: of('display'),
    syslog: of('syslog'),
    intake: of('intake'),
    alert: of('alert'),
    duty: of('duty'),
    dead_letter: of('dead_letter'),
  };
}

/** The store of an installation, over HTTP. */
export function clickhouseStore(client: ClickHouseClient, clock: Clock): BatchStore {
  return {
    refold: shared(async () => {
      await repairViews(client, REPAIR_SPAN_MS, clock());
    }),
    insert: async (log, rows, token) => {
      const { stream } = await client.exec({
        query: STATEMENTS[log],
        values: Readable.from([rows], { objectMode: false }),
        clickhouse_settings: {
          insert_deduplication_token: token,
          insert_deduplicate: 1,
          deduplicate_blocks_in_dependent_materialized_views: 1,
          async_insert: 0,
          // a block of the collector holds nothing twice, so there is nothing to collapse in it
          ...(log === 'syslog' && { optimize_on_insert: 0 }),
          max_partitions_per_insert_block: '0',
          // the reply comes when all is written, so that its status is the truth
          wait_end_of_query: 1,
        },
      });
      await stream.resume().toArray();
    },
  };
}

/**
 * Error codes of ClickHouse after which the same insert may succeed later: limits of the moment, a server that is starting, stopping or
 * short of room. Numbers from ErrorCodes.cpp.
 */
const PASSING = new Set([
  '3', // UNEXPECTED_END_OF_FILE: the connection broke while rows were read
  '33', // CANNOT_READ_ALL_DATA: the same
  '159', // TIMEOUT_EXCEEDED
  '160', // TOO_SLOW
  '164', // READONLY: a replica that is being switched
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '203', // NO_FREE_CONNECTION
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '225', // NO_ZOOKEEPER
  '236', // ABORTED: the server is stopping
  '241', // MEMORY_LIMIT_EXCEEDED
  '242', // TABLE_IS_READ_ONLY
  '243', // NOT_ENOUGH_SPACE
  '252', // TOO_MANY_PARTS
  '279', // ALL_CONNECTION_TRIES_FAILED
  '285', // TOO_FEW_LIVE_REPLICAS
  '319', // UNKNOWN_STATUS_OF_INSERT
  '394', // QUERY_WAS_CANCELLED
  '425', // SYSTEM_ERROR
  '439', // CANNOT_SCHEDULE_TASK
  '473', // DEADLOCK_AVOIDED
  '499', // S3_ERROR
  '745', // SERVER_OVERLOADED
  '999', // KEEPER_EXCEPTION
]);

/** True when the same insert may succeed later. Decided by class and code, never by text. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof ClickHouseError) return PASSING.has(error.code);
  // a fault of ours would fail for ever; anything else is the network between us and the server
  return !(
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    error instanceof SyntaxError
  );
}
