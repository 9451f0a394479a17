import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '#ingest/clickhouse/client.ts';
import { startEngine, type Engine } from '#ingest/clickhouse/engine/engine.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import type { Bench } from './bench.ts';
import { launchChild } from '../supervisor/child.ts';
import { readConfig, ROOT } from '../supervisor/config.ts';
import { collectorEnv, ingestEnv } from '../supervisor/env.ts';

const TOKEN = 'token-of-the-bench-of-today';

/** An engine of a bench, in a temporary folder. */
export interface BenchEngine {
  engine: Engine;
  folder: string;
}

/** An engine with empty tables, limits as in the product. */
export async function startBenchEngine({ cleanup }: Bench): Promise<BenchEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-bench-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const engine = await startEngine({ folder: join(folder, 'clickhouse'), output: 'ignore' });
  cleanup.add(engine.stop);
  const owner = connect(engine.accesses.owner);
  await migrate(owner);
  await owner.close();
  return { engine, folder };
}

/** An ingest process of the product. */
export interface BenchIngest {
  url: string;
  token: string;
  pid: number;
}

/** Starts ingest as the supervisor does. */
export async function startBenchIngest({ env, cleanup }: Bench, { engine, folder }: BenchEngine): Promise<BenchIngest> {
  const config = readConfig({ DATA_DIR: folder, PORT: '0', INGEST_PORT: '0', INGEST_TOKEN: TOKEN });
  let port = 0;
  const running = launchChild({
    main: join(ROOT, 'ingest/main.ts'),
    env: ingestEnv(
      config,
      { api: 0, ingest: 0, collector: 0, syslog: 0 },
      { ...env, NODE_ENV: undefined },
      engine.accesses.writer,
    ),
    ready_on: 'listening',
    onMessage: (message) => (port = message.port ?? port),
    onLine: (line) => process.stderr.write(`${line}\n`),
  });
  cleanup.add(() => {
    running.end();
    return running.exited;
  });
  const early = await Promise.race([running.ready, running.exited]);
  if (early || running.pid === undefined) throw new Error('ingest ended before it was ready');
  return { url: `http://127.0.0.1:${port}`, token: TOKEN, pid: running.pid };
}

/** A collector process of the product. */
export interface BenchCollector {
  url: string;
  syslog_port: number;
  pid: number;
}

/** Starts a collector as the supervisor does, with `settings` of its own. */
export async function startBenchCollector(
  { env, cleanup }: Bench,
  { engine, folder }: BenchEngine,
  settings: Record<string, string> = {},
): Promise<BenchCollector> {
  const config = readConfig({ DATA_DIR: folder, PORT: '0', INGEST_PORT: '0', COLLECTOR_PORT: '0', ...settings });
  const ports = { port: 0, syslog_port: 0 };
  const running = launchChild({
    main: join(ROOT, 'ingest/collect/main.ts'),
    env: collectorEnv(
      config,
      { api: 0, ingest: 0, collector: 0, syslog: 0 },
      { ...env, NODE_ENV: undefined, SNMP_TRAP_PORT: '0', ...settings },
      engine.accesses.writer,
    ),
    ready_on: 'listening',
    onMessage: ({ port = 0, syslog_port = 0 }) => Object.assign(ports, { port, syslog_port }),
    onLine: (line) => process.stderr.write(`${line}\n`),
  });
  cleanup.add(() => {
    running.end();
    return running.exited;
  });
  const early = await Promise.race([running.ready, running.exited]);
  if (early || running.pid === undefined) throw new Error('the collector ended before it was ready');
  return { url: `http://127.0.0.1:${ports.port}`, syslog_port: ports.syslog_port, pid: running.pid };
}
