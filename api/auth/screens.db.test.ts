import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { OwnEvent } from '../actions/event-poster.ts';
import type { ScreenOrders } from '../contract-screens.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { makeFirstAccounts } from './first-accounts.ts';
import { createKeeper } from './keeper.ts';
import type { ScreenLimits } from './screen-rules.ts';
import { field, request, type Reply } from './test-request.ts';

const HOUR = 3_600_000;
const PASSWORD = 'mat-khau-quan-tri';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0';
/** A token comes of age at once, and a copy is found out within a second. */
const QUICK: Partial<ScreenLimits> = { rotate_ms: 0, settle_ms: 0, grace_ms: 500, judge_ms: 300 };

let store: TestStore;
let here: TestApp;
let there: TestApp;
let admin: string;
const posted: OwnEvent[] = [];

const start = (screens?: Partial<ScreenLimits>, port = 0) => {
  const client = connect(store.accesses.keeper, { quiet: true });
  const keeper = createKeeper({ client, session_ms: 12 * HOUR, every_ms: 300 });
  const post = (events: readonly OwnEvent[]) => Promise.resolve(posted.push(...events));
  return startTestApp(store.accesses.reader, { auth: { keeper, screens }, post, signs_ms: 1_000 }, port);
};
const ask = (app: TestApp, method: string, path: string, more: Parameters<typeof request>[3] = {}) =>
  request(app.url, method, path, { agent: AGENT, ...more });
const administer = (method: string, path: string, body?: object): Promise<Reply> =>
  ask(here, method, path, { cookie: admin, ...(body ? { body } : {}) });

/** A browser that becomes a screen: its id, and its cookie. */
async function enrol(app: TestApp, shown: string, unit: string | null = null): Promise<{ id: string; cookie: string }> {
  const asked = await ask(app, 'POST', '/api/screens/enrol', { body: {} });
  const made = await administer('POST', '/api/screens', { code: field(asked, 'code'), shown, unit, board: 'thu' });
  expect(made.status).toBe(201);
  const claim = () => ask(app, 'POST', '/api/screens/claim', { body: { secret: field(asked, 'secret') } });
  let cookie: string | undefined;
  await expect.poll(async () => (cookie = (await claim()).cookie), { timeout: 5_000 }).toBeDefined();
  return { id: field(made, 'id'), cookie: cookie ?? '' };
}

beforeAll(async () => {
  store = await startTestStore();
  here = await start();
  there = await start();
  const keeper = here.app.keeper;
  if (!keeper) throw new Error('there is a keeper');
  const { units } = here.app.book.dashboards().province;
  await makeFirstAccounts({ keeper, units, admin_password: PASSWORD, demo_password: undefined, tell: () => undefined });
  const body = { name: 'admin', password: PASSWORD };
  admin = (await ask(here, 'POST', '/api/session', { body })).cookie ?? '';
});
afterAll(async () => {
  await here.close();
  await there.close();
  await store.close();
});

describe('enrolment', () => {
  it('shows a code to a browser that is nobody, and gives it a token once an administrator has confirmed it', async () => {
    expect(await ask(here, 'GET', '/api/boards')).toMatchObject({ status: 401 });
    const asked = await ask(there, 'POST', '/api/screens/enrol', { body: { board: 'thu' } });
    expect(asked.body).toMatchObject({ state: 'waiting', code: expect.stringMatching(/^[A-Z0-9]{6}$/) });
    const secret = field(asked, 'secret');
    const claim = (app: TestApp) => ask(app, 'POST', '/api/screens/claim', { body: { secret } });
    await expect.poll(async () => (await claim(here)).body, { timeout: 5_000 }).toEqual({ state: 'waiting' });
    const opened = (code: string) => administer('GET', `/api/screens/asking/${code}`);
    expect(await opened(field(asked, 'code').toLowerCase())).toMatchObject({ body: { board: 'thu' } });
    expect(await opened('AAAAAA')).toMatchObject({ code: 'IOC_CODE_UNKNOWN' });
    const foreign = await ask(there, 'POST', '/api/screens/enrol', { body: { board: 'khong-co' } });
    expect(await opened(field(foreign, 'code'))).toMatchObject({ body: { board: null } });
    const body = { code: field(asked, 'code').toLowerCase(), shown: 'Sảnh', unit: 'H49.01', board: 'thu' };
    expect(await administer('POST', '/api/screens', { ...body, board: 'x' })).toMatchObject({
      code: 'IOC_BOARD_UNKNOWN',
    });
    expect(await administer('POST', '/api/screens', { ...body, unit: 'H50' })).toMatchObject({
      code: 'IOC_UNIT_UNKNOWN',
    });
    expect(await administer('POST', '/api/screens', body)).toMatchObject({ status: 201 });
    // a code serves once
    expect(await administer('POST', '/api/screens', body)).toMatchObject({ code: 'IOC_CODE_UNKNOWN' });
    await expect.poll(async () => (await claim(there)).body).toEqual({ state: 'enrolled', board: 'thu' });
    // the reply may be lost: it is handed out again while nobody has used it for long
    const { cookie } = await claim(there);
    expect(await ask(there, 'GET', '/api/session', { cookie })).toMatchObject({
      body: { kind: 'screen', actor: 'Sảnh', role: 'viewer', unit: 'H49.01', may_act: false },
    });
    expect(await ask(there, 'POST', '/api/screens/enrol', { cookie, body: {} })).toMatchObject({
      body: { state: 'enrolled', board: 'thu' },
    });
  });

  it('sets a cookie for long that scripts cannot read', async () => {
    const asked = await ask(here, 'POST', '/api/screens/enrol', { body: {} });
    await administer('POST', '/api/screens', { code: field(asked, 'code'), shown: 'A', unit: null, board: 'thu' });
    const claimed = await ask(here, 'POST', '/api/screens/claim', { body: { secret: field(asked, 'secret') } });
    for (const part of ['toan-canh-man-hinh=', 'HttpOnly', 'SameSite=Strict', 'Max-Age=34560000'])
      expect(claimed.set).toContain(part);
  });

  it('lets a screen look at its unit and do nothing', async () => {
    const { cookie } = await enrol(here, 'Huyện', 'H49.01');
    const get = (path: string) => ask(here, 'GET', path, { cookie });
    expect(await get('/api/boards')).toMatchObject({ status: 200 });
    const [foreign, none] = [await get('/api/units/H49.02'), await get('/api/units/H49.99')];
    expect(foreign).toMatchObject({ status: 404, code: 'IOC_UNIT_UNKNOWN' });
    expect(foreign.body).toMatchObject({ message: field(none, 'message') });
    for (const path of ['/api/screens', '/api/accounts', '/api/tokens'])
      expect(await get(path)).toMatchObject({ status: 403 });
    expect(await ask(here, 'POST', '/api/entries', { cookie, body: {} })).toMatchObject({ status: 403 });
    expect(await ask(here, 'POST', '/api/screens', { cookie, body: {} })).toMatchObject({ status: 403 });
  });

  it('makes whoever guesses codes wait', async () => {
    const guess = () => administer('POST', '/api/screens', { code: 'AAAAAA', shown: 'x', unit: null, board: 'thu' });
    for (let turn = 0; turn < 6; turn += 1) expect((await guess()).code).toBe('IOC_CODE_UNKNOWN');
    expect(await guess()).toMatchObject({ status: 429, code: 'IOC_TOO_MANY' });
    await sleep(2_500);
  });
});

describe('orders', () => {
  it('reach a screen at once, whichever process it talks to', async () => {
    const { id, cookie } = await enrol(here, 'Phòng họp');
    await expect
      .poll(async () => (await ask(there, 'GET', '/api/boards', { cookie })).status, { timeout: 5_000 })
      .toBe(200);
    const orders: ScreenOrders[] = [];
    const socket = await there.open({ cookie, 'user-agent': AGENT }, (open) =>
      open.on('screen:orders', (next) => orders.push(next)),
    );
    await expect.poll(() => orders.at(-1)).toMatchObject({ id, shown: 'Phòng họp', board: 'thu', message: null });
    await administer('PATCH', `/api/screens/${id}`, { shown: 'Phòng họp 2' });
    await administer('PUT', `/api/screens/${id}/message`, { text: 'Họp lúc 14 giờ', minutes: 5 });
    await administer('POST', `/api/screens/${id}/reload`);
    await expect.poll(() => orders.at(-1)?.reload_at, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(orders.at(-1)).toMatchObject({ shown: 'Phòng họp 2', message: { text: 'Họp lúc 14 giờ' } });
    const sign = { board: 'thu', version: '1', frame_age_ms: 16, width: 1920, height: 1080, pixel_ratio: 1 };
    socket.emit('screen:seen', { ...sign, uptime_ms: 1_000 });
    await expect
      .poll(() => posted.find(({ subject }) => subject === id))
      .toMatchObject({ type: 'display.seen', unit: 'H49', data: { ...sign, name: 'Phòng họp 2' } });
    await administer('PATCH', `/api/screens/${id}`, { off: true });
    await expect.poll(() => posted.at(-1), { timeout: 5_000 }).toMatchObject({ type: 'display.gone', subject: id });
  });
});

describe('the fleet', () => {
  it('says of each screen whether it draws', async () => {
    const { id } = await enrol(here, 'Thật');
    const at = (ago: number) => new Date(Date.now() - ago).toISOString().replace('T', ' ').replace('Z', '');
    const row = { subject: id, type: 'display.seen', unit_path: '/H49/', name: 'Thật', board: 'thu', address: '::1' };
    const insert = (ago: number, key: number) =>
      store.writer.insert({
        table: 'log.display_event',
        format: 'JSONEachRow',
        values: [
          {
            ...row,
            event_key: `00000000-0000-0000-0000-00000000000${key}`,
            ...{ observed_at: at(ago), received_at: at(ago), frame_at: at(ago + 100), opened_at: at(HOUR) },
            ...{ width: 1920, height: 1080, pixel_ratio: 1, id: String(key), source: 'toan-canh', simulated: 0 },
          },
        ],
      });
    const stateOf = async () => {
      const { body } = await administer('GET', '/api/screens');
      const screens = typeof body === 'object' && body && 'screens' in body ? body.screens : [];
      return Array.isArray(screens) ? screens.find((screen) => screen.id === id) : undefined;
    };
    expect(await stateOf()).toMatchObject({ state: 'never', seen: null });
    await insert(130_000, 1);
    expect(await stateOf()).toMatchObject({ state: 'dead' });
    await insert(1_000, 2);
    expect(await stateOf()).toMatchObject({ state: 'alive', seen: { width: 1920, board: 'thu' } });
    await administer('DELETE', `/api/screens/${id}`);
    expect(await stateOf()).toMatchObject({ state: 'revoked', revoked: { reason: 'administrator' } });
  });
});

describe('the token', () => {
  it('rotates, and a secret that comes again after that puts the screen out', async () => {
    const quick = await start(QUICK);
    const { id, cookie } = await enrol(quick, 'Bản sao');
    const renew = (of: string) => ask(quick, 'POST', '/api/screens/own/renew', { cookie: of });
    const look = (of: string) => ask(quick, 'GET', '/api/boards', { cookie: of });
    const second = (await renew(cookie)).cookie ?? '';
    expect(second).not.toBe(cookie);
    // both are good until the new one was used, and for a moment after that
    expect([(await look(cookie)).status, (await look(second)).status]).toEqual([200, 200]);
    await expect.poll(async () => (await look(cookie)).status, { timeout: 5_000 }).toBe(401);
    await expect.poll(async () => (await look(second)).status, { timeout: 5_000 }).toBe(401);
    expect(quick.app.keeper?.directory.screens.all.get(id)?.revoked).toMatchObject({ reason: 'copied' });
    await quick.close();
  });

  it('is expected to draw no more once it has lived too long: no alert of a screen that only has to be confirmed anew', async () => {
    const brief = await start({ life_ms: 1_500 });
    const { id } = await enrol(brief, 'Quên');
    await expect
      .poll(() => posted.find((event) => event.subject === id && event.type === 'display.gone'), { timeout: 8_000 })
      .toMatchObject({ unit: 'H49', data: { name: 'Quên' } });
    await brief.close();
  });

  it('is worth nothing in another browser', async () => {
    const quick = await start(QUICK);
    const { id, cookie } = await enrol(quick, 'Chép');
    expect(await ask(quick, 'GET', '/api/boards', { cookie, agent: 'curl/8.5.0' })).toMatchObject({ status: 401 });
    await expect
      .poll(() => quick.app.keeper?.directory.screens.all.get(id)?.revoked, { timeout: 5_000 })
      .toMatchObject({ reason: 'other_browser' });
    await quick.close();
  });
});
