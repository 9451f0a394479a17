import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

/** What a collector can take, by entry. */
const ENTRIES = ['syslog', 'snmp', 'tail', 'probe', 'mqtt', 'poll', 'folder'] as const;

/** The first collector of an installation, which takes everything when nothing is said. */
export const FIRST = 'collector';

const EnvironmentSchema = z
  .object({
    /** Folder of the spools. */
    DATA_DIR: optional(z.string().default('data')),
    /** Folder of units, inventory and severities. */
    DASHBOARDS_DIR: optional(z.string().default(join(import.meta.dirname, '..', '..', 'dashboards'))),
    /** The unit tree and the inventory: files of `units/` and `inventory/` without their ending. */
    PROVINCE: optional(
      z
        .string()
        .regex(/^[a-z0-9-]+$/)
        .default('quang-ninh-2019'),
    ),
    /** Folder of what the collector looks at by itself; `probes/` of the dashboards when absent. */
    PROBES_DIR: optional(z.string().optional()),
    /** Folder of the feeds that the collector fetches; `feeds/` of the dashboards when absent. */
    FEEDS_DIR: optional(z.string().optional()),
    HOST: optional(z.string().default('127.0.0.1')),
    /** Who reports. A collector beside the first has a name, a `DATA_DIR` and ports of its own. */
    COLLECTOR_NAME: optional(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,31}$/)
        .default(FIRST),
    ),
    /** What it takes, where it does not take everything: entries between commas. Senders are divided among collectors by their own settings. */
    COLLECTS: optional(
      z
        .string()
        .transform((text) => text.split(',').map((entry) => entry.trim()))
        .pipe(z.array(z.enum(ENTRIES)))
        .optional(),
    ),
    /** The health page; 0 is any free port. */
    COLLECTOR_PORT: optional(port.default(8082)),
    /** Most that waits for the store on disk, for each source, in MiB. At the bound TCP is not read and UDP is dropped. */
    SPOOL_MIB: optional(z.coerce.number().min(1).default(1_024)),
    /** Syslog over UDP and TCP; 0 is any free port. */
    SYSLOG_PORT: optional(port.default(5514)),
    /** Syslog over TLS: on with the files of certificate and key (PEM). */
    SYSLOG_TLS_PORT: optional(port.default(6514)),
    SYSLOG_TLS_CERT: optional(z.string().optional()),
    SYSLOG_TLS_KEY: optional(z.string().optional()),
    /** How often each device is asked, and how long it may take to answer, in seconds. */
    SNMP_INTERVAL_S: optional(z.coerce.number().min(1).max(3_600).default(30)),
    SNMP_TIMEOUT_S: optional(z.coerce.number().min(0.1).max(30).default(2)),
    /** Traps and informs over UDP; 0 is any free port. */
    SNMP_TRAP_PORT: optional(port.default(1162)),
    /** Where the devices that the inventory marks as simulated are asked: `host:port` of the simulator. */
    SNMP_SIMULATOR: optional(
      z
        .string()
        .regex(/^[\w.-]+:\d{1,5}$/, 'is host:port')
        .optional(),
    ),
    CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }),
    CLICKHOUSE_USER: z.string().min(1),
    /** A secret: no default; it may be empty. */
    CLICKHOUSE_PASSWORD: z.string(),
    LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
    /** The instant at which a demonstration begins, and the real instant (epoch ms) at which it began. */
    CLOCK_START: optional(z.iso.datetime({ offset: true }).optional()),
    CLOCK_EPOCH: optional(z.coerce.number().int().optional()),
  })
  .superRefine((env, context) => {
    if ((env.SYSLOG_TLS_CERT === undefined) !== (env.SYSLOG_TLS_KEY === undefined))
      context.addIssue({ code: 'custom', path: ['SYSLOG_TLS_CERT'], message: 'goes with SYSLOG_TLS_KEY' });
    if ((env.COLLECTS === undefined) !== (env.COLLECTOR_NAME === FIRST))
      context.addIssue({
        code: 'custom',
        path: ['COLLECTS'],
        message: 'goes with a COLLECTOR_NAME other than the first',
      });
  });

/** The settings of the collector process. Sizes in bytes, instants in epoch ms. */
export interface CollectConfig {
  /** Who reports. */
  name: string;
  /** The entries that it takes; undefined: all, and it watches over silence for the whole installation. */
  collects: ReadonlySet<string> | undefined;
  units_file: string;
  inventory_file: string;
  /** How long sources may be silent, and the calendars that office hours come from. */
  limits_file: string;
  calendar_dir: string;
  severities_dir: string;
  /** What devices have, and what their notifications mean. */
  devices_dir: string;
  traps_dir: string;
  feeds_dir: string;
  probes_dir: string;
  /** Where the digests of pages are kept. */
  digests_dir: string;
  spool_dir: string;
  /** Where the places are kept up to which logs were read. */
  tail_dir: string;
  spool_bytes: number;
  host: string;
  port: number;
  snmp: {
    interval_ms: number;
    timeout_ms: number;
    trap_port: number;
    /** Where simulated devices are asked; undefined where nobody simulates them. */
    simulator: { address: string; port: number } | undefined;
    /** The value of a variable that the inventory names. */
    secretOf: (variable: string) => string | undefined;
  };
  syslog: { port: number; tls: { port: number; cert_file: string; key_file: string } | undefined };
  clickhouse: { url: string; username: string; password: string };
  log_level: string;
  clock: { start: number | undefined; epoch: number | undefined };
  /** Folder of what feeds remember between their runs. */
  state_dir: string;
  /** The value of a variable that a feed names: secrets do not stand in files. */
  variable: (name: string) => string | undefined;
}

/** Reads the settings from the environment. Throws a `ConfigError` that lists all faults at once. */
export function readCollectConfig(environment: Record<string, string | undefined> = process.env): CollectConfig {
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`the settings of the collector are not valid:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  const dashboards = resolve(env.DASHBOARDS_DIR);
  return {
    name: env.COLLECTOR_NAME,
    collects: env.COLLECTS && new Set<string>(env.COLLECTS),
    units_file: join(dashboards, 'units', `${env.PROVINCE}.yaml`),
    inventory_file: join(dashboards, 'inventory', `${env.PROVINCE}.yaml`),
    limits_file: join(dashboards, 'sources', `${env.PROVINCE}.yaml`),
    calendar_dir: join(dashboards, 'calendar'),
    severities_dir: join(dashboards, 'severities'),
    devices_dir: join(dashboards, 'devices'),
    traps_dir: join(dashboards, 'traps'),
    feeds_dir: resolve(env.FEEDS_DIR ?? join(dashboards, 'feeds')),
    probes_dir: resolve(env.PROBES_DIR ?? join(dashboards, 'probes')),
    digests_dir: join(resolve(env.DATA_DIR), 'probes'),
    spool_dir: join(resolve(env.DATA_DIR), 'spool'),
    tail_dir: join(resolve(env.DATA_DIR), 'tail'),
    state_dir: join(resolve(env.DATA_DIR), 'feeds'),
    variable: (name) => environment[name],
    spool_bytes: Math.floor(env.SPOOL_MIB * 2 ** 20),
    host: env.HOST,
    port: env.COLLECTOR_PORT,
    snmp: {
      interval_ms: env.SNMP_INTERVAL_S * 1_000,
      timeout_ms: env.SNMP_TIMEOUT_S * 1_000,
      trap_port: env.SNMP_TRAP_PORT,
      simulator: placeOf(env.SNMP_SIMULATOR),
      secretOf: (variable) => environment[variable] || undefined,
    },
    syslog: {
      port: env.SYSLOG_PORT,
      tls:
        env.SYSLOG_TLS_CERT === undefined || env.SYSLOG_TLS_KEY === undefined
          ? undefined
          : { port: env.SYSLOG_TLS_PORT, cert_file: env.SYSLOG_TLS_CERT, key_file: env.SYSLOG_TLS_KEY },
    },
    clickhouse: { url: env.CLICKHOUSE_URL, username: env.CLICKHOUSE_USER, password: env.CLICKHOUSE_PASSWORD },
    log_level: env.LOG_LEVEL,
    clock: {
      start: env.CLOCK_START === undefined ? undefined : Date.parse(env.CLOCK_START),
      epoch: env.CLOCK_EPOCH,
    },
  };
}

function placeOf(text: string | undefined): { address: string; port: number } | undefined {
  const [address = '', port = ''] = text?.split(':') ?? [];
  return address === '' ? undefined : { address, port: Number(port) };
}
