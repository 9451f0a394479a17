import { get as getPlain } from 'node:http';
import { get as getByTls } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '#ingest/clickhouse/access.ts';
import { launchChild } from './child.ts';
import { ROOT, StartError, type Config } from './config.ts';
import { startDatabase } from './database.ts';
import { apiEnv, collectorEnv, ingestEnv, simulatorEnv, type Ports } from './env.ts';
import { assertFree, freeUdpPort, reachableHost } from './ports.ts';
import { since, type Say } from './say.ts';
import { StoppingError, type Stack } from './stack.ts';
import { keepAuditKey, keepDemoPassword, keepTokens } from './tokens.ts';
import { buildWeb } from './web.ts';

/** The servers. */
const MAINS = { ingest: 'ingest/main.ts', collector: 'ingest/collect/main.ts', api: 'api/main.ts' } as const;

/** What the start needs. */
export interface Start {
  config: Config;
  env: NodeJS.ProcessEnv;
  stack: Stack;
  say: Say;
  /** Makes the writer of a child's log lines. */
  lines: (part: string) => (line: string) => void;
}

/** What runs, once the wall can be opened. */
export interface Ready {
  /** Where the web app and the API are reached from this machine. */
  url: string;
  ingest_url: string;
  /** The read-only user of the database. */
  reader: Access;
}

/**
 * Starts everything in order: database, tables, then ingest, collector and API beside the build of the web app, then the simulator.
 * Returns when the wall can be opened; throws a StartError that says what to mend.
 */
export async function startAll(start: Start): Promise<Ready> {
  const { config, say, stack } = start;
  const began = Date.now();
  await assertFree(config.HOST, config.PORT, 'PORT');
  await assertFree(config.HOST, config.INGEST_PORT, 'INGEST_PORT');
  await assertFree(config.HOST, config.COLLECTOR_PORT, 'COLLECTOR_PORT');
  await assertFree(config.HOST, config.SYSLOG_PORT, 'SYSLOG_PORT');
  const tokenFile = join(config.DATA_DIR, 'ingest-tokens.json');
  const tokens = await keepTokens(tokenFile, {
    source: config.INGEST_TOKEN === undefined,
    simulator: config.DEMO,
  });
  if (tokens.generated !== undefined)
    say('token', `sources send: Bearer ${tokens.generated} (shown once; kept in ${tokenFile})`);

  const demo = config.DEMO ? await keepDemoPassword(join(config.DATA_DIR, 'demo-password')) : undefined;
  const audit_key = config.AUDIT_KEY ?? (await keepAuditKey(join(config.DATA_DIR, 'audit-key')));
  const ports: Ports = {
    api: config.PORT,
    ingest: config.INGEST_PORT,
    collector: config.COLLECTOR_PORT,
    syslog: config.SYSLOG_PORT,
    ...(config.DEMO && { agents: await freeUdpPort() }),
  };
  const web = buildWeb({ say, env: start.env, signal: stack.stopping });
  web.catch(() => undefined);
  const accesses = await startDatabase(start);
  const ingest = keepServer(start, 'ingest', ports, () => ingestEnv(config, ports, start.env, accesses.writer));
  const collector = keepServer(start, 'collector', ports, () =>
    collectorEnv(config, ports, start.env, accesses.writer),
  );
  collector.catch(() => undefined);
  const ingest_url = () => `http://${reachableHost(config.HOST)}:${ports.ingest}`;
  // a free port is known only once ingest has it
  const api = (config.INGEST_PORT === 0 ? ingest : Promise.resolve()).then(() =>
    keepServer(start, 'api', ports, () =>
      apiEnv(config, ports, start.env, {
        ...accesses,
        ingest: { url: ingest_url(), token: tokens.own },
        audit_key,
        demo,
      }),
    ),
  );
  api.catch(() => undefined);
  await Promise.all([ingest, collector]);
  const preloaded = tokens.simulator === undefined ? undefined : keepSimulator(start, ports, tokens.simulator);
  await Promise.all([api, web]);
  const host = reachableHost(config.HOST);
  const url = `${schemeOf(config)}://${host}:${ports.api}`;
  await waitForReady(`${url}/api/ready`, stack.stopping);
  const left_ms = config.PRELOAD_WAIT_S * 1000 - (Date.now() - began);
  if (preloaded && !(await isDoneWithin(preloaded, left_ms)))
    say('simulator', 'still preloading; the wall fills while it does');
  if (stack.stopping.aborted) throw new StoppingError();
  return { url, ingest_url: `http://${host}:${ports.ingest}`, reader: accesses.reader };
}

/** How web app and API are reached. */
function schemeOf({ TLS_CERT }: Config): 'http' | 'https' {
  return TLS_CERT === undefined ? 'http' : 'https';
}

/** Starts ingest, the collector or the API and returns when it listens; its port is kept from then on. */
async function keepServer(
  { config, stack, say, lines }: Start,
  name: keyof typeof MAINS,
  ports: Ports,
  env: () => NodeJS.ProcessEnv,
): Promise<void> {
  const began = Date.now();
  const kept = stack.keep({
    name,
    stop_ms: 15_000,
    start_timeout_ms: 180_000,
    launch: () =>
      launchChild({
        main: join(ROOT, MAINS[name]),
        env: env(),
        ready_on: 'listening',
        onMessage: (message) => {
          if (message.type === 'listening' && message.port !== undefined) ports[name] = message.port;
          ports.syslog = message.syslog_port ?? ports.syslog;
          if (message.type === 'told' && message.text !== undefined) say('accounts', message.text);
        },
        onLine: lines(name),
      }),
  });
  await kept.ready.catch((error: unknown) => {
    throw new StartError(error instanceof Error ? error.message : String(error));
  });
  const scheme = name === 'api' ? schemeOf(config) : 'http';
  say(name, `ready in ${since(began)}, ${scheme}://${reachableHost(config.HOST)}:${ports[name]}`);
}

/** Starts the demo province; settles when what the panels need is there. Its failures are told and do not stop the rest. */
function keepSimulator({ config, env, stack, say, lines }: Start, ports: Ports, token: string): Promise<void> {
  const began = Date.now();
  const url = `http://${reachableHost(config.HOST)}:${ports.ingest}`;
  say('simulator', `preloading ${config.PROVINCE}`);
  const kept = stack.keep({
    name: 'simulator',
    stop_ms: 10_000,
    attempts: Infinity,
    launch: () =>
      launchChild({
        main: join(ROOT, 'ingest/simulate/main.ts'),
        env: simulatorEnv(config, ports, env, { url, token }),
        ready_on: 'preloaded',
        onLine: lines('simulator'),
      }),
  });
  return kept.ready.then(() => say('simulator', `preloaded in ${since(began)}`));
}

async function isDoneWithin(work: Promise<void>, limit_ms: number): Promise<boolean> {
  const timer = new AbortController();
  const done = await Promise.race([
    work.then(() => true),
    sleep(Math.max(0, limit_ms), false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  return done;
}

async function waitForReady(url: string, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const isReady = await isUp(url);
    if (isReady) return;
    await sleep(100);
  }
}

/** Whether a child of our own answers on this machine. What its certificate is worth is for browsers to judge: its name need not be this one. */
async function isUp(url: string): Promise<boolean> {
  const get = url.startsWith('https:') ? getByTls : getPlain;
  return new Promise((done) => {
    const request = get(url, { agent: false, timeout: 5_000, rejectUnauthorized: false }, (reply) => {
      reply.resume().once('end', () => done(reply.statusCode === 200));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => done(false));
  });
}
