import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { makeFirstAccounts } from '../first-accounts.ts';
import { createKeeper } from '../keeper.ts';
import { startTestIssuer, type TestIssuer } from './test-issuer.ts';

const PASSWORD = 'mat-khau-quan-tri';
const PUBLIC = 'http://ioc.test';
const GROUPS = `groups:
  - { group: ioc-duty, role: duty }
  - { group: centre-1, role: centre, unit: H49.01 }
  - { group: ioc-leader, role: leader }
`;

/** A browser: what it keeps of cookies. */
interface Browser {
  cookies: Map<string, string>;
  ask: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown; code: unknown }>;
}

let store: TestStore;
let issuer: TestIssuer;
let here: TestApp;
let folder: string;
let file: string;

const browserOf = (app: TestApp): Browser => {
  const cookies = new Map<string, string>();
  return {
    cookies,
    ask: async (method, path, body) => {
      const reply = await fetch(app.url + path, {
        method,
        headers: {
          cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const set of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await reply.text();
      const read: unknown = text === '' ? undefined : JSON.parse(text);
      return { status: reply.status, body: read, code: fieldOf(read, 'code') };
    },
  };
};
const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
const begin = async (browser: Browser): Promise<URL> => {
  const { body } = await browser.ask('POST', '/api/session/oidc/begin');
  return new URL(String(fieldOf(body, 'url')));
};
const finish = (browser: Browser, answer: string) => browser.ask('POST', '/api/session/oidc', { answer });
const logIn = async (browser: Browser) => finish(browser, await issuer.visit((await begin(browser)).href));
const startApp = (issuerUrl: string) =>
  startTestApp(store.accesses.reader, {
    auth: {
      keeper: createKeeper({
        client: connect(store.accesses.keeper, { quiet: true }),
        session_ms: 12 * 3_600_000,
        every_ms: 200,
      }),
      oidc: {
        issuer: issuerUrl,
        client_id: 'ioc',
        client_secret: 'secret',
        name: 'SSO tỉnh',
        scope: 'openid profile groups',
        claim: 'groups',
        groups: file,
        public_url: PUBLIC,
      },
    },
    trail: {
      client: connect(store.accesses.keeper, { quiet: true }),
      key: 'k'.repeat(32),
      heads: join(folder, 'heads'),
      wait_ms: 50,
    },
  });

beforeAll(async () => {
  store = await startTestStore();
  issuer = await startTestIssuer(`${PUBLIC}/login/oidc`);
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-oidc-'));
  file = join(folder, 'groups.yaml');
  await writeFile(file, GROUPS);
  here = await startApp(issuer.url);
  const { keeper } = here.app;
  if (!keeper) throw new Error('there is a keeper');
  const { units } = here.app.book.dashboards().province;
  await makeFirstAccounts({ keeper, units, admin_password: PASSWORD, demo_password: undefined, tell: () => undefined });
});
beforeEach(() => {
  issuer.who.subject = 'u-17';
  issuer.who.groups = ['ioc-duty'];
});
afterAll(async () => {
  await here.close();
  await issuer.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

it('lets somebody in with what their group is here, and lists the account without a password', async () => {
  const browser = browserOf(here);
  expect(await browser.ask('GET', '/api/session/ways')).toMatchObject({ body: { oidc: 'SSO tỉnh' } });
  expect(await logIn(browser)).toMatchObject({
    status: 200,
    body: { kind: 'account', actor: 'Nguyễn Thị Trực', role: 'duty', unit: 'H49', has_password: false },
  });
  expect([...browser.cookies.keys()]).toEqual(['toan-canh', 'toan-canh-oidc-token']);
  expect(await browser.ask('GET', '/api/sessions')).toMatchObject({ body: [{ own: true, via: 'SSO tỉnh' }] });
  const change = { old: PASSWORD, password: PASSWORD };
  expect(await browser.ask('POST', '/api/session/password', change)).toMatchObject({ status: 403 });

  const admin = browserOf(here);
  await admin.ask('POST', '/api/session', { name: 'admin', password: PASSWORD });
  const { body } = await admin.ask('GET', '/api/accounts');
  const name = `u-17@${new URL(issuer.url).host}`;
  const account: unknown = Array.isArray(body) ? body.find((each) => fieldOf(each, 'name') === name) : undefined;
  expect(account).toMatchObject({ external: true, role: 'duty', unit: null, demo: false, sessions: 1 });
  const path = `/api/accounts/${String(fieldOf(account, 'id'))}`;
  expect(await admin.ask('PATCH', path, { role: 'admin' })).toMatchObject({ status: 400 });
  expect(await admin.ask('PATCH', path, { password: PASSWORD })).toMatchObject({ status: 400 });
  expect(await browser.ask('POST', '/api/session', { name, password: PASSWORD })).toMatchObject({
    code: 'IOC_LOGIN_WRONG',
  });
  expect(await admin.ask('PATCH', path, { disabled: true })).toMatchObject({ status: 200 });
  expect(await browser.ask('GET', '/api/boards')).toMatchObject({ status: 401 });
  expect(await logIn(browser)).toMatchObject({ status: 403, code: 'IOC_FORBIDDEN' });
  expect(await admin.ask('PATCH', path, { disabled: false })).toMatchObject({ status: 200 });
  await expect
    .poll(async () => (await admin.ask('GET', '/api/trail?action=login')).body, { timeout: 5_000 })
    .toMatchObject({ rows: expect.arrayContaining([expect.objectContaining({ target: name, outcome: 'done' })]) });
});

it('takes one answer for one question of the same browser, once', async () => {
  const browser = browserOf(here);
  const answer = await issuer.visit((await begin(browser)).href);
  const kept = browser.cookies.get('toan-canh-oidc') ?? '';
  const other = browserOf(here);
  expect(await finish(other, answer)).toMatchObject({ status: 401, code: 'IOC_OIDC_REFUSED' });
  await begin(other);
  expect(await finish(other, answer)).toMatchObject({ status: 401, code: 'IOC_OIDC_REFUSED' });
  const forged = answer.replace(/state=[^&]+/, 'state=khac');
  expect(await finish(other, forged)).toMatchObject({ status: 401, code: 'IOC_OIDC_REFUSED' });
  expect(await finish(browser, answer)).toMatchObject({ status: 200 });
  browser.cookies.set('toan-canh-oidc', kept);
  expect(await finish(browser, answer)).toMatchObject({ status: 401, code: 'IOC_OIDC_REFUSED' });
  expect(await finish(browser, answer)).toMatchObject({ status: 401 });
});

it('refuses a token that was made for another question, and what the provider refuses', async () => {
  const browser = browserOf(here);
  const url = await begin(browser);
  url.searchParams.set('nonce', 'cua-nguoi-khac-123456');
  expect(await finish(browser, await issuer.visit(url.href))).toMatchObject({ code: 'IOC_OIDC_REFUSED' });
  const { searchParams } = await begin(browser);
  const denied = `?error=access_denied&state=${searchParams.get('state') ?? ''}&iss=${encodeURIComponent(issuer.url)}`;
  expect(await finish(browser, denied)).toMatchObject({ status: 401, code: 'IOC_OIDC_REFUSED' });
  browser.cookies.set('toan-canh-oidc', 'khong-phai-json');
  expect(await finish(browser, '')).toMatchObject({ code: 'IOC_OIDC_REFUSED' });
});

it('ends the session at the provider with ours, and asks it nothing of a local account', async () => {
  const browser = browserOf(here);
  const atProvider = new Map<string, string>();
  const enter = async () => finish(browser, (await issuer.go((await begin(browser)).href, atProvider)).search);
  await enter();
  const { logins } = issuer;
  await enter();
  expect(issuer.logins).toBe(logins);
  const token = browser.cookies.get('toan-canh-oidc-token');
  const { body } = await browser.ask('DELETE', '/api/session');
  const url = new URL(String(fieldOf(body, 'url')));
  expect(url.searchParams.get('id_token_hint')).toBe(token);
  expect([...browser.cookies.keys()]).toEqual([]);
  expect(await browser.ask('GET', '/api/session')).toMatchObject({ status: 401 });
  expect((await issuer.go(url.href, atProvider)).href).toBe(`${PUBLIC}/login`);
  expect(await enter()).toMatchObject({ status: 200 });
  expect(issuer.logins).toBe(logins + 1);

  await browser.ask('POST', '/api/session', { name: 'admin', password: PASSWORD });
  expect(await browser.ask('DELETE', '/api/session')).toMatchObject({ status: 200, body: { url: null } });
  expect([...browser.cookies.keys()].filter((name) => !name.startsWith('toan-canh-may-'))).toEqual([]);
  expect(await browser.ask('DELETE', '/api/session')).toMatchObject({ status: 200, body: { url: null } });
});

it('ends our own session alone where the provider has no page for it', async () => {
  const plain = await startTestIssuer(`${PUBLIC}/login/oidc`, { forgets: false });
  const app = await startApp(plain.url);
  try {
    const browser = browserOf(app);
    await expect
      .poll(async () => (await finish(browser, await plain.visit((await begin(browser)).href))).status)
      .toBe(200);
    expect(await browser.ask('DELETE', '/api/session')).toMatchObject({ status: 200, body: { url: null } });
    expect(await browser.ask('GET', '/api/session')).toMatchObject({ status: 401 });
  } finally {
    await app.close();
    await plain.close();
  }
});

it('begins nothing for a page of another origin', async () => {
  for (const path of ['/api/session/oidc/begin', '/api/session/oidc']) {
    const reply = await fetch(here.url + path, { method: 'POST', headers: { origin: 'http://xau.example' } });
    expect(reply.status).toBe(403);
  }
});

it('reads the groups again at each log-in: the first of the file wins, a lost one ends what is open', async () => {
  issuer.who.subject = 'u-18';
  issuer.who.groups = ['ioc-leader', 'centre-1'];
  const first = browserOf(here);
  expect(await logIn(first)).toMatchObject({ body: { role: 'centre', unit: 'H49.01' } });
  issuer.who.groups = ['ioc-leader'];
  const second = browserOf(here);
  expect(await logIn(second)).toMatchObject({ body: { role: 'leader', unit: 'H49' } });
  expect(await first.ask('GET', '/api/session')).toMatchObject({ body: { role: 'leader', unit: 'H49' } });
  const before = second.cookies.get('toan-canh');
  await logIn(second);
  expect(second.cookies.get('toan-canh')).not.toBe(before);
  issuer.who.groups = ['khach-moi'];
  expect(await logIn(browserOf(here))).toMatchObject({ status: 403, code: 'IOC_OIDC_NO_GROUP' });
  for (const browser of [first, second])
    expect(await browser.ask('GET', '/api/session')).toMatchObject({ status: 401 });
  issuer.who.subject = 'u-19';
  expect(await logIn(browserOf(here))).toMatchObject({ status: 403, code: 'IOC_OIDC_NO_GROUP' });
});

it('opens no door with a groups file that has a fault, and works again when it is mended', async () => {
  await writeFile(file, GROUPS.replace('role: leader', 'role: sep'));
  const browser = browserOf(here);
  expect(await browser.ask('GET', '/api/session/ways')).toMatchObject({ body: { accounts: true, oidc: null } });
  expect(await browser.ask('POST', '/api/session/oidc/begin')).toMatchObject({ status: 503, code: 'IOC_OIDC_OFF' });
  await rm(file);
  expect(await browser.ask('POST', '/api/session/oidc/begin')).toMatchObject({ code: 'IOC_OIDC_OFF' });
  await writeFile(file, GROUPS);
  expect(await logIn(browser)).toMatchObject({ status: 200 });
});

it('starts and knows local accounts while the provider is away, and finds it when it comes', async () => {
  const late = await startTestIssuer(`${PUBLIC}/login/oidc`);
  await late.close();
  const app = await startApp(late.url);
  try {
    const browser = browserOf(app);
    await expect
      .poll(async () => (await browser.ask('POST', '/api/session', { name: 'admin', password: PASSWORD })).status)
      .toBe(200);
    expect(await browser.ask('POST', '/api/session/oidc/begin')).toMatchObject({ status: 503, code: 'IOC_OIDC_AWAY' });
    const back = await startTestIssuer(`${PUBLIC}/login/oidc`, {
      port: Number(new URL(late.url).port),
    });
    const url = await begin(browser);
    const answer = await back.visit(url.href);
    await back.close();
    expect(await finish(browser, answer)).toMatchObject({ status: 503, code: 'IOC_OIDC_AWAY' });
  } finally {
    await app.close();
  }
});
