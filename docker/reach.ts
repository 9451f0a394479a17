import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accesses } from '#ingest/clickhouse/access.ts';
import { findEngine, startEngine } from '#ingest/clickhouse/engine/engine.ts';
import type { Cleanup } from './cleanup.ts';
import type { Config } from './supervisor/config.ts';
import { reachForeign } from './supervisor/database.ts';

/**
 * The users of the installation's database, for a tool: of CLICKHOUSE_URL, of the engine that runs on DATA_DIR, or of one that is started for the tool. Throws
 * an Error where DATA_DIR holds no store: a slip of the pen must not make one, which then looks like an empty installation.
 */
export async function reachDatabase(config: Config, cleanup: Cleanup): Promise<Accesses> {
  if (config.CLICKHOUSE_URL !== undefined) return reachForeign(config, config.CLICKHOUSE_URL, () => undefined);
  const folder = join(config.DATA_DIR, 'clickhouse');
  const running = await findEngine(folder);
  if (running) return running;
  const isThere = await access(join(folder, 'passwords.json')).then(
    () => true,
    () => false,
  );
  if (!isThere)
    throw new Error(`there is no store in ${config.DATA_DIR}: set DATA_DIR to the data folder of the installation`);
  const engine = await startEngine({ folder, output: 'ignore' });
  cleanup.add(engine.stop);
  return engine.accesses;
}
