import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { AuditEvent, AuditRow } from './audit-event.ts';
import { beginChain, chainRow } from './chain.ts';
import { listChain, writeHead } from './heads.ts';

/** The log of what was done: takes acts at once and writes them soon. */
export interface Trail {
  /** Notes an act; never waits, never throws. */
  note: (event: AuditEvent) => void;
  /** How many acts wait to be written. */
  waiting: () => number;
  /** Writes what waits, for two seconds at most, and ends the client. */
  stop: () => Promise<void>;
}

/** What a trail is made of. */
export interface TrailOptions {
  /** A client of the user `keeper`. */
  client: ClickHouseClient;
  /** Key of the hashes: kept outside of the database. */
  key: string;
  /** Folder of the heads. */
  heads: string;
  /** Called with each failure to write: the rows are kept and written later. */
  failed?: (error: unknown) => void;
  /** Called with an act that could not be kept, because too many wait. */
  lost?: () => void;
  /** Most acts that wait while the database is away; those beyond are lost, and counted. */
  most?: number;
  wait_ms?: number;
}

const BATCH = 1_000;
const AGAIN_MS = 1_000;
const LAST_MS = 2_000;

/**
 * Begins a chain and its head, and lists it. Each process has a chain of its own for each start: nothing has to be agreed on between processes, nothing read
 * back after a crash, and a process that dies between row and head leaves a head that is older than its rows, which is no fault.
 */
export async function startTrail(options: TrailOptions): Promise<Trail> {
  const { client, key, heads, failed = () => undefined, lost = () => undefined } = options;
  const { most = 50_000, wait_ms = 500 } = options;
  let head = beginChain(key, randomUUID());
  // before any row: rows of a chain without a head are a fault
  await writeHead(heads, head);
  await listChain(heads, head.chain);
  const queue: AuditRow[] = [];
  let writing: Promise<void> | undefined;
  let deadline = Infinity;
  const ending = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);

  /** Writes the oldest rows. A batch that is tried again begins with the same row and is the same, so one that was stored unheard adds nothing. */
  const write = async (count: number): Promise<void> => {
    const batch = queue.slice(0, count);
    const [first] = batch;
    const last = batch.at(-1);
    if (!first || !last) return;
    await client.insert({
      table: 'auth.audit_event',
      format: 'JSONEachRow',
      values: batch,
      clickhouse_settings: { insert_deduplication_token: `${first.chain} ${first.seq} ${last.seq}` },
    });
    await writeHead(heads, { chain: last.chain, seq: last.seq, hash: last.hash });
    queue.splice(0, batch.length);
  };
  const run = async (): Promise<void> => {
    await pause(wait_ms);
    let count = 0;
    while (queue.length > 0 && Date.now() < deadline) {
      // what came while a batch failed is left for the next one
      count ||= Math.min(queue.length, BATCH);
      try {
        await write(count);
        count = 0;
      } catch (error) {
        failed(error);
        await (ending.signal.aborted ? sleep(100) : pause(AGAIN_MS));
      }
    }
  };
  const begin = (): void => {
    writing ??= run().finally(() => {
      writing = undefined;
      if (queue.length > 0 && !ending.signal.aborted) begin();
    });
  };

  return {
    note: (event) => {
      if (queue.length >= most) return lost();
      const row = chainRow(key, head, event);
      head = { chain: row.chain, seq: row.seq, hash: row.hash };
      queue.push(row);
      begin();
    },
    waiting: () => queue.length,
    stop: async () => {
      deadline = Date.now() + LAST_MS;
      ending.abort();
      await writing;
      await client.close();
    },
  };
}
