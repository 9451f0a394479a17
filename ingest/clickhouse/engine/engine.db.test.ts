import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type Engine } from './engine.ts';

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-engine-'));
  engine = await startEngine({ folder, output: 'ignore' });
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

it.each([
  [`SELECT * FROM file('FOLDER/passwords.json', 'LineAsString', 'line String')`],
  [`SELECT (SELECT any(line) FROM file('FOLDER/passwords.json', 'LineAsString', 'line String'))`],
  [`DESCRIBE TABLE file('FOLDER/passwords.json')`],
  [`INSERT INTO FUNCTION file('FOLDER/written.txt', 'LineAsString', 'line String') SELECT 'x'`],
  [`CREATE TEMPORARY TABLE t (line String) ENGINE = File(LineAsString, 'FOLDER/passwords.json')`],
  ['SYSTEM STOP LISTEN HTTP'],
])('whoever reaches the port without a password is refused %s', async (statement) => {
  const body = statement.replace('FOLDER', folder);
  const reply = await fetch(`${engine.accesses.owner.url}/?session_id=stranger`, { method: 'POST', body });
  expect(await reply.text()).toMatch(/QUOTA_EXCEEDED|ACCESS_DENIED/);
  expect(await readdir(folder)).not.toContain('written.txt');
});

it('is found at the same address after a restart, unless somebody else has taken it', { timeout: 60_000 }, async () => {
  const { http_port } = engine;
  await engine.stop();
  engine = await startEngine({ folder, output: 'ignore' });
  expect(engine.http_port).toBe(http_port);
  await engine.stop();
  const other = createServer().listen(http_port, '127.0.0.1');
  await once(other, 'listening');
  engine = await startEngine({ folder, output: 'ignore' });
  other.close();
  expect(engine.http_port).not.toBe(http_port);
});
