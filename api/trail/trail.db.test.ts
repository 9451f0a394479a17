import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { AuditEvent } from './audit-event.ts';
import { startTrail } from './trail.ts';
import { verifyTrail, type Verified } from './verify.ts';

const KEY = 'key-of-the-tests-that-is-long-enough';
const PASSWORD = 'mat-khau-quan-tri';
const ListeningSchema = z.object({ type: z.literal('listening'), port: z.int() });
const PageSchema = z.object({
  rows: z.array(
    z.object({
      ...{ chain: z.string(), seq: z.int(), actor: z.string(), action: z.string(), target: z.string() },
      ...{ outcome: z.string(), kind: z.string(), account: z.string() },
    }),
  ),
  next: z.string().nullable(),
});

let store: TestStore;
let heads: string;

beforeAll(async () => {
  store = await startTestStore();
  heads = await mkdtemp(join(tmpdir(), 'toan-canh-heads-'));
});
afterAll(async () => {
  await store.close();
  await rm(heads, { recursive: true, force: true });
});

const keeper = () => connect(store.accesses.keeper, { quiet: true });
async function verify(): Promise<Verified> {
  const client = keeper();
  try {
    return await verifyTrail({ client, key: KEY, heads });
  } finally {
    await client.close();
  }
}
const kindsOf = ({ faults }: Verified) => faults.map(({ kind, from, to }) => `${kind} ${from} ${to}`);

interface Running {
  url: string;
  child: ChildProcess;
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** The API as a process, as a supervisor starts it. */
async function start(): Promise<Running> {
  const { reader, keeper: user } = store.accesses;
  const child = fork(join(import.meta.dirname, '..', 'main.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...{ PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'error', ADMIN_PASSWORD: PASSWORD },
      ...{ CLICKHOUSE_URL: reader.url, CLICKHOUSE_USER: reader.username, CLICKHOUSE_PASSWORD: reader.password },
      ...{ CLICKHOUSE_KEEPER_USER: user.username, CLICKHOUSE_KEEPER_PASSWORD: user.password },
      ...{ AUDIT_KEY: KEY, AUDIT_HEADS: heads },
    },
  });
  const [message]: unknown[] = await once(child, 'message');
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { url: `http://127.0.0.1:${ListeningSchema.parse(message).port}`, child, end };
}

async function send(url: string, method: string, path: string, cookie = '', body?: unknown): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
async function logIn(url: string, name = 'admin', password = PASSWORD): Promise<string> {
  const reply = await send(url, 'POST', '/api/session', '', { name, password });
  return reply.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('the audit log', () => {
  let one: Running;
  let two: Running;
  afterAll(async () => {
    for (const running of [one, two]) if (running.child.exitCode === null) await running.end('SIGTERM');
  });

  it('holds what was done through two processes, one of which was killed and started again', async () => {
    one = await start();
    let cookie = '';
    await expect.poll(async () => (cookie = await logIn(one.url)), { timeout: 20_000 }).not.toBe('');
    two = await start();
    await logIn(two.url, 'admin', 'wrong-password');
    await logIn(two.url, 'mat-khau-go-nham-cho', 'wrong-password');
    await expect.poll(async () => (await send(two.url, 'GET', '/api/session', cookie)).status).toBe(200);
    const account = { name: 'truc.ban', shown: 'Trực ban', role: 'duty', password: 'mat-khau-truc-ban' };
    expect((await send(two.url, 'POST', '/api/accounts', cookie, account)).status).toBe(201);
    expect((await send(one.url, 'GET', '/api/dossiers/nguyen-van-a', cookie)).status).toBe(404);
    const file = await send(one.url, 'GET', '/api/dossiers/export.csv?q=nguyen', cookie);
    expect(file.status).toBe(200);
    await file.text();
    expect((await send(one.url, 'POST', '/api/entries', cookie, { figures: [] })).status).toBe(400);
    expect((await send(one.url, 'POST', '/api/accounts', '', account)).status).toBe(401);
    await sleep(1_500);
    await two.end('SIGKILL');
    two = await start();
    await expect.poll(async () => (await send(two.url, 'GET', '/api/session', cookie)).status).toBe(200);
    await send(two.url, 'DELETE', '/api/session', cookie);
    // an end in order writes what waits
    await two.end('SIGTERM');
    const { chains, faults } = await verify();
    expect({ chains, faults }).toEqual({ chains: 3, faults: [] });
  });

  it('is read by administrators, the newest first, page by page, and by nobody else', async () => {
    const cookie = await logIn(one.url);
    const duty = await logIn(one.url, 'truc.ban', 'mat-khau-truc-ban');
    expect((await send(one.url, 'GET', '/api/trail', duty)).status).toBe(403);
    await sleep(1_500);
    const all = PageSchema.parse(await (await send(one.url, 'GET', '/api/trail', cookie)).json());
    const told = all.rows.map(({ kind, actor, action, target, outcome }) =>
      [kind, actor, action, target, outcome].join(' '),
    );
    // before the first there are those that came too early
    expect(told.slice(0, 10)).toEqual([
      'account Trực ban login  done',
      'account Quản trị login  done',
      'account Quản trị logout  done',
      'account Quản trị entry.made  refused',
      'account Quản trị export.dossiers csv done',
      'account Quản trị dossier.opened  refused',
      'account Quản trị account.made truc.ban done',
      // the name that nobody has is not kept
      'nobody  login ? refused',
      'nobody  login admin refused',
      'account Quản trị login  done',
    ]);
    const paged: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const before: string = next === '' ? '' : `&before=${encodeURIComponent(next)}`;
      const reply = await send(one.url, 'GET', `/api/trail?limit=3${before}`, cookie);
      const page = PageSchema.parse(await reply.json());
      paged.push(...page.rows.map(({ chain, seq }) => `${chain} ${seq}`));
      ({ next } = page);
    }
    expect(paged).toEqual(all.rows.map(({ chain, seq }) => `${chain} ${seq}`));
    const logins = PageSchema.parse(await (await send(one.url, 'GET', '/api/trail?action=login', cookie)).json());
    expect(logins.rows).toHaveLength(all.rows.filter(({ action }) => action === 'login').length);
    const who = all.rows[0]?.account ?? '';
    const theirs = PageSchema.parse(await (await send(one.url, 'GET', `/api/trail?account=${who}`, cookie)).json());
    expect(theirs.rows.map(({ actor }) => actor)).toEqual(['Trực ban']);
    expect((await send(one.url, 'GET', '/api/trail?before=x', cookie)).status).toBe(400);
    await one.end('SIGTERM');
  });

  it('says which row was changed, taken out, put in or cut off, by whoever owns the database', async () => {
    const owner = (query: string) => store.owner.command({ query, clickhouse_settings: { mutations_sync: '1' } });
    const alter = (change: string) => owner(`ALTER TABLE auth.audit_event ${change}`);
    await expect(keeper().command({ query: 'ALTER TABLE auth.audit_event DELETE WHERE 1' })).rejects.toThrow();
    await expect(keeper().command({ query: 'TRUNCATE TABLE auth.audit_event' })).rejects.toThrow();
    const rows = await store.owner.query({
      query:
        'SELECT toString(chain) AS chain, count() AS n FROM auth.audit_event GROUP BY chain ORDER BY n DESC, chain LIMIT 1',
      format: 'JSONEachRow',
    });
    const [longest] = z.array(z.object({ chain: z.string(), n: z.coerce.number() })).parse(await rows.json());
    if (!longest) throw new Error('there is a chain');
    const { chain, n } = longest;
    await owner('CREATE TABLE auth.kept AS auth.audit_event ENGINE = MergeTree ORDER BY (chain, seq)');
    await owner('INSERT INTO auth.kept SELECT * FROM auth.audit_event');
    const again = async () => {
      await owner('TRUNCATE TABLE auth.audit_event');
      await owner('INSERT INTO auth.audit_event SELECT * FROM auth.kept SETTINGS insert_deduplicate = 0');
      expect(kindsOf(await verify())).toEqual([]);
    };
    await alter(`UPDATE outcome = concat(outcome, ' by another') WHERE chain = '${chain}' AND seq = 2`);
    expect(kindsOf(await verify())).toEqual(['changed 2 2']);
    await again();
    await alter(`DELETE WHERE chain = '${chain}' AND seq = 2`);
    expect(kindsOf(await verify())).toEqual(['missing 2 2']);
    await again();
    await alter(`DELETE WHERE chain = '${chain}' AND seq > ${n - 2}`);
    expect(kindsOf(await verify())).toEqual([`cut ${n - 1} ${n}`]);
    await again();
    await owner(`INSERT INTO auth.audit_event SELECT * FROM auth.kept WHERE chain = '${chain}' AND seq = 3`);
    expect(kindsOf(await verify())).toEqual(['inserted 3 3']);
    await again();
    await alter(`DELETE WHERE chain = '${chain}'`);
    expect(kindsOf(await verify())).toEqual([`cut 1 ${n}`]);
    // with its head taken away too, the list still names it; without the list, the heads that are left do
    const head = join(heads, `${chain}.json`);
    await rename(head, `${head}.away`);
    expect(kindsOf(await verify())).toEqual(['gone 0 0']);
    const list = join(heads, 'chains');
    await rename(list, `${list}.away`);
    const others = (await readdir(heads)).filter((name) => name.endsWith('.json'));
    expect(kindsOf(await verify())).toEqual(others.map(() => 'unlisted 0 0'));
    await rename(`${list}.away`, list);
    await rename(`${head}.away`, head);
    await owner('TRUNCATE TABLE auth.audit_event');
    await owner(
      `INSERT INTO auth.audit_event SELECT * REPLACE (generateUUIDv4() AS chain) FROM (SELECT * FROM auth.kept WHERE chain = '${chain}' AND seq = 1)`,
    );
    expect(kindsOf(await verify())).toEqual(expect.arrayContaining(['headless 0 0', 'changed 1 1', `cut 1 ${n}`]));
  });

  it('keeps what was done while the database was away, and writes it once', async () => {
    await store.owner.command({ query: 'TRUNCATE TABLE auth.audit_event' });
    await rm(heads, { recursive: true });
    const failures: unknown[] = [];
    const trail = await startTrail({
      client: keeper(),
      key: KEY,
      heads,
      wait_ms: 10,
      failed: (err) => failures.push(err),
    });
    const act: AuditEvent = {
      ...{ at: Date.now(), kind: 'account', id: 's', account: 'a', actor: 'A', role: 'duty', action: 'login' },
      ...{ target: '\ud800 lẻ', unit: 'H49', outcome: 'done', request: 'r', address: '127.0.0.1' },
    };
    trail.note(act);
    await expect.poll(trail.waiting, { timeout: 5_000 }).toBe(0);
    await store.kill('SIGKILL');
    for (let count = 0; count < 2_500; count += 1) trail.note(act);
    await expect.poll(() => failures.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await store.restart();
    await expect.poll(trail.waiting, { timeout: 20_000 }).toBe(0);
    await trail.stop();
    expect(await verify()).toEqual({ chains: 1, rows: 2_501, faults: [] });
  });
});
