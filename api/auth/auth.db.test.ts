import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { makeFirstAccounts } from './first-accounts.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { field, request, type Reply } from './test-request.ts';

const HOUR = 3_600_000;
const PASSWORD = 'mat-khau-quan-tri';

let store: TestStore;
let here: TestApp;
let there: TestApp;
let told: string[];

const keeperOf = (): Keeper =>
  createKeeper({ client: connect(store.accesses.keeper, { quiet: true }), session_ms: 12 * HOUR, every_ms: 200 });
const start = () => startTestApp(store.accesses.reader, { auth: { keeper: keeperOf() } });

const ask = (app: TestApp, method: string, path: string, more: Parameters<typeof request>[3] = {}) =>
  request(app.url, method, path, more);
const logIn = (app: TestApp, name: string, password: string, more = {}) =>
  ask(app, 'POST', '/api/session', { body: { name, password }, ...more });
const idOf = (reply: Reply): string => field(reply, 'id');

let admin: string;

beforeAll(async () => {
  store = await startTestStore();
  here = await start();
  there = await start();
  told = [];
  const keeper = here.app.keeper;
  if (!keeper) throw new Error('there is a keeper');
  const { units } = here.app.book.dashboards().province;
  const tell = (text: string) => void told.push(text);
  await makeFirstAccounts({ keeper, units, admin_password: undefined, demo_password: undefined, tell });
});
afterAll(async () => {
  await here.close();
  await there.close();
  await store.close();
});

describe('accounts', () => {
  it('lets nobody in before there is one, and makes the first by a link that serves once', async () => {
    for (const path of ['/api/boards', '/api/dossiers/summary', '/api/accounts', '/metrics', '/api/docs/json'])
      expect(await ask(here, 'GET', path)).toMatchObject({ status: 401, code: 'IOC_SIGNED_OUT' });
    const token = /#(\S+)/.exec(told[0] ?? '')?.[1] ?? '';
    const body = { name: 'Chi.Huy', shown: 'Chỉ huy', password: PASSWORD };
    expect(await ask(here, 'POST', '/api/setup', { body: { ...body, token: 'x' } })).toMatchObject({ status: 403 });
    const made = await ask(here, 'POST', '/api/setup', { body: { ...body, token } });
    expect(made).toMatchObject({
      status: 200,
      body: { kind: 'account', role: 'admin', unit: 'H49', may_administer: true },
    });
    admin = made.cookie ?? '';
    expect(await ask(here, 'POST', '/api/setup', { body: { ...body, name: 'khac', token } })).toMatchObject({
      status: 403,
    });
  });

  it('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const reply = await fetch(`${here.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'chi.huy', password: PASSWORD }),
    });
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).toContain('Max-Age=43200');
  });

  it('makes accounts of a role and a unit, whose paths end at the unit', async () => {
    const make = (body: object) =>
      ask(here, 'POST', '/api/accounts', { cookie: admin, body: { password: PASSWORD, ...body } });
    expect(await make({ name: 'huyen', shown: 'Huyện', role: 'centre', unit: 'H49.01' })).toMatchObject({
      status: 201,
    });
    expect(await make({ name: 'huyen', shown: 'Lại', role: 'centre', unit: 'H49.01' })).toMatchObject({
      code: 'IOC_NAME_TAKEN',
    });
    expect(await make({ name: 'sai', shown: 'Sai', role: 'centre' })).toMatchObject({ status: 400 });
    expect(await make({ name: 'sai', shown: 'Sai', role: 'leader', unit: 'H49.01' })).toMatchObject({ status: 400 });
    expect(await make({ name: 'sai', shown: 'Sai', role: 'viewer', unit: 'H50' })).toMatchObject({
      code: 'IOC_UNIT_UNKNOWN',
    });
    const { cookie } = await logIn(here, 'HUYEN ', PASSWORD);
    expect(await ask(here, 'GET', '/api/session', { cookie })).toMatchObject({
      body: { role: 'centre', unit: 'H49.01', may_act: true },
    });
    const foreign = await ask(here, 'GET', '/api/dossiers/summary?unit=H49.02', { cookie });
    const none = await ask(here, 'GET', '/api/dossiers/summary?unit=H49.99', { cookie });
    expect({ ...foreign, body: null }).toEqual({ ...none, body: null });
    expect(foreign).toMatchObject({ status: 404, code: 'IOC_UNIT_UNKNOWN' });
    expect(await ask(here, 'GET', '/api/accounts', { cookie })).toMatchObject({ status: 403, code: 'IOC_FORBIDDEN' });
  });

  it('says the same of a name that nobody has, and makes whoever guesses wait', async () => {
    const wrong = await logIn(there, 'huyen', 'x'.repeat(12));
    const nobody = await logIn(there, 'khong-co', 'x'.repeat(12));
    expect([wrong.status, wrong.code]).toEqual([nobody.status, nobody.code]);
    for (let turn = 0; turn < 6; turn += 1) await logIn(there, 'huyen', 'y'.repeat(12));
    const reply = await fetch(`${there.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'huyen', password: PASSWORD }),
    });
    expect([reply.status, Number(reply.headers.get('retry-after'))]).toEqual([429, expect.closeTo(3, -1)]);
    // whoever sits behind the same address logs in as ever
    expect(await logIn(there, 'chi.huy', PASSWORD)).toMatchObject({ status: 200 });
  });

  it('looks at few guesses at one account, known or not, from however many addresses, and keeps its devices apart', async () => {
    const logInFrom = (remoteAddress: string, name: string, password: string, cookies = {}) =>
      there.app.inject({ method: 'POST', url: '/api/session', remoteAddress, payload: { name, password }, cookies });
    const spread = (name: string, net: number) =>
      Promise.all(Array.from({ length: 60 }, (_, n) => logInFrom(`10.${net}.0.${n}`, name, 'w'.repeat(12))));
    const sign = async (name: string, remoteAddress: string) => {
      const reply = await logInFrom(remoteAddress, name, PASSWORD);
      return Object.fromEntries(reply.cookies.map((cookie) => [cookie.name, cookie.value]));
    };
    const before = await sign('chi.huy', '10.7.0.1');
    const [name = ''] = Object.keys(before).filter((each) => each.startsWith('toan-canh-may-'));
    const device = { [name]: before[name] };

    const [guessed, nobody] = [await spread('chi.huy', 8), await spread('chang-ai', 9)];
    for (const replies of [guessed, nobody]) {
      const told = replies.map((reply) => `${reply.statusCode} ${reply.json<{ code: string }>().code}`);
      expect(new Set(told)).toEqual(new Set(['401 IOC_LOGIN_WRONG', '429 IOC_TOO_MANY']));
      // twenty and one that waits afterwards; a few more where the machine takes its time
      expect(told.filter((each) => each.startsWith('401')).length).toBeLessThanOrEqual(24);
    }

    expect(await logInFrom('10.7.0.2', 'chi.huy', PASSWORD)).toMatchObject({ statusCode: 429 });
    const forged = { [name]: `${device[name]?.slice(0, -2) ?? ''}__` };
    expect(await logInFrom('10.7.0.2', 'chi.huy', PASSWORD, forged)).toMatchObject({ statusCode: 429 });
    expect(await logInFrom('10.7.0.2', 'chi.huy', PASSWORD, device)).toMatchObject({ statusCode: 200 });
    expect(await logInFrom('10.7.0.2', 'huyen', 'w'.repeat(12), device)).toMatchObject({ statusCode: 401 });
  });

  it('looks at few of the passwords that are guessed at once', async () => {
    const guess = () => logIn(here, 'khong-ai', 'z'.repeat(12));
    const replies = await Promise.all(Array.from({ length: 30 }, guess));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(6);
    expect(statuses.filter((status) => status === 429)).toHaveLength(24);
    const old = { old: 'z'.repeat(12), password: 'mat-khau-moi-hon' };
    const changes = await Promise.all(
      Array.from({ length: 30 }, () => ask(here, 'POST', '/api/session/password', { cookie: admin, body: old })),
    );
    expect(changes.filter(({ status }) => status === 401)).toHaveLength(6);
    const body = { name: 'khac', shown: 'Khác', password: PASSWORD, token: 'x' };
    const setups = await Promise.all(Array.from({ length: 30 }, () => ask(here, 'POST', '/api/setup', { body })));
    expect(setups.filter(({ status }) => status === 403).length).toBeLessThanOrEqual(6);
  });

  it('refuses what a page of another origin makes a browser send', async () => {
    const origin = 'http://xau.example';
    expect(await ask(here, 'POST', '/api/accounts', { cookie: admin, origin, body: {} })).toMatchObject({
      status: 403,
    });
    expect(await logIn(here, 'chi.huy', PASSWORD, { origin })).toMatchObject({ status: 403 });
  });

  it('ends sessions: by log-out, by an administrator, by disabling, everywhere within seconds', async () => {
    const first = await logIn(here, 'huyen', PASSWORD);
    const second = await logIn(here, 'huyen', PASSWORD);
    await expect
      .poll(async () => (await ask(there, 'GET', '/api/boards', { cookie: first.cookie })).status, { timeout: 5_000 })
      .toBe(200);
    await ask(here, 'DELETE', '/api/session', { cookie: first.cookie });
    expect(await ask(here, 'GET', '/api/boards', { cookie: first.cookie })).toMatchObject({ status: 401 });
    await expect
      .poll(async () => (await ask(there, 'GET', '/api/boards', { cookie: first.cookie })).status, { timeout: 5_000 })
      .toBe(401);
    const own = await ask(here, 'GET', '/api/sessions', { cookie: second.cookie });
    expect(own.body).toContainEqual(expect.objectContaining({ own: true, via: 'password' }));
    const accounts = await ask(here, 'GET', '/api/accounts', { cookie: admin });
    const list = Array.isArray(accounts.body) ? accounts.body : [];
    const id = String(list.find((one) => one.name === 'huyen')?.id);
    expect(await ask(here, 'GET', `/api/sessions?account=${id}`, { cookie: admin })).toMatchObject({ status: 200 });
    expect(await ask(here, 'PATCH', `/api/accounts/${id}`, { cookie: admin, body: { disabled: true } })).toMatchObject({
      body: { disabled: true, sessions: 0 },
    });
    expect(await ask(here, 'GET', '/api/boards', { cookie: second.cookie })).toMatchObject({ status: 401 });
    expect(await logIn(here, 'huyen', PASSWORD)).toMatchObject({ code: 'IOC_LOGIN_WRONG' });
    await ask(here, 'PATCH', `/api/accounts/${id}`, { cookie: admin, body: { disabled: false } });
    expect(
      await ask(here, 'PATCH', `/api/accounts/${String(list.find((one) => one.role === 'admin')?.id)}`, {
        cookie: admin,
        body: { disabled: true },
      }),
    ).toMatchObject({ status: 400 });
  });

  it('gives the cookie before a log-in no part in what comes after it', async () => {
    const before = await logIn(here, 'huyen', PASSWORD);
    const after = await logIn(here, 'huyen', PASSWORD, { cookie: before.cookie });
    expect(after.cookie).not.toBe(before.cookie);
    expect(await ask(here, 'GET', '/api/boards', { cookie: before.cookie })).toMatchObject({ status: 401 });
    expect(await ask(here, 'GET', '/api/boards', { cookie: after.cookie })).toMatchObject({ status: 200 });
  });

  it('issues tokens to scripts, which need no cookie and end when revoked', async () => {
    const issued = await ask(here, 'POST', '/api/tokens', {
      cookie: admin,
      body: { shown: 'Báo cáo', role: 'viewer', unit: 'H49.01', days: 30 },
    });
    const bearer =
      typeof issued.body === 'object' && issued.body && 'token' in issued.body ? String(issued.body.token) : '';
    expect(await ask(here, 'GET', '/api/session', { bearer })).toMatchObject({
      body: { kind: 'token', unit: 'H49.01', may_act: false },
    });
    expect(await ask(here, 'POST', '/api/entries', { bearer, body: {} })).toMatchObject({ status: 403 });
    await ask(here, 'DELETE', `/api/tokens/${idOf(issued)}`, { cookie: admin });
    expect(await ask(here, 'GET', '/api/session', { bearer })).toMatchObject({ status: 401 });
    expect(await ask(here, 'GET', '/api/session', { bearer: 'x', cookie: admin })).toMatchObject({ status: 401 });
  });

  it('puts an open socket out within five seconds of the end of its session', async () => {
    await expect(here.open()).rejects.toMatchObject({ data: { code: 'IOC_SIGNED_OUT' } });
    const { cookie } = await logIn(here, 'huyen', PASSWORD);
    await expect
      .poll(async () => (await ask(there, 'GET', '/api/boards', { cookie })).status, { timeout: 5_000 })
      .toBe(200);
    const socket = await there.open({ cookie: cookie ?? '' });
    const ended = new Promise<number>((done) => socket.once('session:ended', () => done(Date.now())));
    const began = Date.now();
    await ask(here, 'DELETE', '/api/session', { cookie });
    expect((await ended) - began).toBeLessThan(5_000);
  });

  it('keeps no secret: what is in the store logs nobody in', async () => {
    const reply = await store.owner.query({ query: 'SELECT data FROM auth.event', format: 'JSONEachRow' });
    const text = JSON.stringify(await reply.json());
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(admin.split('=')[1]);
  });

  it('knows everybody again after a restart', async () => {
    const again = await start();
    await expect
      .poll(async () => (await ask(again, 'GET', '/api/session', { cookie: admin })).status, { timeout: 5_000 })
      .toBe(200);
    await again.close();
  });
});
