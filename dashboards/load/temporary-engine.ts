import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { connect } from '#ingest/clickhouse/client.ts';
import { startEngine } from '#ingest/clickhouse/engine/engine.ts';
import { clickhouseLiveDossiers } from '#ingest/clickhouse/fold/live-dossiers.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';

/** An engine with empty tables, for as long as a check or a test takes. */
export interface TemporaryEngine {
  /** May insert. */
  writer: ClickHouseClient;
  /** May ask, as the API does. */
  reader: ClickHouseClient;
  /** Brings the dossiers of `live` up to what was inserted, as ingest does. */
  fold: () => Promise<void>;
  /** Ends the engine and removes its folder. */
  close: () => Promise<void>;
}

/** Starts an embedded engine in a temporary folder and makes the tables: about a second. */
export async function startTemporaryEngine(): Promise<TemporaryEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-check-'));
  const engine = await startEngine({ folder, output: 'ignore' });
  const owner = connect(engine.accesses.owner);
  const [writer, reader] = [connect(engine.accesses.writer), connect(engine.accesses.reader)];
  const close = async () => {
    await Promise.all([writer.close(), reader.close()]);
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await migrate(owner);
  } catch (error) {
    await close();
    throw error;
  } finally {
    await owner.close();
  }
  return { writer, reader, fold: () => clickhouseLiveDossiers(writer, Date.now).refoldReceived(Infinity), close };
}
