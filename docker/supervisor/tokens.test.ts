import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepTokens, setTokens } from './tokens.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-tokens-'));
  file = join(folder, 'below', 'ingest-tokens.json');
});
afterEach(() => rm(folder, { recursive: true }));

const written = async (): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

test('makes the tokens once, and keeps them from everybody else', async () => {
  const first = await keepTokens(file, { source: true, simulator: true });
  expect(first.generated).toMatch(/^[\w-]{32}$/);
  expect(first.simulator).toMatch(/^[\w-]{32}$/);
  expect(await written()).toEqual([
    { token: first.generated, source: '*', simulated: false },
    { token: first.simulator, source: '*', simulated: true },
    { token: first.own, source: 'toan-canh', simulated: false },
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const second = await keepTokens(file, { source: true, simulator: true });
  expect(second).toEqual({ generated: undefined, simulator: first.simulator, own: first.own });
});

test('makes no token for sources that nobody asked for', async () => {
  const { own } = await keepTokens(file, { source: false, simulator: false });
  expect(await written()).toEqual([{ token: own, source: 'toan-canh', simulated: false }]);
});

test('keeps what was written by hand', async () => {
  await keepTokens(file, { source: false, simulator: true });
  const own = { token: 'one-stop-of-van-don', source: 'mot-cua', simulated: false };
  await writeFile(file, JSON.stringify([own]));
  const { generated, simulator, own: api } = await keepTokens(file, { source: true, simulator: true });
  expect(await written()).toEqual([
    own,
    { token: generated, source: '*', simulated: false },
    { token: simulator, source: '*', simulated: true },
    { token: api, source: 'toan-canh', simulated: false },
  ]);
});

test('a broken file is reported and left as it is', async () => {
  await keepTokens(file, { source: true, simulator: false });
  for (const text of ['[{', '[{"token":""}]']) {
    await writeFile(file, text);
    await expect(keepTokens(file, { source: true, simulator: true })).rejects.toThrow(`${file}: `);
    expect(await readFile(file, 'utf8')).toBe(text);
  }
});

test('new tokens for any source replace the old ones, and those of one source stay', async () => {
  await keepTokens(file, { source: true, simulator: true });
  const own = { token: 'one-stop-of-van-don', source: 'mot-cua', simulated: false };
  await writeFile(file, JSON.stringify([own, { token: 'the old one for all', source: '*', simulated: false }]));
  await setTokens(file, { source: 'the new one for all', simulator: undefined });
  expect(await written()).toEqual([own, { token: 'the new one for all', source: '*', simulated: false }]);
});
