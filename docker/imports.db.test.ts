import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImportFile } from '#api/actions/import-file.ts';
import { makeFirstAccounts } from '#api/auth/first-accounts.ts';
import { createKeeper } from '#api/auth/keeper.ts';
import { request } from '#api/auth/test-request.ts';
import { startTestApp, type TestApp } from '#api/test-app.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';

const OWN_TOKEN = 'token-of-the-product';
const PASSWORD = 'mat-khau-quan-tri';
const HEAD = 'Số hồ sơ;Thủ tục hành chính;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Trạng thái hồ sơ;Hình thức nộp';
const ROW = ';Cấp giấy phép;27/10/2023 10:30;07/11/2023;;Đang xử lý;Trực tuyến';

let ingest: TestIngest;
let here: TestApp;
let folder: string;
let cookie: string;

const send = async (query: string, body: string, as = cookie) => {
  const reply = await fetch(`${here.url}/api/imports?${query}`, {
    method: 'POST',
    headers: { cookie: as, 'content-type': 'text/csv' },
    body,
  });
  return { status: reply.status, body: await reply.json() };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-imports-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: OWN_TOKEN, source: OWN_SOURCE }]));
  ingest = await startTestIngest({ tokensFile });
  const keeperClient = () => connect(ingest.store.accesses.keeper, { quiet: true });
  here = await startTestApp(ingest.store.accesses.reader, {
    auth: { keeper: createKeeper({ client: keeperClient(), session_ms: 3_600_000 }) },
    trail: { client: keeperClient(), key: 'k'.repeat(32), heads: join(folder, 'heads'), wait_ms: 50 },
    importFile: createImportFile({ url: ingest.url, token: OWN_TOKEN }),
  });
  const { keeper } = here.app;
  if (!keeper) throw new Error('there is a keeper');
  const { units } = here.app.book.dashboards().province;
  await makeFirstAccounts({ keeper, units, admin_password: PASSWORD, demo_password: undefined, tell: () => undefined });
  const log = { body: { name: 'admin', password: PASSWORD } };
  cookie = (await request(here.url, 'POST', '/api/session', log)).cookie ?? '';
});
afterAll(async () => {
  await here.close();
  await ingest.close();
  await rm(folder, { recursive: true, force: true });
});

it('brings in the rows of a file, and the audit log says who brought which file and what became of its rows', async () => {
  const file = [
    HEAD,
    `H49.02-231027-0001${ROW}`,
    `H49.02-231027-0002${ROW}`,
    `H49.02-231027-0003${ROW.replace('27/10/2023', '99/10/2023')}`,
  ].join('\n');
  const query = 'mapping=mot-cua&name=C%3A%5Cho-so%5Cthang-10-001098012345.csv';
  expect(await send(query, file)).toMatchObject({ status: 200, body: { accepted: 2, rejected: 1 } });
  // of the source that the mapping names, not of the product
  expect(await ingest.rows('SELECT DISTINCT source FROM log.dossier_event')).toEqual([{ source: 'tep-mot-cua' }]);
  expect(await send('mapping=mot-cua&name=x.csv&preview=1', file)).toMatchObject({ status: 200 });
  expect(await send('mapping=khong-co&name=y.csv', file)).toMatchObject({ status: 400 });
  expect(await send(query, file, '')).toMatchObject({ status: 401 });
  const targets = async (): Promise<unknown> =>
    (await request(here.url, 'GET', '/api/trail?action=import', { cookie })).body;
  await expect.poll(targets, { timeout: 5_000 }).toMatchObject({
    rows: [
      { actor: 'Quản trị', target: 'y.csv', outcome: 'refused' },
      { target: 'x.csv: preview', outcome: 'done' },
      { target: 'thang-10-….csv: 2 accepted, 0 duplicate, 1 rejected', outcome: 'done' },
    ],
  });
});
