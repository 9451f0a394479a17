import { join } from 'node:path';
import type { Accesses } from '#ingest/clickhouse/access.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { findEngine, startEngine } from '#ingest/clickhouse/engine/engine.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import type { Cleanup } from './cleanup.ts';
import type { Config } from './supervisor/config.ts';
import { reachForeign } from './supervisor/database.ts';

/** The users of the installation's database, for a tool: of CLICKHOUSE_URL, of the engine that runs on DATA_DIR, or of one that is started for the tool. */
export async function reachDatabase(config: Config, cleanup: Cleanup): Promise<Accesses> {
  if (config.CLICKHOUSE_URL !== undefined) return reachForeign(config, config.CLICKHOUSE_URL, () => undefined);
  const folder = join(config.DATA_DIR, 'clickhouse');
  const running = await findEngine(folder);
  if (running) return running;
  const engine = await startEngine({ folder, output: 'ignore' });
  cleanup.add(engine.stop);
  const owner = connect(engine.accesses.owner);
  // a folder that nothing was started on yet has no tables
  await migrate(owner);
  await owner.close();
  return engine.accesses;
}
