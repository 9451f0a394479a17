import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access, Accesses } from '#ingest/clickhouse/access.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { freePort, keptPort } from '#ingest/clickhouse/engine/engine.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import { StartError, type Config } from './config.ts';
import { launchEngine } from './engine.ts';
import type { Stack } from './stack.ts';
import { since, type Say } from './say.ts';

/** What starting the database needs. */
export interface DatabaseStart {
  config: Config;
  stack: Stack;
  say: Say;
  lines: (part: string) => (line: string) => void;
}

/** Longest wait for a ClickHouse of somebody else's, in milliseconds: it may start together with us. */
const FOREIGN_WAIT_MS = 60_000;

/** Starts the embedded engine, or reaches the ClickHouse of CLICKHOUSE_URL, and makes the tables. */
export async function startDatabase(start: DatabaseStart): Promise<Accesses> {
  const { config, say } = start;
  const accesses =
    config.CLICKHOUSE_URL === undefined
      ? await startEmbedded(start)
      : await reachForeign(config, config.CLICKHOUSE_URL, say);
  await makeTables(accesses.owner, say);
  return accesses;
}

/** Longest time for one statement of the migrations, in milliseconds. */
const MIGRATE_MS = 3_600_000;

/** Runs the migrations; a StartError says why they cannot be made in a database of somebody else's. */
export async function makeTables(access: Access, say: Say): Promise<void> {
  const began = Date.now();
  // a table that is new to an old store is filled from its log
  const owner = connect(access, { timeout_ms: MIGRATE_MS });
  try {
    const files = await migrate(owner);
    say('tables', `${files.length} migrations in ${since(began)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The tables cannot be made at ${access.url} as ${access.username}: ${reason}`);
  } finally {
    await owner.close();
  }
}

async function startEmbedded({ config, stack, say, lines }: DatabaseStart): Promise<Accesses> {
  const began = Date.now();
  say('engine', 'starting the embedded ClickHouse');
  const folder = join(config.DATA_DIR, 'clickhouse');
  // chosen once: after a restart the others find it where it was, and other tools after another start
  const [http_port, tcp_port] = [await freePort(await keptPort(folder)), await freePort()];
  let accesses: Accesses | undefined;
  const engine = stack.keep({
    name: 'engine',
    stop_ms: 30_000,
    launch: () => {
      const running = launchEngine({
        folder,
        http_port,
        tcp_port,
        onLine: lines('engine'),
      });
      running.ready.then((got) => (accesses = got)).catch(() => undefined);
      return running;
    },
  });
  await engine.ready;
  if (!accesses) throw new Error('the engine is ready without users');
  say('engine', `ready in ${since(began)}, http://127.0.0.1:${http_port}`);
  return accesses;
}

/** Waits for the ClickHouse of CLICKHOUSE_URL; gives its users by role. Throws a StartError when it does not answer. */
export async function reachForeign(config: Config, url: string, say: Say): Promise<Accesses> {
  const deadline = Date.now() + FOREIGN_WAIT_MS;
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries === 0) say('engine', `waiting for ClickHouse at ${url}`);
    if (Date.now() > deadline)
      throw new StartError(`ClickHouse at ${url} (CLICKHOUSE_URL) did not answer within ${FOREIGN_WAIT_MS / 1000} s.`);
    await sleep(500);
  }
  const owner: Access = { url, username: config.CLICKHOUSE_USER, password: config.CLICKHOUSE_PASSWORD };
  const other = (username: string | undefined, password: string): Access =>
    username === undefined ? owner : { url, username, password };
  if (config.CLICKHOUSE_READER_USER === undefined)
    say('engine', 'the API reads as CLICKHOUSE_USER; set CLICKHOUSE_READER_USER to a read-only user');
  return {
    owner,
    writer: other(config.CLICKHOUSE_WRITER_USER, config.CLICKHOUSE_WRITER_PASSWORD),
    reader: other(config.CLICKHOUSE_READER_USER, config.CLICKHOUSE_READER_PASSWORD),
    keeper: other(config.CLICKHOUSE_KEEPER_USER, config.CLICKHOUSE_KEEPER_PASSWORD),
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(new URL('/ping', url), { signal: AbortSignal.timeout(2_000) }).then(
    (reply) => reply.ok,
    () => false,
  );
}
