import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../supervisor/config.ts';

let folder = '';
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'docker/token/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: folder },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-token-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('issues a token, lists it without its text, and revokes it', async () => {
  const issued = await run('--role', 'duty', '--unit', 'H49', '--days', '30');
  expect(issued.stdout.trim()).toMatch(/^[\w-]{43}$/);
  const listed = await run('--list');
  expect(listed.stdout).toMatch(/\tduty\t-\t.*\tgood\t/);
  expect(listed.stdout).not.toContain(issued.stdout.trim());
  await run('--revoke', listed.stdout.split('\t')[0] ?? '');
  expect((await run('--list')).stdout).toMatch(/\trevoked\t/);
  await expect(run('--role', 'king')).rejects.toThrow(/--role leader\|duty/);
  await expect(run('--role', 'viewer', '--unit', 'H50')).rejects.toThrow(/no such unit/);
}, 120_000);
