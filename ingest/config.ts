import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const EnvironmentSchema = z.object({
  /** Folder of tokens and of the embedded store. */
  DATA_DIR: optional(z.string().default('data')),
  /** Folder of boards, units and calendars. */
  DASHBOARDS_DIR: optional(z.string().default(join(import.meta.dirname, '..', 'dashboards'))),
  /** The unit tree: a file of `units/` without its ending. */
  PROVINCE: optional(
    z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .default('quang-ninh-2019'),
  ),
  /** Folder of the feeds that the collector fetches; `feeds/` of the dashboards when absent. */
  FEEDS_DIR: optional(z.string().optional()),
  HOST: optional(z.string().default('127.0.0.1')),
  /** 0 is any free port. */
  INGEST_PORT: optional(port.default(8081)),
  /** One token for every source, beside those of the file. A secret: no default. */
  INGEST_TOKEN: optional(z.string().min(16).optional()),
  /** With it applicants are kept, sealed; without it nothing of them is. A secret: no default. */
  PERSONAL_KEY: optional(z.string().min(32).optional()),
  CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }),
  CLICKHOUSE_USER: z.string().min(1),
  /** A secret: no default; it may be empty. */
  CLICKHOUSE_PASSWORD: z.string(),
  LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
  /** The instant at which a demonstration begins, and the real instant (epoch ms) at which it began. */
  CLOCK_START: optional(z.iso.datetime({ offset: true }).optional()),
  CLOCK_EPOCH: optional(z.coerce.number().int().optional()),
  /** Largest body as it travels, in MiB: a bound for memory. */
  INGEST_BODY_MIB: optional(z.coerce.number().positive().max(1_024).default(32)),
  /** Largest body after decompression, in MiB: a small body can unfold into a very large one. */
  INGEST_INFLATED_MIB: optional(z.coerce.number().positive().max(1_024).default(128)),
  /** Most rows on their way to the store; more are refused with 503. */
  INGEST_QUEUE_ROWS: optional(z.coerce.number().int().positive().default(200_000)),
});

/** The settings of the ingest process. Sizes in bytes, instants in epoch ms. */
export interface Config {
  tokens_file: string;
  token: string | undefined;
  units_file: string;
  imports_dir: string;
  feeds_dir: string;
  host: string;
  port: number;
  clickhouse: { url: string; username: string; password: string };
  /** The secret that applicants are sealed with; they are not kept without it. */
  personal_key: string | undefined;
  log_level: string;
  clock: { start: number | undefined; epoch: number | undefined };
  body_bytes: number;
  inflated_bytes: number;
  queue_rows: number;
}

/** Settings that are not valid: the message lists every fault. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings from the environment. Throws a `ConfigError` that lists all faults at once. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`the settings of ingest are not valid:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  const mib = 2 ** 20;
  return {
    tokens_file: join(resolve(env.DATA_DIR), 'ingest-tokens.json'),
    token: env.INGEST_TOKEN,
    units_file: join(resolve(env.DASHBOARDS_DIR), 'units', `${env.PROVINCE}.yaml`),
    imports_dir: join(resolve(env.DASHBOARDS_DIR), 'imports'),
    feeds_dir: resolve(env.FEEDS_DIR ?? join(env.DASHBOARDS_DIR, 'feeds')),
    host: env.HOST,
    port: env.INGEST_PORT,
    clickhouse: { url: env.CLICKHOUSE_URL, username: env.CLICKHOUSE_USER, password: env.CLICKHOUSE_PASSWORD },
    personal_key: env.PERSONAL_KEY,
    log_level: env.LOG_LEVEL,
    clock: {
      start: env.CLOCK_START === undefined ? undefined : Date.parse(env.CLOCK_START),
      epoch: env.CLOCK_EPOCH,
    },
    body_bytes: Math.floor(env.INGEST_BODY_MIB * mib),
    inflated_bytes: Math.floor(env.INGEST_INFLATED_MIB * mib),
    queue_rows: env.INGEST_QUEUE_ROWS,
  };
}
