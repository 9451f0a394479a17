import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ClickHouseClient } from '@clickhouse/client';
import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Clock } from '#ingest/schema/clock.ts';
import type { LoadFolder } from './boards/book.ts';
import type { Pace } from './live/entry.ts';
import applicants, { type ApplicantsOptions } from './plugins/applicants.ts';
import alerts, { type AlertsPluginOptions } from './plugins/alerts.ts';
import auth, { type AuthPluginOptions } from './plugins/auth.ts';
import audit, { type AuditPluginOptions } from './plugins/audit.ts';
import boards from './plugins/boards.ts';
import docs from './plugins/docs.ts';
import errors from './plugins/errors.ts';
import limits, { type Limits } from './plugins/limits.ts';
import live from './plugins/live.ts';
import parents, { type ParentsPluginOptions } from './plugins/parents.ts';
import notify, { type NotifyPluginOptions } from './plugins/notify.ts';
import ownHealth, { type OwnHealthPluginOptions } from './plugins/own-health.ts';
import security from './plugins/security.ts';
import socket from './plugins/socket.ts';
import store from './plugins/store.ts';
import trail, { type TrailPluginOptions } from './plugins/trail.ts';
import web from './plugins/web.ts';
import { createEventPoster, type PostEvents } from './actions/event-poster.ts';
import { createImportFile, type ImportFile } from './actions/import-file.ts';
import { createRedrive, type Redrive } from './actions/redrive.ts';
import accountRoutes from './routes/accounts/accounts.ts';
import alertRoutes from './routes/alerts/alerts.ts';
import assigneeRoute from './routes/alerts/assignees.ts';
import alertStatisticsRoute from './routes/alerts/statistics.ts';
import apologyRoutes from './routes/apologies/apologies.ts';
import boardRoutes from './routes/boards/boards.ts';
import chaseRoutes from './routes/chases/chases.ts';
import deadlinesRoute from './routes/chases/deadlines-route.ts';
import definitionsRoute from './routes/definitions/definitions.ts';
import dossierRoutes from './routes/dossiers/dossiers.ts';
import entryRoutes from './routes/entries/entries.ts';
import importRoutes from './routes/imports/imports.ts';
import indexRoute from './routes/index-766/index-766.ts';
import integrityRoute from './routes/integrity/integrity.ts';
import linksRoute from './routes/links/links.ts';
import imageRoutes from './routes/images/images.ts';
import mapRoutes from './routes/maps/maps.ts';
import opsRoutes from './routes/ops/ops.ts';
import provinceRoutes from './routes/province/province.ts';
import enrolRoutes from './routes/screens/enrol.ts';
import screenRoutes from './routes/screens/screens.ts';
import sessionRoutes from './routes/session/session.ts';
import shiftRoutes from './routes/shifts/shifts.ts';
import oidcRoutes from './routes/session/oidc.ts';
import openSessionRoutes from './routes/session/sessions.ts';
import reconciliationRoute from './routes/reconciliations/reconciliations.ts';
import countsRoutes from './routes/counts/counts.ts';
import entryListRoutes from './routes/entries/list-routes.ts';
import measureRoutes from './routes/measures/measures.ts';
import readingsRoute from './routes/readings/readings.ts';
import securityRoute from './routes/security/security.ts';
import alertmanagerRoutes from './routes/alertmanager/alertmanager.ts';
import failedNoticesRoute from './routes/notices/failed.ts';
import receiversRoute from './routes/notices/receivers.ts';
import silenceRoutes from './routes/silences/silences.ts';
import letterRoutes from './routes/sources/letters.ts';
import redriveRoute from './routes/sources/redrive.ts';
import sourceRoutes from './routes/sources/sources.ts';
import tokenRoutes from './routes/tokens/tokens.ts';
import networkRoute from './routes/units/network-route.ts';
import standingRoute from './routes/units/standing-route.ts';
import trailRoute from './routes/trail/trail.ts';
import unitRoutes from './routes/units/units.ts';

/** What an app is built from. */
export interface AppOptions {
  /** A client of the read-only user; ended with the app. */
  client: ClickHouseClient;
  clock: Clock;
  load: LoadFolder;
  /** The dashboards folder: its maps are served. */
  folder: string;
  /** Whether the folder is watched. @default true */
  watch?: boolean;
  /** The built web app. */
  dist: string;
  /** Stores what people do here. @default refuses */
  post?: PostEvents;
  /** Hands files of dossiers on. @default refuses */
  importFile?: ImportFile;
  /** Sends dead letters once more. @default refuses */
  redrive?: Redrive;
  logger?: FastifyServerOptions['logger'];
  timeout_ms?: number;
  every_ms?: number;
  pace?: Partial<Pace>;
  /** How often signs of screens become events. @default 30_000 */
  signs_ms?: number;
  /** Who may come in. @default nobody */
  auth?: AuthPluginOptions;
  /** Certificate and key, as PEM: the app then speaks TLS alone. */
  tls?: { cert: string; key: string } | undefined;
  /** Proxies whose word on address and protocol of a sender is taken: addresses or networks, with commas between. @default nobody's */
  trustProxy?: string | undefined;
  /** How many requests a minute are taken. */
  limits?: Partial<Limits>;
  /** Whether alert rules are evaluated, and how often they are looked at. @default they are not */
  alerts?: Omit<AlertsPluginOptions, 'post'> | undefined;
  /** The data folder, whose disk is measured with the other figures of the product's own that rules look at; they are said where rules are evaluated. */
  ownHealth?: Partial<Omit<OwnHealthPluginOptions, 'post'>>;
  /** Where acts are noted. @default nowhere */
  trail?: TrailPluginOptions;
  /** Where applicants are read. @default they are not kept */
  applicants?: ApplicantsOptions;
  /** With what centres above this one are told. @default they are not */
  parents?: ParentsPluginOptions | undefined;
  audit?: Pick<AuditPluginOptions, 'pace' | 'settle_ms'>;
  /** With what people are told of alerts. @default this process tells nobody */
  notify?: Omit<NotifyPluginOptions, 'post'>;
}

/** Longest time that a request may take to arrive, in milliseconds. */
const REQUEST_MS = 30_000;

/** Builds the API; nothing listens yet. Plugins stand in the order in which they are needed. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { client, clock, load, folder, dist, timeout_ms, every_ms, pace, tls } = options;
  const post = options.post ?? createEventPoster({ url: undefined, token: undefined });
  const redrive = options.redrive ?? createRedrive({ url: undefined, token: undefined });
  const importFile = options.importFile ?? createImportFile({ url: undefined, token: undefined });
  const app = Fastify({
    logger: options.logger ?? false,
    bodyLimit: 64 * 1024,
    requestTimeout: REQUEST_MS,
    trustProxy: options.trustProxy ?? false,
    ...(tls && {
      serverFactory: (handler: RequestListener) => createTlsServer({ ...tls, requestTimeout: REQUEST_MS }, handler),
    }),
    // on a busy machine the first check of all queries takes longer than the ten seconds of the default
    pluginTimeout: 120_000,
    genReqId: () => randomUUID(),
    // a request a line would drown what matters; the error handler logs those that fail
    logController: new LogController({ disableRequestLogging: true }),
    // a dossier number has at most 256 characters
    routerOptions: { maxParamLength: 256 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(errors);
  await app.register(security, { tls: tls !== undefined });
  await app.register(store, { client, clock, timeout_ms });
  await app.register(boards, { load, folder: options.watch === false ? undefined : folder });
  await app.register(limits, { limits: options.limits });
  await app.register(auth, options.auth ?? {});
  await app.register(trail, options.trail ?? {});
  await app.register(applicants, options.applicants ?? {});
  await app.register(docs);
  await app.register(live, { every_ms, pace });
  if (options.alerts) await app.register(alerts, { ...options.alerts, post });
  await app.register(notify, { post, env: undefined, ...options.notify });
  await app.register(audit, { client, clock, ...options.audit });
  if (options.parents) await app.register(parents, options.parents);
  if (options.alerts) await app.register(ownHealth, { ...options.ownHealth, folder: options.ownHealth?.folder, post });
  await app.register(socket, { post, every_ms: options.signs_ms, trustProxy: options.trustProxy });
  await app.register(web, { dist });
  await app.register(opsRoutes);
  await app.register(sessionRoutes, { prefix: '/api' });
  await app.register(oidcRoutes, { prefix: '/api' });
  await app.register(openSessionRoutes, { prefix: '/api' });
  await app.register(accountRoutes, { prefix: '/api' });
  await app.register(tokenRoutes, { prefix: '/api' });
  await app.register(enrolRoutes, { prefix: '/api' });
  await app.register(screenRoutes, { prefix: '/api' });
  await app.register(trailRoute, { prefix: '/api' });
  await app.register(boardRoutes, { prefix: '/api', folder });
  await app.register(definitionsRoute, { prefix: '/api', folder });
  await app.register(provinceRoutes, { prefix: '/api' });
  await app.register(mapRoutes, { prefix: '/api', folder });
  await app.register(imageRoutes, { prefix: '/api', folder });
  await app.register(unitRoutes, { prefix: '/api' });
  await app.register(standingRoute, { prefix: '/api' });
  await app.register(networkRoute, { prefix: '/api' });
  await app.register(dossierRoutes, { prefix: '/api' });
  await app.register(integrityRoute, { prefix: '/api' });
  await app.register(deadlinesRoute, { prefix: '/api' });
  await app.register(chaseRoutes, { prefix: '/api', post });
  await app.register(linksRoute, { prefix: '/api' });
  await app.register(securityRoute, { prefix: '/api' });
  await app.register(readingsRoute, { prefix: '/api' });
  await app.register(countsRoutes, { prefix: '/api' });
  await app.register(entryListRoutes, { prefix: '/api' });
  await app.register(measureRoutes, { prefix: '/api' });
  await app.register(sourceRoutes, { prefix: '/api' });
  await app.register(letterRoutes, { prefix: '/api' });
  await app.register(redriveRoute, { prefix: '/api', redrive });
  await app.register(importRoutes, { prefix: '/api', importFile, folder });
  await app.register(entryRoutes, { prefix: '/api', post });
  await app.register(indexRoute, { prefix: '/api' });
  await app.register(reconciliationRoute, { prefix: '/api' });
  await app.register(silenceRoutes, { prefix: '/api', post });
  await app.register(failedNoticesRoute, { prefix: '/api' });
  await app.register(receiversRoute, { prefix: '/api' });
  await app.register(alertmanagerRoutes, { prefix: '/api/alertmanager/api/v2', post });
  await app.register(apologyRoutes, { prefix: '/api', post });
  await app.register(alertStatisticsRoute, { prefix: '/api' });
  await app.register(shiftRoutes, { prefix: '/api', post });
  await app.register(alertRoutes, { prefix: '/api', post });
  await app.register(assigneeRoute, { prefix: '/api' });
  return app;
}
