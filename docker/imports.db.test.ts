import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
import { ROOT } from './supervisor/config.ts';

const OWN_TOKEN = 'token-of-the-product';
const PASSWORD = 'mat-khau-quan-tri';
const HEAD = 'Số hồ sơ;Thủ tục hành chính;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Trạng thái hồ sơ;Hình thức nộp';
const FILE_TYPES = [
  ['csv', 'text/csv'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
] as const;
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

it('reads a list that it wrote itself, as CSV and as XLSX, and finds nothing new in it', async () => {
  const head = `${HEAD};Ngày giải quyết xong;Lĩnh vực;Đơn vị xử lý;Bộ phận đang giữ`;
  const rows = [
    `H49.02-231027-0011${ROW};;Đất đai;Huyện Vân Đồn;Phòng Một`,
    'H49.02-231027-0012;Cấp phép;27/10/2023 10:30;07/11/2023;06/11/2023;Đã trả kết quả;Trực tiếp;05/11/2023;;;',
    'H49.02-231027-0013;Cấp phép;27/10/2023 10:30;07/11/2023;;Chờ bổ sung;Bưu chính;;;;',
  ];
  expect(await send('mapping=mot-cua&name=a.csv', [head, ...rows].join('\n'))).toMatchObject({ body: { accepted: 3 } });
  // rows of dossiers are written a moment after the events that were accepted
  const listed = async (): Promise<unknown> =>
    (await request(here.url, 'GET', '/api/dossiers?q=231027-001', { cookie })).body;
  await expect.poll(listed, { timeout: 10_000 }).toMatchObject({ count: 3 });
  for (const [format, type] of FILE_TYPES) {
    const list = await fetch(`${here.url}/api/dossiers/export.${format}?q=231027-001`, { headers: { cookie } });
    const body = await list.bytes();
    const bring = async (query: string): Promise<unknown> => {
      const reply = await fetch(`${here.url}/api/imports?mapping=mot-cua&name=lai.${format}${query}`, {
        ...{ method: 'POST', body },
        headers: { cookie, 'content-type': type },
      });
      return reply.json();
    };
    expect(await bring('&preview=1')).toMatchObject({
      ...{ rows: 3, rejected: 0, errors: [], warnings: [] },
      // judged by the rule that was asked for: no fact of the dossier
      unused: [{ column: 'Tình hình giải quyết', personal: false }],
    });
    expect(await bring('')).toMatchObject({ accepted: 0, duplicate: 3, rejected: 0 });
    expect(await bring(`&source=noi-khac-${format}`)).toMatchObject({ accepted: 3, rejected: 0 });
  }
  const facts = 'type, status, observed_at, due_at, channel, field_name, handler_path, step_holder';
  const ofSource = (source: string) =>
    ingest.rows(
      `SELECT dossier_id, ${facts} FROM log.dossier_event WHERE dossier_id LIKE '%231027-001%' AND source = '${source}' ORDER BY ALL`,
    );
  const first = await ofSource('tep-mot-cua');
  expect(first.length).toBeGreaterThan(3);
  expect(await ofSource('noi-khac-csv')).toEqual(first);
  expect(await ofSource('noi-khac-xlsx')).toEqual(first);
});

it('offers its mappings, to those who may bring files', async () => {
  await cp(join(ROOT, 'dashboards/imports'), join(here.folder, 'imports'), { recursive: true });
  const { status, body } = await request(here.url, 'GET', '/api/imports/mappings', { cookie });
  expect(status).toBe(200);
  expect(body).toMatchObject([
    {
      id: 'mot-cua',
      name: { en: 'Dossier list of a one-stop system' },
      columns: { channel: expect.arrayContaining(['Kênh nộp']) },
    },
  ]);
  expect((await request(here.url, 'GET', '/api/imports/mappings')).status).toBe(401);
});
