import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createImportFile } from './actions/import-file.ts';
import { createRedrive } from './actions/redrive.ts';
import { createEventPoster } from './actions/event-poster.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { createClock } from '#ingest/schema/clock.ts';
import { buildApp } from './app.ts';
import { makeFirstAccounts } from './auth/first-accounts.ts';
import { createKeeper } from './auth/keeper.ts';
import { loadFolder } from './boards/load-folder.ts';
import { oidcOf, readConfig, receiverSecrets, type ApiConfig } from './config.ts';
import { quietAborts } from './quiet-aborts.ts';

/**
 * The API as a process. Tells its parent `{ type: 'listening', port }` when it serves; ends in order, with code 0, on SIGTERM,
 * SIGINT, or when the parent is gone.
 */
async function main(config: ApiConfig): Promise<void> {
  const clock = createClock(
    config.CLOCK_START === undefined ? undefined : Date.parse(config.CLOCK_START),
    config.CLOCK_EPOCH,
  );
  const access = { url: config.CLICKHOUSE_URL, username: config.CLICKHOUSE_USER, password: config.CLICKHOUSE_PASSWORD };
  const client = connect(access, { quiet: true, timeout_ms: config.QUERY_TIMEOUT_MS + 1_000 });
  const session_ms = config.SESSION_MAX_MIN * 60_000;
  const { CLICKHOUSE_KEEPER_USER: username, AUDIT_KEY: key, AUDIT_HEADS: heads } = config;
  const asKeeper = (user: string) =>
    connect(
      { url: config.CLICKHOUSE_URL, username: user, password: config.CLICKHOUSE_KEEPER_PASSWORD },
      { quiet: true, connections: 2, timeout_ms: 10_000 },
    );
  const keeper = username === undefined ? undefined : createKeeper({ client: asKeeper(username), session_ms });
  const visitors = config.VISITORS === 'none' ? undefined : config.VISITORS;
  const app = await buildApp({
    client,
    auth: {
      keeper,
      visitors,
      demo: config.DEMO_PASSWORD !== undefined,
      oidc: oidcOf(config),
      limits: { idle_ms: config.SESSION_IDLE_MIN * 60_000, absolute_ms: session_ms },
    },
    ...(username !== undefined &&
      key !== undefined &&
      heads !== undefined && {
        trail: { client: asKeeper(username), key, heads },
      }),
    ...(username !== undefined &&
      config.PERSONAL_KEY !== undefined && {
        applicants: { client: asKeeper(username), key: config.PERSONAL_KEY },
      }),
    clock,
    load: loadFolder({ folder: config.DASHBOARDS_DIR, province: config.PROVINCE, client }),
    tls: await readTls(config),
    trustProxy: config.TRUST_PROXY,
    limits: { session: config.LIMIT_SESSION, address: config.LIMIT_ADDRESS, login: config.LIMIT_LOGIN },
    folder: config.DASHBOARDS_DIR,
    dist: config.WEB_DIST,
    importFile: createImportFile({ url: config.INGEST_URL, token: config.INGEST_TOKEN }),
    redrive: createRedrive({ url: config.INGEST_URL, token: config.INGEST_TOKEN }),
    post: createEventPoster({ url: config.INGEST_URL, token: config.INGEST_TOKEN }),
    // what becomes of alerts are events
    ...(config.ALERTS === 'on' &&
      config.INGEST_URL !== undefined && {
        alerts: {},
        notify: { env: receiverSecrets() },
        ownHealth: { folder: config.DATA_DIR },
      }),
    ...(config.ALERTS === 'on' &&
      config.DATA_DIR !== undefined && {
        parents: { secret: receiverSecrets(), folder: join(config.DATA_DIR, 'parents') },
      }),
    logger: { level: config.LOG_LEVEL, hooks: { logMethod: quietAborts } },
    timeout_ms: config.QUERY_TIMEOUT_MS,
    every_ms: config.TICK_MS,
  });

  let isEnding = false;
  const end = (reason: string) => {
    if (isEnding) return;
    isEnding = true;
    app.log.info({ reason }, 'api ends');
    // whatever still hangs after five seconds is not worth waiting for: nothing here has to be saved
    setTimeout(() => process.exit(0), 5_000).unref();
    app.close().then(
      () => process.exit(0),
      (err: unknown) => {
        app.log.error({ err }, 'api did not end in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', () => end('disconnect'));

  await app.listen({ host: config.HOST, port: config.PORT });
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.send?.({ type: 'listening', port });
  if (keeper)
    await makeFirstAccounts({
      keeper,
      units: app.book.dashboards().province.units,
      admin_password: config.ADMIN_PASSWORD,
      demo_password: config.DEMO_PASSWORD,
      origin:
        config.PUBLIC_URL ?? `${config.TLS_CERT === undefined ? 'http' : 'https'}://localhost:${port ?? config.PORT}`,
      made: ({ name, role, unit }) =>
        app.noteAct({
          ...{ at: Date.now(), kind: 'tool', id: '', account: '', actor: 'npm start', role, action: 'account.made' },
          ...{ target: name, unit: unit ?? '', outcome: 'done', request: '', address: '' },
        }),
      tell: (text) => {
        app.log.info(text.replace(/#\S+/, '#…'));
        process.send?.({ type: 'told', text });
      },
    });
}

/** Certificate and key, where both are given. Throws where one cannot be read. */
async function readTls({ TLS_CERT, TLS_KEY }: ApiConfig): Promise<{ cert: string; key: string } | undefined> {
  if (TLS_CERT === undefined || TLS_KEY === undefined) return undefined;
  return { cert: await readFile(TLS_CERT, 'utf8'), key: await readFile(TLS_KEY, 'utf8') };
}

try {
  await main(readConfig());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
