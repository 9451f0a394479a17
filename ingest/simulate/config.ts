import { join, resolve } from 'node:path';
import { z } from 'zod';

const folder = z.string().transform((text) => resolve(text));

/** What the simulator reads from the environment. */
const EnvironmentSchema = z.object({
  /** Address of the ingest process. */
  INGEST_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Its port on this machine, where INGEST_URL is not given. */
  INGEST_PORT: z.coerce.number().int().min(1).max(65_535).default(8081),
  /** Where the collector hears syslog, on the host of INGEST_URL unless SYSLOG_HOST says otherwise; none is sent without it. */
  SYSLOG_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  SYSLOG_HOST: z.string().min(1).optional(),
  /** Where the simulated devices are asked over SNMP; they do not answer without a port. */
  SNMP_AGENT_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  SNMP_AGENT_HOST: z.string().min(1).default('127.0.0.1'),
  /** The token of the simulator: what is sent with it is marked simulated. A secret: no default. */
  SIMULATOR_TOKEN: z.string().min(1),
  /** The same seed, clock and start give the same province. */
  SEED: z.coerce.number().int().min(0).max(4_294_967_295).default(2019),
  /** Simulated seconds in a real second. Above 1 the last 24 hours are lived through at that speed, and then the present: never the future. */
  SPEED: z.coerce.number().min(1).max(100_000).default(1),
  /** Unit tree file `units/<PROVINCE>.yaml` of DASHBOARDS_DIR. */
  PROVINCE: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .default('quang-ninh-2019'),
  DASHBOARDS_DIR: folder.default(join(import.meta.dirname, '..', '..', 'dashboards')),
  /** Keeps `simulator.json`: how far has been sent. */
  DATA_DIR: folder.prefault('data'),
  /** The instant at which a demonstration begins, and the real instant (epoch ms) at which it began. */
  CLOCK_START: z.iso.datetime({ offset: true }).optional(),
  CLOCK_EPOCH: z.coerce.number().int().min(0).optional(),
  /** Days of dossiers that are there at the first start: a whole month, which is what "this month" and "30 days" need. */
  PRELOAD_DAYS: z.coerce.number().int().min(1).max(120).default(31),
  /** Dossiers of the last two years that are there at the first start; 0 for those of PRELOAD_DAYS only. */
  SEED_HISTORY: z.coerce.number().int().min(0).max(10_000_000).default(0),
});

/** The settings of the simulator. Instants in epoch ms. */
export interface Config {
  ingest_url: string;
  syslog: { host: string; port: number } | undefined;
  snmp: { address: string; port: number } | undefined;
  token: string;
  seed: number;
  speed: number;
  province: string;
  dashboards_dir: string;
  checkpoint_file: string;
  clock: { start: number | undefined; epoch: number | undefined };
  preload_days: number;
  history: number;
}

/** Settings that are not valid: the message lists every fault. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings; an empty variable is an absent one. Throws a `ConfigError` that lists all faults at once. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ''));
  const parsed = EnvironmentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`the settings of the simulator are not valid:\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  return {
    syslog:
      env.SYSLOG_PORT === undefined
        ? undefined
        : {
            host: env.SYSLOG_HOST ?? (env.INGEST_URL ? new URL(env.INGEST_URL).hostname : '127.0.0.1'),
            port: env.SYSLOG_PORT,
          },
    snmp: env.SNMP_AGENT_PORT === undefined ? undefined : { address: env.SNMP_AGENT_HOST, port: env.SNMP_AGENT_PORT },
    ingest_url: (env.INGEST_URL ?? `http://127.0.0.1:${env.INGEST_PORT}`).replace(/\/+$/, ''),
    token: env.SIMULATOR_TOKEN,
    seed: env.SEED,
    speed: env.SPEED,
    province: env.PROVINCE,
    dashboards_dir: env.DASHBOARDS_DIR,
    checkpoint_file: join(env.DATA_DIR, 'simulator.json'),
    clock: { start: env.CLOCK_START === undefined ? undefined : Date.parse(env.CLOCK_START), epoch: env.CLOCK_EPOCH },
    preload_days: env.PRELOAD_DAYS,
    history: env.SEED_HISTORY,
  };
}
