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
  /** A server on which tables may be made; http or https. */
  CLICKHOUSE_URL: z.url().optional(),
  CLICKHOUSE_USER: z.string().default('default'),
  CLICKHOUSE_PASSWORD: z.string().default(''),
});

/** Reads the environment. Throws with every fault when it is not right. */
export function readCheckConfig(env: NodeJS.ProcessEnv = process.env): { folder: string; access: Access | undefined } {
  const { DASHBOARDS_DIR, CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } = CheckConfigSchema.parse(env);
  const access =
    CLICKHOUSE_URL === undefined
      ? undefined
      : { url: CLICKHOUSE_URL, username: CLICKHOUSE_USER, password: CLICKHOUSE_PASSWORD };
  return { folder: resolve(DASHBOARDS_DIR), access };
}
