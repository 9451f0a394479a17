import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SettingsMap, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { freePort } from '#ingest/clickhouse/engine/engine.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import { ROOT } from '../supervisor/config.ts';

/** What the embedded server needs to start with, beside the users; the container image brings its own. */
const BOOTSTRAP = `<users>
    <default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>`;

const PASSWORDS = {
  owner: 'owner-password',
  writer: 'writer-password',
  reader: 'reader-password',
  keeper: 'keeper-password',
  analyst: 'analyst-password',
};
let folder = '';
let server: ChildProcess | undefined;
let url = '';
const clients: ClickHouseClient[] = [];
const as = (username: keyof typeof PASSWORDS, password = PASSWORDS[username]): ClickHouseClient => {
  const client = connect({ url, username, password }, { quiet: true });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-users-'));
  const users = (await readFile(join(import.meta.dirname, 'users.xml'), 'utf8'))
    .replace('<profiles>', '<quotas><default></default></quotas><profiles><default></default>')
    .replace('<users>', BOOTSTRAP);
  await writeFile(join(folder, 'users.xml'), users);
  const config = join(folder, 'config.xml');
  await writeFile(config, `<clickhouse><users_config>${join(folder, 'users.xml')}</users_config></clickhouse>`);
  const [http, tcp] = [await freePort(), await freePort()];
  url = `http://127.0.0.1:${http}`;
  const serve = join(ROOT, 'ingest/clickhouse/engine/serve.ts');
  server = spawn(
    process.execPath,
    ['--import', 'tsx', serve, join(folder, 'store'), config, String(http), String(tcp)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {
        ...process.env,
        OWNER_PASSWORD: PASSWORDS.owner,
        WRITER_PASSWORD: PASSWORDS.writer,
        READER_PASSWORD: PASSWORDS.reader,
        KEEPER_PASSWORD: PASSWORDS.keeper,
        ANALYST_PASSWORD: PASSWORDS.analyst,
      },
    },
  );
  while (!(await as('owner').ping()).success) await sleep(100);
  await migrate(as('owner'));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  const ended = new Promise((done) => server?.once('close', done));
  server?.stdin?.end();
  await ended;
  await rm(folder, { recursive: true, force: true });
});

test('nobody comes in without the password of the environment', async () => {
  await expect(as('owner', 'another').command({ query: 'SELECT 1' })).rejects.toThrow();
  await expect(as('reader', '').command({ query: 'SELECT 1' })).rejects.toThrow();
});

test('the writer adds to the logs and changes nothing else', async () => {
  const writer = as('writer');
  const letter = {
    letter_key: crypto.randomUUID(),
    received_at: Date.now(),
    source: 's',
    entry: 'events',
    code: 'c',
    reason: 'r',
  };
  await writer.insert({ table: 'log.dead_letter', values: [{ ...letter, payload: '' }], format: 'JSONEachRow' });
  await expect(writer.command({ query: 'DROP TABLE log.dead_letter' })).rejects.toThrow();
  await expect(writer.command({ query: 'TRUNCATE TABLE log.dead_letter' })).rejects.toThrow();
});

test('the reader reads, and may set the filters of the lens and nothing else', async () => {
  const reader = as('reader');
  const count = async (filter: string): Promise<string> => {
    const reply = await reader.query({
      query: 'SELECT count() FROM log.dead_letter',
      format: 'TabSeparated',
      clickhouse_settings: { additional_table_filters: SettingsMap.from({ 'log.dead_letter': filter }) },
    });
    return (await reply.text()).trim();
  };
  expect(await count('1')).toBe('1');
  expect(await count('0')).toBe('0');
  await expect(reader.command({ query: 'SELECT 1', clickhouse_settings: { max_execution_time: 0 } })).rejects.toThrow();
  await expect(reader.command({ query: 'INSERT INTO log.dead_letter (source) VALUES (1)' })).rejects.toThrow();
});

test('accounts are seen by their keeper alone, who adds to them and changes nothing', async () => {
  const keeper = as('keeper');
  const event = { at: Date.now(), id: crypto.randomUUID(), type: 'account.made', subject: 's', actor: 'a', data: '{}' };
  await keeper.insert({ table: 'auth.event', values: [event], format: 'JSONEachRow' });
  await expect(keeper.command({ query: 'TRUNCATE TABLE auth.event' })).rejects.toThrow();
  await expect(keeper.command({ query: 'ALTER TABLE auth.event DELETE WHERE 1' })).rejects.toThrow();
  for (const name of ['reader', 'writer'] as const)
    await expect(as(name).query({ query: 'SELECT count() FROM auth.event' })).rejects.toThrow();
  await expect(keeper.query({ query: 'SELECT count() FROM log.dossier_event' })).rejects.toThrow();
});

test('the analyst reads the views for other tools, and nothing else', async () => {
  const analyst = as('analyst');
  await analyst.query({ query: 'SELECT count() FROM bi.alert' });
  await analyst.query({ query: 'SELECT 1', clickhouse_settings: { max_execution_time: 60 } });
  for (const table of ['live.alert', 'log.dead_letter', 'auth.event'])
    await expect(analyst.query({ query: `SELECT count() FROM ${table}` })).rejects.toThrow();
});
