import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';

const ListeningSchema = z.object({ type: z.literal('listening'), port: z.int().min(1) });

describe('the API as a process', () => {
  let db: TestStore;
  beforeAll(async () => {
    db = await startTestStore();
  });
  afterAll(() => db.close());

  const start = (env: Record<string, string> = {}): ChildProcess => {
    const { url, username, password } = db.accesses.reader;
    return fork(join(import.meta.dirname, 'main.ts'), {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        LOG_LEVEL: 'silent',
        CLICKHOUSE_URL: url,
        CLICKHOUSE_USER: username,
        CLICKHOUSE_PASSWORD: password,
        ...env,
      },
    });
  };
  const portOf = async (child: ChildProcess): Promise<number> => {
    const [message]: unknown[] = await once(child, 'message');
    return ListeningSchema.parse(message).port;
  };

  it.each([
    ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
    ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
    ['the death of its parent', (child: ChildProcess) => child.disconnect()],
  ])('says where it listens, serves, and ends in order on %s', async (_, end) => {
    const child = start();
    const port = await portOf(child);
    expect((await fetch(`http://127.0.0.1:${port}/api/ready`)).status).toBe(200);
    const ended = once(child, 'exit');
    end(child);
    expect(await ended).toEqual([0, null]);
  });

  it('does not start with a wrong configuration, and lists what is wrong', async () => {
    const child = start({ PORT: 'eighty', CLICKHOUSE_URL: '' });
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toMatch(/PORT[\s\S]*CLICKHOUSE_URL/);
  });

  it('runs on the clock that it is given', async () => {
    const child = start({ CLOCK_START: '2019-06-24T09:15:00+07:00', CLOCK_EPOCH: String(Date.now()) });
    const port = await portOf(child);
    const { now } = z
      .object({ now: z.number() })
      .parse(await (await fetch(`http://127.0.0.1:${port}/api/ready`)).json());
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    expect(now - Date.parse('2019-06-24T09:15:00+07:00')).toBeLessThan(60_000);
  });
});
