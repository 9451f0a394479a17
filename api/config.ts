import { join } from 'node:path';
import { z } from 'zod';
import type { OidcOptions } from './auth/oidc/oidc.ts';
import { isLoopback } from './auth/oidc/provider.ts';
import { PASSWORD_LENGTH } from './auth/password.ts';
import { ROLES } from './auth/roles.ts';
import { LIMITS } from './plugins/limits.ts';
import { isTrust } from './socket/address.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const repository = join(import.meta.dirname, '..');

/** Every variable that the API reads: unit, default, reason. */
export const ApiConfigSchema = z
  .object({
    /** Address to listen on: this machine only, unless the province opens it. */
    HOST: z.string().min(1).default('127.0.0.1'),
    /** Port of web app, REST and sockets; 0 is any free one. */
    PORT: port.default(8080),
    /** pino level. */
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Folder of boards, queries, metrics, units: watched, and reloaded when a file is saved. */
    DASHBOARDS_DIR: z.string().min(1).default(join(repository, 'dashboards')),
    /** The unit tree that is served: `units/<id>.yaml` of that folder. */
    PROVINCE: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'a file name without its ending, such as quang-ninh-2019')
      .default('quang-ninh-2019'),
    /** Folder of the installation's data, whose disk is watched; it is not where it is not named. */
    DATA_DIR: z.string().min(1).optional(),
    /** Built web app. */
    WEB_DIST: z
      .string()
      .min(1)
      .default(join(repository, 'web', 'dist')),
    /** The store, and its read-only user. A secret has no default. */
    CLICKHOUSE_URL: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }),
    CLICKHOUSE_USER: z.string().min(1),
    CLICKHOUSE_PASSWORD: z.string(),
    /** Where events of the product's own are stored (chases), and the token for it. Without them such actions are refused. */
    INGEST_URL: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
    INGEST_TOKEN: z.string().min(16).optional(),
    /** The user of the same store that keeps accounts. Without it there are none, and everybody is a visitor. */
    CLICKHOUSE_KEEPER_USER: z.string().min(1).optional(),
    CLICKHOUSE_KEEPER_PASSWORD: z.string().default(''),
    /** Key of the hashes of the audit log, and the folder that holds where its chains stand: both outside of the database. Accounts need them. */
    AUDIT_KEY: z.string().min(32).optional(),
    AUDIT_HEADS: z.string().min(1).optional(),
    /** What applicants are sealed with; none are shown without it. */
    PERSONAL_KEY: z.string().min(32).optional(),
    /** What somebody may do who has not logged in. */
    VISITORS: z.enum(['none', ...ROLES]).default('none'),
    /** Password of the account `admin`, made at the first start. */
    ADMIN_PASSWORD: z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max).optional(),
    /** Password of the accounts of the demo province; there are none without it. */
    DEMO_PASSWORD: z.string().min(PASSWORD_LENGTH.min).optional(),
    /** How long a session lives without a request, and at most, in minutes. */
    SESSION_IDLE_MIN: z.coerce.number().min(0.05).max(100_000).default(120),
    SESSION_MAX_MIN: z.coerce.number().min(0.05).max(100_000).default(720),
    /** Address at which browsers reach the product (https://ioc.tinh.gov.vn): an OpenID provider sends them back there. */
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
    /** Log-in by an OpenID provider, off without OIDC_ISSUER: who the product is there, and how the log-in page names it. */
    OIDC_ISSUER: z
      .url()
      .refine((url) => url.startsWith('https://') || isLoopback(url), 'an https:// address, or http:// on this machine')
      .optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    OIDC_NAME: z.string().trim().min(1).max(64).default('OpenID'),
    /** File that says which role and unit the groups of the provider have here, and the claim that names the groups. */
    OIDC_GROUPS: z.string().min(1).optional(),
    OIDC_CLAIM: z.string().min(1).default('groups'),
    /** What is asked of the provider; some tell groups only for a scope of their own. */
    OIDC_SCOPE: z
      .string()
      .regex(/(^| )openid( |$)/, 'scopes with openid among them')
      .default('openid profile'),
    /** Files of certificate and key (PEM): with both the API speaks TLS alone. */
    TLS_CERT: z.string().min(1).optional(),
    TLS_KEY: z.string().min(1).optional(),
    /** Proxies in front whose word on the sender's address and on TLS is taken (X-Forwarded-For, -Proto): addresses or networks, with commas between. Nobody's when absent. */
    TRUST_PROXY: z
      .string()
      .refine(isTrust, 'addresses or networks (192.0.2.7, 10.0.0.0/8) with commas between')
      .optional(),
    /** Requests a minute: of a session or token, of an address of nobody that is known, and of an address that logs in. */
    LIMIT_SESSION: z.coerce.number().int().min(1).default(LIMITS.session),
    LIMIT_ADDRESS: z.coerce.number().int().min(1).default(LIMITS.address),
    LIMIT_LOGIN: z.coerce.number().int().min(1).default(LIMITS.login),
    /** Longest time for one query, in milliseconds. */
    QUERY_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
    /** How often the logs are asked whether they have grown, in milliseconds. */
    TICK_MS: z.coerce.number().int().min(50).max(5_000).default(250),
    /** Whether this process evaluates the alert rules and tells people of alerts: of several that serve one province, one does. */
    ALERTS: z.enum(['on', 'off']).default('on'),
    /** A demonstration's own "now": the instant it began with, and the wall instant (epoch ms) at which it began. */
    CLOCK_START: z.iso.datetime({ offset: true }).optional(),
    CLOCK_EPOCH: z.coerce.number().int().optional(),
  })
  .superRefine((config, context) => {
    if ((config.TLS_CERT === undefined) !== (config.TLS_KEY === undefined))
      context.addIssue({ code: 'custom', path: ['TLS_CERT'], message: 'goes with TLS_KEY' });
    for (const name of ['AUDIT_KEY', 'AUDIT_HEADS'] as const)
      if (config.CLICKHOUSE_KEEPER_USER !== undefined && config[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed where accounts are kept' });
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_GROUPS', 'PUBLIC_URL'] as const)
      if (config.OIDC_ISSUER !== undefined && config[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed with OIDC_ISSUER' });
  });
export type ApiConfig = z.output<typeof ApiConfigSchema>;

/** Reads the configuration. Throws an Error whose message lists every fault, one a line. */
export function readConfig(env: Record<string, string | undefined> = process.env): ApiConfig {
  // a variable that is set to nothing counts as not set, as shells and compose files write it
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = ApiConfigSchema.safeParse({ ...given, CLICKHOUSE_PASSWORD: env.CLICKHOUSE_PASSWORD });
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`the configuration of the API is not usable:\n${faults.join('\n')}`);
}

/** Secrets of receivers of alerts, by name. The API's own variables are not theirs: a receiver's file could send them anywhere. */
export function receiverSecrets(
  env: Record<string, string | undefined> = process.env,
): (name: string) => string | undefined {
  const own = new Set(Object.keys(ApiConfigSchema.shape));
  return (name) => (own.has(name) ? undefined : env[name]);
}

/** What log-in by an OpenID provider is made of; undefined where it is off. */
export function oidcOf(config: ApiConfig): OidcOptions | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client_id, OIDC_CLIENT_SECRET: client_secret } = config;
  const { OIDC_GROUPS: groups, PUBLIC_URL: public_url } = config;
  if (!issuer || !client_id || !client_secret || !groups || !public_url) return undefined;
  const { OIDC_NAME: name, OIDC_SCOPE: scope, OIDC_CLAIM: claim } = config;
  return { issuer, client_id, client_secret, name, scope, claim, groups, public_url };
}
