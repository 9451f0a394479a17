import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRedrive } from '#api/actions/redrive.ts';
import { makeFirstAccounts } from '#api/auth/first-accounts.ts';
import { createKeeper } from '#api/auth/keeper.ts';
import { request } from '#api/auth/test-request.ts';
import { startTestApp, type TestApp } from '#api/test-app.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';

const OWN_TOKEN = 'token-of-the-product';
const PASSWORD = 'mat-khau-quan-tri';
const feed = (column: string): string => `
kind: folder
name: { vi: Trạm, en: Station }
source: tram
path: /srv/tram
mapping:
  time: { from: [{ column: time }], formats: ['yyyy-MM-dd HH:mm:ss'] }
  readings:
    - { metric: air.co, value: { column: ${column} }, value_unit: mg/m3, limits: [0, 50] }
`;
const RECORDS = [
  { time: '2026-11-18 08:00:00', co_moi: 2 },
  { time: '2026-11-18 09:00:00', co_moi: 3 },
  { time: 'hôm qua', co_moi: 4 },
];

let ingest: TestIngest;
let here: TestApp;
let folder: string;
let cookie: string;

/** Dead letters as the collector leaves them. */
async function bury(letters: readonly Record<string, unknown>[]): Promise<void> {
  const values = letters.map((letter, n) => ({
    ...{
      unit_path: '/H49/',
      received_at: new Date().toISOString().replace('T', ' ').replace('Z', ''),
      source: 'tram',
      entry: 'folder',
      code: 'IOC_EVENT_DATA',
    },
    ...{ letter_key: `00000000-0000-0000-0000-00000000000${n}`, reason: 'r', payload: '', simulated: 0, ...letter },
  }));
  await ingest.store.writer.insert({ table: 'log.dead_letter', values, format: 'JSONEachRow' });
}
const redrive = async (body: Record<string, string>, as = cookie) =>
  request(here.url, 'POST', '/api/sources/redrive', { cookie: as, body });
const letters = async (query = ''): Promise<unknown> =>
  (await request(here.url, 'GET', `/api/sources/letters?${query}`, { cookie })).body;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-redrive-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: OWN_TOKEN, source: OWN_SOURCE }]));
  await writeFile(join(folder, 'tram.yaml'), feed('co_cu'));
  ingest = await startTestIngest({ tokensFile, feeds_dir: folder });
  const keeperClient = () => connect(ingest.store.accesses.keeper, { quiet: true });
  here = await startTestApp(ingest.store.accesses.reader, {
    auth: { keeper: createKeeper({ client: keeperClient(), session_ms: 3_600_000 }) },
    trail: { client: keeperClient(), key: 'k'.repeat(32), heads: join(folder, 'heads'), wait_ms: 50 },
    redrive: createRedrive({ url: ingest.url, token: OWN_TOKEN }),
  });
  const { keeper } = here.app;
  if (!keeper) throw new Error('there is a keeper');
  const { units } = here.app.book.dashboards().province;
  await makeFirstAccounts({ keeper, units, admin_password: PASSWORD, demo_password: undefined, tell: () => undefined });
  const log = { body: { name: 'admin', password: PASSWORD } };
  cookie = (await request(here.url, 'POST', '/api/session', log)).cookie ?? '';
  await bury([
    ...RECORDS.map((record) => ({ payload: JSON.stringify(record) })),
    { payload: '{"time":"2026-11-18 10:00:00","co_moi…', code: 'IOC_CUT' },
    { payload: '<13>x', entry: 'syslog', source: 'r1', code: 'IOC_EVENT_DATA' },
  ]);
});
afterAll(async () => {
  await here.close();
  await ingest.close();
  await rm(folder, { recursive: true, force: true });
});

it(
  'sends dead letters again by the mended mapping, each once, and the audit log says who did',
  { timeout: 60_000 },
  async () => {
    const group = { source: 'tram', code: 'IOC_EVENT_DATA' };
    expect(await letters('source=tram&code=IOC_EVENT_DATA')).toMatchObject({ count: 3, open: 3 });
    // the mapping still names a column that is not there
    expect((await redrive(group)).body).toMatchObject({ asked: 3, mended: 0, refused: 3, next: null });
    await writeFile(join(folder, 'tram.yaml'), feed('co_moi'));
    expect((await redrive(group)).body).toMatchObject({ asked: 3, mended: 2, accepted: 2, refused: 1, next: null });
    expect(await letters('source=tram&code=IOC_EVENT_DATA')).toMatchObject({ count: 3, open: 1 });
    // what was mended is not asked for any more, and what is sent in spite of that adds nothing
    expect((await redrive(group)).body).toMatchObject({ asked: 1, mended: 0, refused: 1 });
    const again = await createRedrive({ url: ingest.url, token: OWN_TOKEN })([
      {
        ...{ letter_key: '00000000-0000-0000-0000-000000000000', entry: 'folder', source: 'tram', unit: '' },
        ...{ payload: JSON.stringify(RECORDS[0]), simulated: 0, within: '' },
      },
    ]);
    expect(again).toMatchObject([{ fate: 'mended', accepted: 0, duplicate: 1 }]);
    expect(await ingest.rows('SELECT value FROM log.reading_event FINAL ORDER BY value')).toEqual([
      { value: 2 },
      { value: 3 },
    ]);
    // nothing was buried anew
    expect(await ingest.count('SELECT count() FROM log.dead_letter FINAL')).toBe(5);
    const acts = async (): Promise<unknown> =>
      (await request(here.url, 'GET', '/api/trail?action=letters.redriven', { cookie })).body;
    await expect.poll(acts, { timeout: 5_000 }).toMatchObject({
      rows: [{ target: 'tram IOC_EVENT_DATA: 0/1' }, { target: 'tram IOC_EVENT_DATA: 2/3' }, { target: 'tram IOC_EVENT_DATA: 0/3', actor: 'Quản trị' }], // prettier-ignore
    });
  },
);

it('says what cannot be sent again, and why', async () => {
  expect((await redrive({ source: 'tram', code: 'IOC_CUT' })).body).toMatchObject({
    ...{ asked: 1, impossible: 1, reasons: [{ code: 'IOC_LETTER_CUT', count: 1 }] },
  });
  expect((await redrive({ source: 'r1', code: 'IOC_EVENT_DATA' })).body).toMatchObject({
    ...{ asked: 1, impossible: 1, reasons: [{ code: 'IOC_LETTER_ENTRY', count: 1 }] },
  });
});

it('is for those who may act, and at ingest for the product alone', async () => {
  expect((await redrive({ source: 'tram', code: 'IOC_CUT' }, '')).status).toBe(401);
  await writeFile(join(folder, 'tokens.json'), JSON.stringify([{ token: 'token-of-some-source', source: 'tram' }]));
  const reply = await fetch(`${ingest.url}/v1/redrive`, {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-some-source', 'content-type': 'application/json' },
    body: '{"letters":[]}',
  });
  expect(reply.status).toBe(401);
});

it('sends single dossiers and events of requests again, as their senders would', async () => {
  const event = {
    specversion: '1.0',
    id: 'e1',
    source: 'soc',
    type: 'security.alert',
    time: '2026-11-18T09:00:00+07:00',
  };
  const letter = { source: 'soc', unit: '', simulated: 0 as const, within: '' };
  await writeFile(join(folder, 'tokens.json'), JSON.stringify([{ token: OWN_TOKEN, source: OWN_SOURCE }]));
  const told = await createRedrive({ url: ingest.url, token: OWN_TOKEN })([
    { ...letter, letter_key: '00000000-0000-0000-0000-0000000000a1', entry: 'events', payload: JSON.stringify(event) },
    {
      ...{ ...letter, letter_key: '00000000-0000-0000-0000-0000000000a2', entry: 'dvcqg' },
      payload: JSON.stringify({
        ...{ MaHoSo: '000.00.02.H49-261118-0001', MaTTHC: '1.000001', TenTTHC: 'Thủ tục' },
        ...{ NgayTiepNhan: '20261118080000', NgayHenTra: '20261130170000', TrangThaiHoSo: '2' },
      }),
    },
    {
      ...{ ...letter, letter_key: '00000000-0000-0000-0000-0000000000a3', entry: 'eve' },
      payload: JSON.stringify({
        timestamp: '2026-11-18T09:00:00.000000+0700',
        event_type: 'alert',
        alert: { severity: 1 },
      }),
    },
  ]);
  expect(told.map(({ fate, accepted, reason }) => [fate, accepted, reason])).toEqual([
    ['mended', 1, ''],
    ['mended', 1, ''],
    ['mended', 1, ''],
  ]);
});

it('holds a letter to the unit that its sender may speak for, as it was held the first time', async () => {
  const token = 'token-of-the-centre-of-a-city';
  await writeFile(
    join(folder, 'tokens.json'),
    JSON.stringify([
      { token: OWN_TOKEN, source: OWN_SOURCE },
      { token, source: 'ioc-con', unit: 'H49.02' },
    ]),
  );
  const alertOf = (id: string, unit: string) => ({
    ...{ specversion: '1.0', id, source: 'ioc-con', type: 'security.alert', time: '2026-11-18T09:00:00+07:00', unit },
    data: { severity: 'low', category: 'c', signature: 's', asset: 'a', action: 'allowed' },
  });
  const sent = await fetch(`${ingest.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([alertOf('own', 'H49.02'), alertOf('foreign', 'H49.03')]),
  });
  expect(await sent.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'IOC_EVENT_UNIT_FOREIGN' }] });
  expect((await redrive({ source: 'ioc-con', code: 'IOC_EVENT_UNIT_FOREIGN' })).body).toMatchObject({
    ...{ asked: 1, mended: 0, refused: 1, reasons: [{ code: 'IOC_EVENT_UNIT_FOREIGN', count: 1 }] },
  });
  expect(await ingest.count(`SELECT count() FROM log.security_event WHERE source = 'ioc-con'`)).toBe(1);
});
