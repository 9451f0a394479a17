import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('two never hold one folder, and the second is told who does', async () => {
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  await release();
  const again = await lockFolder(folder);
  await again();
  expect(await readdir(folder)).toEqual([]);
});

test('of many that start at once, one gets it', async () => {
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('takes over from a process that died', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((done) => child.once('close', done));
  for (const text of [JSON.stringify({ pid: child.pid, started: 'boot:1' }), '', '{"pid"']) {
    await writeFile(join(folder, 'supervisor.lock'), text);
    await (
      await lockFolder(folder)
    )();
  }
});

test.skipIf(process.platform !== 'linux')(
  'takes over from a dead process whose number another one has now',
  async () => {
    const release = await lockFolder(folder);
    const file = join(folder, 'supervisor.lock');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/:\d+"/, ':1"'));
    await (
      await lockFolder(folder)
    )();
    await release();
  },
);
