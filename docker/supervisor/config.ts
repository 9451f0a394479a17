import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';

/** The folder of the sources: children run there, wherever the supervisor was called from. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Roles that a visitor may have, and none. */
const VISITORS = ['none', 'leader', 'duty'] as const;

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z
  .enum(['0', '1', 'false', 'true', 'off', 'on', 'no', 'yes'])
  .transform((text) => ['1', 'true', 'on', 'yes'].includes(text));
const folder = z.string().transform((text) => resolve(text));

/**
 * What `npm start` reads from the environment. Every port accepts 0: any free one, which is then printed.
 * Children read their own variables; those that only a child needs are checked here too, so that a slip shows before anything starts.
 */
export const ConfigSchema = z
  .object({
    /** Address that the web app and ingest listen on. Loopback, because neither is meant for an open network without a proxy. */
    HOST: z.string().default('127.0.0.1'),
    /** Web app, API, socket.io, OpenAPI, /metrics. */
    PORT: port.default(8080),
    /** Ingest over HTTP. */
    INGEST_PORT: port.default(8081),
    /** Health page of the collector, which takes what is not sent over HTTP. */
    COLLECTOR_PORT: port.default(8082),
    /** Syslog over UDP and TCP. 514, the port of the standard, is for a process with more rights. */
    SYSLOG_PORT: port.default(5514),
    /** One token for every source; generated and kept in the data folder when absent. */
    INGEST_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
    /** Where everything is kept: the store, passwords, tokens. */
    DATA_DIR: folder.prefault('./data'),
    /** An existing ClickHouse instead of the embedded one. */
    CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Its user that may make tables; also writes, reads and keeps accounts unless those below say otherwise. */
    CLICKHOUSE_USER: z.string().default('default'),
    CLICKHOUSE_PASSWORD: z.string().default(''),
    CLICKHOUSE_WRITER_USER: z.string().optional(),
    CLICKHOUSE_WRITER_PASSWORD: z.string().default(''),
    CLICKHOUSE_READER_USER: z.string().optional(),
    CLICKHOUSE_READER_PASSWORD: z.string().default(''),
    CLICKHOUSE_KEEPER_USER: z.string().optional(),
    CLICKHOUSE_KEEPER_PASSWORD: z.string().default(''),
    /** The demo province: runs the simulator, makes an account of each role, and lets visitors look. */
    DEMO: flag.default(true),
    /** What somebody may do who has not logged in; `leader` in the demo province, whose data are invented, and `none` otherwise. */
    VISITORS: z.enum(VISITORS).optional(),
    /** Password of the account `admin`, made at the first start; without it a link to make the first account is printed. */
    ADMIN_PASSWORD: z.string().min(10, 'at least 10 characters').optional(),
    /** Key of the audit log's hashes; generated and kept in the data folder when absent. */
    AUDIT_KEY: z.string().min(32, 'at least 32 characters').optional(),
    /** Files of certificate and key (PEM) of the web app and the API: with both they speak TLS alone. */
    TLS_CERT: folder.optional(),
    TLS_KEY: folder.optional(),
    /** Unit tree file `dashboards/units/<PROVINCE>.yaml`. */
    PROVINCE: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/)
      .default('quang-ninh-2019'),
    /** Boards, queries, units, calendar and maps of a province. */
    DASHBOARDS_DIR: folder.default(resolve(ROOT, 'dashboards')),
    /** Instant at which the clock of the whole installation starts (drills, screenshots); the present when absent. */
    CLOCK_START: z.iso.datetime({ offset: true }).optional(),
    /** Epoch milliseconds at which CLOCK_START is reached; the start of the supervisor when absent. */
    CLOCK_EPOCH: z.coerce.number().int().min(0).optional(),
    /** Seed of the simulator: the same seed and clock give the same province. */
    SEED: z.coerce.number().int().min(0).optional(),
    /** How many times faster than time the simulator runs. */
    SPEED: z.coerce.number().positive().optional(),
    /** Dossiers of history that the simulator loads before it goes live. */
    SEED_HISTORY: z.coerce.number().int().min(0).optional(),
    /** Seconds from the start during which a running preload holds up the ready line; the wall can be opened while it goes on. */
    PRELOAD_WAIT_S: z.coerce.number().min(0).max(86_400).default(13),
    /** What children log; `warn` keeps a quiet terminal. */
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  })
  .superRefine((config, context) => {
    if (config.PORT !== 0 && config.PORT === config.INGEST_PORT)
      context.addIssue({ code: 'custom', path: ['INGEST_PORT'], message: 'is the same as PORT' });
    const ports = [config.PORT, config.INGEST_PORT, config.SYSLOG_PORT];
    if (config.COLLECTOR_PORT !== 0 && ports.includes(config.COLLECTOR_PORT))
      context.addIssue({ code: 'custom', path: ['COLLECTOR_PORT'], message: 'is the same as another port' });
    if ((config.TLS_CERT === undefined) !== (config.TLS_KEY === undefined))
      context.addIssue({ code: 'custom', path: ['TLS_CERT'], message: 'goes with TLS_KEY' });
  });
export type Config = z.output<typeof ConfigSchema>;

/** A start that a person can mend: the message says how. The supervisor prints it alone and ends with code 1. */
export class StartError extends Error {}

/** Reads the configuration; throws a StartError that lists all faults at once. An empty variable is an absent one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => text !== ''));
  const result = ConfigSchema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new StartError(`These variables cannot be used:\n${faults.join('\n')}`);
}

/** A secret that cannot be guessed, in characters that survive a shell. */
export function generateSecret(): string {
  return randomBytes(24).toString('base64url');
}
