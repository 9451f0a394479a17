import { io as connectSocket, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { ServerEvents, ViewerEvents } from '../contract.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { makeFirstAccounts } from './first-accounts.ts';
import { createKeeper } from './keeper.ts';
import { field, request } from './test-request.ts';

const SCREENS = 20;
const PASSWORD = 'mat-khau-quan-tri';

/** A wall: its socket, and why it was not let in when it was not. */
interface Wall {
  id: string;
  cookie: string;
  socket: Socket<ServerEvents, ViewerEvents>;
  refusals: string[];
  /** How often it was told what to show. */
  orders: number;
}

let store: TestStore;
let app: TestApp;
let port: number;
let admin: string;
const walls: Wall[] = [];

const start = () => {
  const keeper = createKeeper({ client: connect(store.accesses.keeper, { quiet: true }), session_ms: 43_200_000 });
  return startTestApp(store.accesses.reader, { auth: { keeper }, post: () => Promise.resolve(1) }, port);
};
const administer = (method: string, path: string, body?: object) =>
  request(app.url, method, path, { cookie: admin, ...(body ? { body } : {}) });

async function enrol(n: number): Promise<{ id: string; cookie: string }> {
  const asked = await request(app.url, 'POST', '/api/screens/enrol', { body: {} });
  const order = { code: field(asked, 'code'), shown: `Màn hình ${n}`, unit: null, board: 'thu' };
  const made = await administer('POST', '/api/screens', order);
  const body = { secret: field(asked, 'secret') };
  const { cookie = '' } = await request(app.url, 'POST', '/api/screens/claim', { body });
  return { id: field(made, 'id'), cookie };
}

/** Connects as a page does (web/live/socket.ts): it comes back from whatever, for ever. */
function hang({ id, cookie }: { id: string; cookie: string }): Wall {
  const socket: Wall['socket'] = connectSocket(app.url, {
    ...{ transports: ['websocket'], forceNew: true, extraHeaders: { cookie, 'user-agent': 'node' } },
    ...{ reconnectionDelay: 100, reconnectionDelayMax: 1_000 },
  });
  const wall: Wall = { id, cookie, socket, refusals: [], orders: 0 };
  const again = () => setTimeout(() => socket.connect(), 300);
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') again();
  });
  socket.on('connect_error', (error) => {
    const data: unknown = Reflect.get(error, 'data');
    if (typeof data !== 'object' || data === null) return;
    wall.refusals.push(String(Reflect.get(data, 'code')));
    again();
  });
  socket.on('screen:orders', () => (wall.orders += 1));
  return wall;
}

const connected = () => walls.filter(({ socket }) => socket.connected).length;
const refusals = () => [...new Set(walls.flatMap((wall) => wall.refusals))];
const soon = { timeout: 20_000, interval: 50 };
/** Whether every wall is shown its board, as a page asks for it. */
async function shown(): Promise<boolean[]> {
  return Promise.all(
    walls.map(async ({ socket }) => (await socket.timeout(10_000).emitWithAck('board:watch', { board: 'thu' })).ok),
  );
}

beforeAll(async () => {
  store = await startTestStore();
  port = 0;
  app = await start();
  port = Number(new URL(app.url).port);
  const { keeper, book } = app.app;
  if (!keeper) throw new Error('there is a keeper');
  const { units } = book.dashboards().province;
  await makeFirstAccounts({ keeper, units, admin_password: PASSWORD, demo_password: undefined, tell: () => undefined });
  const body = { name: 'admin', password: PASSWORD };
  admin = (await request(app.url, 'POST', '/api/session', { body })).cookie ?? '';
  for (let n = 0; n < SCREENS; n += 1) walls.push(hang(await enrol(n)));
});
afterAll(async () => {
  for (const { socket } of walls) socket.close();
  await app.close();
  await store.close();
});

it('shows every enrolled screen its board', async () => {
  await expect.poll(connected, soon).toBe(SCREENS);
  expect(await shown()).toEqual(walls.map(() => true));
  expect(walls.map(({ orders }) => orders)).toEqual(walls.map(() => 1));
});

it('has all of them back by themselves after a restart of the API', async () => {
  await app.close();
  await expect.poll(connected, soon).toBe(0);
  app = await start();
  await expect.poll(connected, soon).toBe(SCREENS);
  expect(await shown()).toEqual(walls.map(() => true));
});

it('keeps them while the database is away, and has them back when the API restarts meanwhile', async () => {
  await store.kill('SIGKILL');
  await new Promise((done) => setTimeout(done, 6_000));
  expect(connected()).toBe(SCREENS);
  await app.close();
  app = await start();
  await expect.poll(refusals, soon).toContain('IOC_STORE_AWAY');
  await store.restart();
  await expect.poll(connected, soon).toBe(SCREENS);
  expect(await shown()).toEqual(walls.map(() => true));
  // not one was ever told to log in
  expect(refusals().filter((code) => code !== 'IOC_STORE_AWAY' && code !== 'IOC_NOT_READY')).toEqual([]);
});

it('puts out the one that is revoked within five seconds, and no other', async () => {
  const [gone] = walls;
  if (!gone) throw new Error('there are walls');
  const began = Date.now();
  await administer('DELETE', `/api/screens/${gone.id}`);
  await expect.poll(() => gone.refusals.at(-1), soon).toBe('IOC_SIGNED_OUT');
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(connected()).toBe(SCREENS - 1);
  expect(await request(app.url, 'GET', '/api/boards', { cookie: gone.cookie })).toMatchObject({ status: 401 });
  // it is asked to show a code, not to log in
  expect(await request(app.url, 'POST', '/api/screens/enrol', { cookie: gone.cookie, body: {} })).toMatchObject({
    body: { state: 'waiting', reason: 'administrator' },
  });
});

it('puts out all, and none comes back', async () => {
  for (const { id } of walls) await administer('DELETE', `/api/screens/${id}`);
  await expect.poll(connected, soon).toBe(0);
  await app.close();
  app = await start();
  const before = walls.map(({ refusals: all }) => all.length);
  await expect.poll(() => walls.every((wall, n) => wall.refusals.length > (before[n] ?? 0)), soon).toBe(true);
  expect(connected()).toBe(0);
});
