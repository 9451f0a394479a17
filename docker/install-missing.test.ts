import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A repository of one package, in which `npm` is a script that notes that it was called. */
let root = '';
const lock = { lockfileVersion: 3, packages: { '': {}, 'node_modules/left': { version: '1.0.0' } } };
const script = join(import.meta.dirname, 'install-missing.mjs');
const engine = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;

const INSTALLED = `mkdir -p node_modules/left; cp package-lock.json node_modules/.package-lock.json; exit 0`;

async function npm(body: string): Promise<void> {
  await writeFile(join(root, 'bin/npm'), `#!/bin/sh\necho called >> npm.log\n${body}\n`, { mode: 0o755 });
}

async function run(env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'docker/install-missing.mjs')], {
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, CLICKHOUSE_URL: 'http://ch', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'toan-canh-install-'));
  await mkdir(join(root, 'bin'));
  await cp(script, join(root, 'docker/install-missing.mjs'));
  await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock));
});
afterEach(() => rm(root, { recursive: true }));

test('installs once, and says nothing when all is there', async () => {
  await npm(INSTALLED);
  const first = await run();
  expect(first).toMatchObject({ code: 0, said: expect.stringContaining('nothing is installed yet') });
  expect(await run()).toEqual({ code: 0, said: '' });
});

test('installs again when the lockfile names another version, or a package is gone', async () => {
  await npm(INSTALLED);
  await run();
  await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock).replace('1.0.0', '1.0.1'));
  expect((await run()).said).toContain('left is 1.0.0, 1.0.1 is wanted');
  await rm(join(root, 'node_modules/left'), { recursive: true });
  expect((await run()).said).toContain('left is missing');
});

test('tries twice, then says that the registry cannot be reached', async () => {
  await npm('echo "npm error code ENOTFOUND" >&2; exit 1');
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toContain('second attempt');
  expect(said).toContain('the registry cannot be reached (ENOTFOUND)');
});

test('runs at the same time install one after the other', async () => {
  await npm(`test -e busy && exit 9; touch busy; sleep 0.3; rm busy; ${INSTALLED}`);
  const results = await Promise.all([run(), run(), run()]);
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(results.filter(({ said }) => said.includes('packages installed'))).toHaveLength(1);
});

test('takes over from a run that died while it installed', async () => {
  await npm(INSTALLED);
  await mkdir(join(root, '.install-lock'));
  await writeFile(join(root, '.install-lock/pid'), '4194304');
  expect((await run()).code).toBe(0);
});

test.skipIf(process.platform !== 'linux')('does not start with half an engine', async () => {
  await npm(INSTALLED);
  expect((await run({ CLICKHOUSE_URL: '' })).said).toContain(`${engine} is missing`);
  const library = join(root, 'node_modules', engine, 'libchdb.so');
  await mkdir(join(library, '..'), { recursive: true });
  // any shared program will do: what is judged is its end
  await cp(process.execPath, library);
  expect(await run({ CLICKHOUSE_URL: '' })).toEqual({ code: 0, said: '' });
  await truncate(library, 1_000_000);
  expect((await run({ CLICKHOUSE_URL: '' })).said).toContain(`${engine} is incomplete`);
});
