import { z } from 'zod';
import type { Access } from '#ingest/clickhouse/access.ts';

/** Where `npm run check` describes queries. Without CLICKHOUSE_URL it starts an engine of its own. */
const CheckConfigSchema = z.object({
  /** A server on which tables may be made; http or https. */
  CLICKHOUSE_URL: z.url().optional(),
  CLICKHOUSE_USER: z.string().default('default'),
  CLICKHOUSE_PASSWORD: z.string().default(''),
});

/** Reads the environment. Throws with every fault when it is not right. */
export function readCheckConfig(env: NodeJS.ProcessEnv = process.env): { access: Access | undefined } {
  const { CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } = CheckConfigSchema.parse(env);
  return {
    access:
      CLICKHOUSE_URL === undefined
        ? undefined
        : { url: CLICKHOUSE_URL, username: CLICKHOUSE_USER, password: CLICKHOUSE_PASSWORD },
  };
}
