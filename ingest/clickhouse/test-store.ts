import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Accesses } from './access.ts';
import { connect } from './client.ts';
import { startEngine } from './engine/engine.ts';
import { migrate } from './migrate.ts';

/** A real, empty store for one test file. */
export interface TestStore {
  /** Where it keeps all. */
  folder: string;
  accesses: Accesses;
  owner: ClickHouseClient;
  writer: ClickHouseClient;
  reader: ClickHouseClient;
  /** Ends the server with this signal, and waits until it is gone. */
  kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  /** Starts it again, on the same port and with the same folder. */
  restart: () => Promise<void>;
  /** Ends the server and removes its folder. */
  close: () => Promise<void>;
}

/** Starts an embedded server in a temporary folder and makes the tables: about a second. */
export async function startTestStore(): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-store-'));
  let engine = await startEngine({ folder, output: 'ignore' });
  const { http_port, tcp_port } = engine;
  const owner = connect(engine.accesses.owner);
  const writer = connect(engine.accesses.writer);
  const reader = connect(engine.accesses.reader);
  await migrate(owner);
  return {
    folder,
    accesses: engine.accesses,
    owner,
    writer,
    reader,
    kill: async (signal) => {
      const ended = once(engine.process, 'exit');
      engine.process.kill(signal);
      await ended;
    },
    restart: async () => {
      engine = await startEngine({ folder, http_port, tcp_port, output: 'ignore' });
    },
    close: async () => {
      await Promise.all([owner.close(), writer.close(), reader.close()]);
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
