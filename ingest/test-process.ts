import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Access } from './clickhouse/access.ts';

/** An ingest process of its own, as an installation runs it. */
export interface IngestProcess {
  url: string;
  process: ChildProcess;
  /** Ends it with this signal, and waits until it is gone; its exit code, or null when a signal ended it. */
  kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

/** Starts `main.ts` as a child on a free port and returns when it listens. */
export async function startIngestProcess(access: Access, folder: string, token: string): Promise<IngestProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      DATA_DIR: folder,
      CLICKHOUSE_URL: access.url,
      CLICKHOUSE_USER: access.username,
      CLICKHOUSE_PASSWORD: access.password,
      INGEST_PORT: '0',
      INGEST_TOKEN: token,
      LOG_LEVEL: 'silent',
    },
  });
  const port = await new Promise<string>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the ingest process ended at start (code ${code})`)));
    child.on('message', (message) => {
      if (typeof message === 'object' && 'port' in message) done(String(message.port));
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
