import { join } from 'node:path';
import type { Access } from '#ingest/clickhouse/access.ts';
import type { Config } from './config.ts';

/** Ports as they are: those asked for, and once a child has told it, those that it got. Kept over restarts, so others find it again. */
export interface Ports {
  api: number;
  ingest: number;
  collector: number;
  /** Syslog over UDP and TCP. */
  syslog: number;
  /** Where the simulated devices are asked over SNMP; undefined where there are none. */
  agents?: number;
}

/** Variables that one role alone may know. */
const SECRETS = [
  'CLICKHOUSE_USER',
  'CLICKHOUSE_PASSWORD',
  'CLICKHOUSE_WRITER_USER',
  'CLICKHOUSE_WRITER_PASSWORD',
  'CLICKHOUSE_READER_USER',
  'CLICKHOUSE_READER_PASSWORD',
  'CLICKHOUSE_KEEPER_USER',
  'CLICKHOUSE_KEEPER_PASSWORD',
  'ADMIN_PASSWORD',
  'AUDIT_KEY',
  'DEMO_PASSWORD',
  'OIDC_CLIENT_SECRET',
  'PERSONAL_KEY',
  'INGEST_TOKEN',
  'SIMULATOR_TOKEN',
];

/** The secrets of devices, which the inventory names, and what else the collector asks them with; those of feeds (ingest/schema/feed.ts). */
const isOfCollector = (name: string): boolean => name.startsWith('SNMP_') || name.startsWith('FEED_');

/** The secrets of receivers (dashboards/schema/receiver.ts) and of parents (dashboards/schema/parent.ts). */
const isOfApi = (name: string): boolean => name.startsWith('NOTIFY_') || name.startsWith('PARENT_');

const only = (base: NodeJS.ProcessEnv, isOf: (name: string) => boolean): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(base).filter(([name]) => isOf(name)));

/** What every child is given: the supervisor's own environment without secrets, and what all must agree on. */
function common(config: Config, ports: Ports, base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env = { ...base };
  const ofOne = Object.keys(env).filter((name) => isOfCollector(name) || isOfApi(name));
  for (const name of [...SECRETS, ...ofOne]) Reflect.deleteProperty(env, name);
  return {
    ...env,
    HOST: config.HOST,
    PORT: String(ports.api),
    INGEST_PORT: String(ports.ingest),
    DATA_DIR: config.DATA_DIR,
    DASHBOARDS_DIR: config.DASHBOARDS_DIR,
    PROVINCE: config.PROVINCE,
    LOG_LEVEL: config.LOG_LEVEL,
    ...(config.CLOCK_START === undefined
      ? {}
      : { CLOCK_START: config.CLOCK_START, CLOCK_EPOCH: String(config.CLOCK_EPOCH ?? Date.now()) }),
  };
}

function reaching(access: Access): NodeJS.ProcessEnv {
  return { CLICKHOUSE_URL: access.url, CLICKHOUSE_USER: access.username, CLICKHOUSE_PASSWORD: access.password };
}

/** What applicants are sealed with, where they are kept: for those who seal and who open. */
const personalKey = ({ PERSONAL_KEY }: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  PERSONAL_KEY === undefined ? {} : { PERSONAL_KEY };

/** Ingest writes, and knows the token of the sources when it is set by hand; others are in the token file. */
export function ingestEnv(config: Config, ports: Ports, base: NodeJS.ProcessEnv, writer: Access): NodeJS.ProcessEnv {
  const token = config.INGEST_TOKEN === undefined ? {} : { INGEST_TOKEN: config.INGEST_TOKEN };
  return { ...common(config, ports, base), ...reaching(writer), ...token, ...personalKey(base) };
}

/** The collector writes as ingest does; nobody sends it a token. It alone knows the secrets of devices and feeds. */
export function collectorEnv(config: Config, ports: Ports, base: NodeJS.ProcessEnv, writer: Access): NodeJS.ProcessEnv {
  return {
    ...common(config, ports, base),
    ...reaching(writer),
    COLLECTOR_PORT: String(ports.collector),
    SYSLOG_PORT: String(ports.syslog),
    ...only(base, isOfCollector),
    ...(ports.agents === undefined ? {} : { SNMP_SIMULATOR: `127.0.0.1:${ports.agents}` }),
  };
}

/** Where the ends of the audit log's chains are kept: outside of the database, so that a cut end is found. */
export function auditHeads(folder: string): string {
  return join(folder, 'audit-heads');
}

/** What the API is given beside the database. */
export interface ApiSecrets {
  /** The users that read, and that keep accounts. */
  reader: Access;
  keeper: Access;
  ingest: { url: string; token: string };
  /** Key of the audit log. */
  audit_key: string;
  /** Password of the demo accounts; undefined where there are none. */
  demo: string | undefined;
}

/** The API reads, keeps accounts and tells receivers; what people do in it becomes events that ingest stores, as those of any source. */
export function apiEnv(
  config: Config,
  ports: Ports,
  base: NodeJS.ProcessEnv,
  { reader, keeper, ingest, audit_key, demo }: ApiSecrets,
): NodeJS.ProcessEnv {
  return {
    ...common(config, ports, base),
    ...reaching(reader),
    CLICKHOUSE_KEEPER_USER: keeper.username,
    CLICKHOUSE_KEEPER_PASSWORD: keeper.password,
    ...(config.TLS_CERT !== undefined && { TLS_CERT: config.TLS_CERT, TLS_KEY: config.TLS_KEY }),
    AUDIT_KEY: audit_key,
    AUDIT_HEADS: auditHeads(config.DATA_DIR),
    INGEST_URL: ingest.url,
    INGEST_TOKEN: ingest.token,
    VISITORS: config.VISITORS ?? (config.DEMO ? 'leader' : 'none'),
    ...(config.ADMIN_PASSWORD === undefined ? {} : { ADMIN_PASSWORD: config.ADMIN_PASSWORD }),
    // the rest of OIDC_* is no secret and comes along
    ...(base.OIDC_CLIENT_SECRET === undefined ? {} : { OIDC_CLIENT_SECRET: base.OIDC_CLIENT_SECRET }),
    ...(demo === undefined ? {} : { DEMO_PASSWORD: demo }),
    ...personalKey(base),
    ...only(base, isOfApi),
  };
}

/** The simulator is an outsider: it gets an address and a token, and no way to the database. */
export function simulatorEnv(
  config: Config,
  ports: Ports,
  base: NodeJS.ProcessEnv,
  source: { url: string; token: string },
): NodeJS.ProcessEnv {
  const env = common(config, ports, base);
  Reflect.deleteProperty(env, 'CLICKHOUSE_URL');
  return {
    ...env,
    INGEST_URL: source.url,
    SYSLOG_PORT: String(ports.syslog),
    ...(ports.agents === undefined ? {} : { SNMP_AGENT_PORT: String(ports.agents) }),
    SIMULATOR_TOKEN: source.token,
  };
}
