/**
 * Prepares an installation in containers, once at each start: refuses to go on without secrets, writes the token file that ingest
 * reads, waits for ClickHouse and makes the tables.
 */
import { join } from 'node:path';
import { readConfig, StartError } from '../supervisor/config.ts';
import { makeTables, reachForeign } from '../supervisor/database.ts';
import { keepProvince } from '../supervisor/province.ts';
import { createSay } from '../supervisor/say.ts';
import { setTokens } from '../supervisor/tokens.ts';

/** What must have a value, by the name that it has in docker/.env. */
const SECRETS = {
  OWNER_PASSWORD: 'CLICKHOUSE_PASSWORD',
  WRITER_PASSWORD: 'CLICKHOUSE_WRITER_PASSWORD',
  READER_PASSWORD: 'CLICKHOUSE_READER_PASSWORD',
  KEEPER_PASSWORD: 'CLICKHOUSE_KEEPER_PASSWORD',
  // no process of ours uses it: without one, that user would need none
  ANALYST_PASSWORD: 'ANALYST_PASSWORD',
  INGEST_TOKEN: 'INGEST_TOKEN',
  AUDIT_KEY: 'AUDIT_KEY',
};

try {
  const config = readConfig(process.env);
  const absent = Object.entries(SECRETS).flatMap(([name, variable]) => (process.env[variable] ? [] : [name]));
  if (config.CLICKHOUSE_URL === undefined) absent.push('CLICKHOUSE_URL');
  if (config.CLICKHOUSE_URL === undefined || absent.length > 0)
    throw new StartError(`These have no value: ${absent.join(', ')}. Fill in docker/.env (see docker/env.example).`);
  await keepProvince(config.DATA_DIR, config.PROVINCE);
  const say = createSay({ write: (text) => void process.stdout.write(text), isTTY: false });
  await setTokens(join(config.DATA_DIR, 'ingest-tokens.json'), {
    source: config.INGEST_TOKEN,
    simulator: process.env.SIMULATOR_TOKEN,
  });
  const { owner } = await reachForeign(config, config.CLICKHOUSE_URL, say);
  await makeTables(owner, say);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
