import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startEngine } from '#ingest/clickhouse/engine/engine.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import { ROOT } from '../supervisor/config.ts';

let folder = '';
const tool = (file: string, args: string[] = [], data = folder) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: data },
  });
const run = (...args: string[]) => tool('docker/token/main.ts', args);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-token-'));
  const engine = await startEngine({ folder: join(folder, 'clickhouse'), output: 'ignore' });
  const owner = connect(engine.accesses.owner);
  await migrate(owner);
  await owner.close();
  await engine.stop();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('issues a token, lists it without its text, and revokes it', async () => {
  const issued = await run('--role', 'duty', '--unit', 'H49', '--days', '30');
  expect(issued.stdout.trim()).toMatch(/^[\w-]{43}$/);
  const listed = await run('--list');
  expect(listed.stdout).toMatch(/\tduty\t-\t.*\tgood\t/);
  expect(listed.stdout).not.toContain(issued.stdout.trim());
  await run('--revoke', listed.stdout.split('\t')[0] ?? '');
  expect((await run('--list')).stdout).toMatch(/\trevoked\t/);
  // what was done by hand is in the audit log, and its chains hold
  const verified = await tool('docker/audit/verify.ts');
  expect(verified.stdout).toContain('2 rows in 2 chains: 0 faults');
  await expect(run('--role', 'king')).rejects.toThrow(/--role leader\|duty/);
  await expect(run('--role', 'viewer', '--unit', 'H50')).rejects.toThrow(/no such unit/);
}, 120_000);

test('says where there is no store, and makes none', async () => {
  const nowhere = join(folder, 'nowhere');
  for (const file of ['docker/audit/main.ts', 'docker/token/main.ts'])
    await expect(tool(file, file.includes('token') ? ['--list'] : [], nowhere)).rejects.toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining(`there is no store in ${nowhere}`) },
    });
  await expect(readdir(nowhere)).rejects.toMatchObject({ code: 'ENOENT' });
}, 60_000);
