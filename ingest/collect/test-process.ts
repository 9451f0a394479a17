import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { Access } from '../clickhouse/access.ts';

const MessageSchema = z.object({ port: z.int(), syslog_port: z.int() });

/** A collector process of its own, as an installation runs it. */
export interface CollectorProcess {
  url: string;
  syslog_port: number;
  /** Ends it with this signal, and waits until it is gone; its exit code, or null when a signal ended it. */
  kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

/** Starts `main.ts` as a child on free ports and returns when it listens. */
export async function startCollectorProcess(access: Access, folder: string): Promise<CollectorProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      DATA_DIR: folder,
      CLICKHOUSE_URL: access.url,
      CLICKHOUSE_USER: access.username,
      CLICKHOUSE_PASSWORD: access.password,
      COLLECTOR_PORT: '0',
      SYSLOG_PORT: '0',
      SNMP_TRAP_PORT: '0',
      LOG_LEVEL: 'silent',
      FEEDS_DIR: join(folder, 'feeds.d'),
    },
  });
  const message = await Promise.race([
    once(child, 'message').then(([said]: unknown[]) => MessageSchema.parse(said)),
    once(child, 'exit').then(() => undefined),
  ]);
  if (!message) throw new Error('the collector ended at its start');
  return {
    url: `http://127.0.0.1:${message.port}`,
    syslog_port: message.syslog_port,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
