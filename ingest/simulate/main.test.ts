import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestIngest, type TestIngest } from './test-ingest.ts';

const token = 'test-token-of-the-simulator';

describe('the process', { timeout: 120_000 }, () => {
  let folder: string;
  let ingest: TestIngest;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-simulator-'));
    ingest = await startTestIngest(token);
  });
  afterEach(async () => {
    await ingest.close();
    await rm(folder, { recursive: true, force: true });
  });
  const start = (environment: Record<string, string>) =>
    spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH, DATA_DIR: folder, INGEST_URL: ingest.url, PRELOAD_DAYS: '1', ...environment },
    });

  it.each(['SIGTERM', 'disconnect'])(
    'tells its parent when the past is filled in, and ends in order on %s',
    async (how) => {
      const child = start({ SIMULATOR_TOKEN: token });
      const types: unknown[] = [];
      await new Promise<void>((done, fail) => {
        child.on('message', (message) => {
          types.push(message);
          if (JSON.stringify(message).includes('"preloaded"')) done();
        });
        child.once('exit', () => fail(new Error('ended early')));
      });
      expect(types.at(-1)).toMatchObject({ type: 'preloaded' });
      expect(ingest.records.length).toBeGreaterThan(1000);
      if (how === 'disconnect') child.disconnect();
      else child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('says what is wrong with its settings and ends with 1', async () => {
    const child = start({ SPEED: 'fast' });
    const said: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said.join('')).toMatch(/SIMULATOR_TOKEN[^]*SPEED/);
  });
});
