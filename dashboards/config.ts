import { resolve } from 'node:path';
import { z } from 'zod';
import type { Access } from '#ingest/clickhouse/access.ts';

/** What `npm run check` checks, and where it describes queries. Without CLICKHOUSE_URL it starts an engine of its own. */
const CheckConfigSchema = z.object({
  /** The folder of the definition files; this one when absent. */
  DASHBOARDS_DIR: z
    .string()
    .min(1)
    .default(import.meta.dirname),
  /** The province whose units are looked at (`--as`); files are checked for all. */
  PROVINCE: z.string().min(1).default('quang-ninh-2019'),
  /** A server on which tables may be made; http or https. */
  CLICKHOUSE_URL: z.url().optional(),
  CLICKHOUSE_USER: z.string().default('default'),
  CLICKHOUSE_PASSWORD: z.string().default(''),
});

/** What a check works with. */
export interface CheckConfig {
  folder: string;
  province: string;
  access: Access | undefined;
}

/** Reads the environment. Throws with every fault when it is not right. */
export function readCheckConfig(env: NodeJS.ProcessEnv = process.env): CheckConfig {
  const config = CheckConfigSchema.parse(env);
  const { CLICKHOUSE_URL: url, CLICKHOUSE_USER: username, CLICKHOUSE_PASSWORD: password } = config;
  const access = url === undefined ? undefined : { url, username, password };
  return { folder: resolve(config.DASHBOARDS_DIR), province: config.PROVINCE, access };
}
