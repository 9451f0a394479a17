import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { workbook } from '#ingest/sources/file/test-file.ts';
import { startTestIngest, TEST_TOKEN, type TestIngest } from '#ingest/test-ingest.ts';
import { createEventPoster } from '#api/actions/event-poster.ts';
import { makeFirstAccounts } from '#api/auth/first-accounts.ts';
import { createKeeper } from '#api/auth/keeper.ts';
import { startTestApp, type TestApp } from '#api/test-app.ts';

/**
 * People who exist nowhere else, by the same part of their names, phones and papers. What is not looked for, because it cannot be told from what it should be:
 * - a name alone in a field that names something else (procedure, field, unit, desk), or in a text that is no JSON: there only numbers are planted;
 * - identifiers: id, source, subject, number of a dossier, unit, link, ring: an event is not itself without them;
 * - what an officer types: text of a chase, note of an entry, name of an account.
 */
let planted = 0;
const next = (): string => String((planted += 1)).padStart(4, '0');
const name = (): string => `Trần Thị Gieohạt${next()}`;
const phone = (): string => `097755${next()}`;
const paper = (): string => `02209055${next()}`;
const NAME = /gieoh[aạ]t/i;
const NUMBERS = /097755\d{4}|0?2209055\d{4}|97755\d{4}/;
const SECRET = 'bi-mat-khong-duoc-ghi-lai';

let ingest: TestIngest;
let app: TestApp;
let logged = '';
const sink = new Writable({
  write: (chunk, _encoding, done) => {
    logged += String(chunk);
    done();
  },
});

beforeAll(async () => {
  ingest = await startTestIngest({ log: pino({ level: 'trace' }, sink) });
  const { accesses, folder } = ingest.store;
  const keeper = createKeeper({ client: connect(accesses.keeper, { quiet: true }), session_ms: 3_600_000 });
  app = await startTestApp(accesses.reader, {
    logger: { level: 'trace', stream: sink },
    post: createEventPoster({ url: ingest.url, token: TEST_TOKEN }),
    auth: { keeper },
    trail: {
      ...{ client: connect(accesses.keeper, { quiet: true }), key: 'key-of-these-tests-of-32-letters', wait_ms: 10 },
      heads: join(folder, 'audit-heads'),
    },
  });
  const { units } = app.app.book.dashboards().province;
  const first = { admin_password: 'mat-khau-quan-tri', demo_password: undefined, tell: () => undefined };
  await makeFirstAccounts({ keeper, units, ...first });
});
afterAll(async () => {
  await app.close();
  await ingest.close();
});

/** What the sources' fields of a person are called, in the exchange formats and as vendors call them. */
const OF_A_PERSON = [
  ...['ChuHoSo', 'HoTen', 'HoTenChuHoSo', 'NguoiNop', 'NguoiNopHoSo', 'TenNguoiNop', 'NguoiXuLy', 'NguoiYeuCauBoSung'],
  ...['DiaChi', 'TrichYeuHoSo', 'GhiChu', 'ThongTinTiepNhan', 'ThongTinTra', 'ThongTinKhac', 'NoiDungXuLy', 'ChucDanh'],
  ...['SoGiayToChuHoSo', 'SoDienThoai', 'SoDTNguoiNop', 'CCCD', 'SoCMND', 'NgaySinh', 'Email', 'Fax', 'MaDoiTuong'],
];
const person = (): Record<string, unknown> => ({
  ...Object.fromEntries(OF_A_PERSON.map((field) => [field, `${name()} ${phone()} ${paper()}`])),
  DinhDanhCHS: [{ LoaiDinhDanh: '1', SoDinhDanh: paper() }],
  TaiLieuNop: [{ TenTepDinhKem: `${name()}.pdf`, DuongDanTaiTepTin: `https://x/${paper()}.pdf`, DuocSoHoa: '1' }],
  DanhSachGiayToKetQua: [{ TenGiayTo: phone(), DuongDanTepTinKetQua: `https://x/${paper()}.pdf` }],
  DanhSachHoSoBoSung: [{ NguoiYeuCauBoSung: name(), NoiDungBoSung: name(), NgayBoSung: '20240111080000' }],
  VendorExtra: { hoTen: name(), lienHe: `gọi ${phone()}`, sau: [{ cccd: paper() }] },
});
const numbers = (): string => `gọi ${phone()}, giấy tờ ${paper()}`;
const dossier = (number: string): Record<string, unknown> => ({
  ...person(),
  ...{ MaHoSo: `000.00.02.H49-240110-${number}`, MaTTHC: '1.003560', TrangThaiHoSo: '4' },
  ...{ NgayTiepNhan: '20240110080000', NgayHenTra: '20240120170000', TenTTHC: `Cấp phép ${numbers()}` },
  ...{ MaLinhVuc: numbers(), TenLinhVuc: numbers(), DonViXuLy: numbers(), KenhThucHien: '2' },
});
const event = (id: string, type: string, data: unknown, more: object = {}): Record<string, unknown> => ({
  ...{ specversion: '1.0', id, source: 'rieng-tu', type, time: '2024-01-15T08:30:00+07:00' },
  ...{ hoten: name(), sodienthoai: phone(), data, ...more },
});
const send = (path: string, body: unknown, headers = {}) =>
  ingest.post(path, typeof body === 'string' ? body : JSON.stringify(body), headers);
const query = (): string => `hoten=${encodeURIComponent(name())}&sdt=${phone()}`;

/** All that the sources are sent, of each kind what is taken and what is refused. */
async function plant(): Promise<void> {
  const say = { service: 'DongBoHoSoMC', session: SECRET };
  const steps = [{ ...person(), MaHoSo: '000.00.02.H49-240110-0001', ThoiDiemXuLy: '20240112080000', TrangThai: '4' }];
  const wrong = ['NgayTiepNhan', 'NgayHenTra', 'TrangThaiHoSo', 'MaHoSo', 'KenhThucHien'].map((field, index) => ({
    ...dossier(`09${index}0`),
    [field]: field === 'MaHoSo' ? '' : `${phone()} ${name()}`,
  }));
  await send(`/v1/dvcqg?${query()}`, { ...say, data: [dossier('0001'), dossier('0002'), ...wrong] });
  await send('/v1/dvcqg', { service: 'CapNhatTienDoHoSoMC', data: [{ ...steps[0], PhongBanXuLy: numbers() }] });
  await send('/v1/dvcqg', { service: 'CapNhatTienDoHoSoMC', data: [{ ...steps[0], ThoiDiemXuLy: phone() }] });
  await send('/v1/dvcqg', `{"data": [{"ChuHoSo": "${name()}", "SoDienThoai": "${phone()}"`);
  await send('/v1/dvcqg', { ChuHoSo: name(), x: phone() });

  const text = { procedure_name: numbers(), field_name: numbers(), handler: numbers(), step_holder: numbers() };
  const attributes = { ChuHoSo: name(), so_dien_thoai: phone(), note: `hoten: ${name()}; ${numbers()}` };
  const subject = '000.00.02.H49-240110-0003';
  const good = [
    event('1', 'dossier.received', { ...text, field_code: phone(), procedure_code: paper(), attributes }, { subject }),
    event('2', 'link.sample', { ring: phone(), latency_ms: 3 }, { subject: 'H49-link', unit: 'H49.02' }),
    event('3', 'security.alert', { signature: numbers(), category: phone(), asset: paper(), action: phone() }),
    event('4', 'reading.sample', { metric: 'air.pm25', value: 1, place: numbers() }),
  ];
  // a field that no schema names, a type that is none, an instant that is none, texts too long
  const bad = good.flatMap((one) => [
    { ...one, data: { hoten: name(), phone: phone(), cccd: paper(), [`sdt ${phone()}`]: numbers() } },
    { ...one, type: `khong-co ${phone()}` },
    { ...one, time: phone() },
    { ...one, data: numbers() },
    { ...one, specversion: phone() },
  ]);
  const batch = { 'content-type': 'application/cloudevents-batch+json' };
  await send(`/v1/events?${query()}`, [...good, ...bad], {
    ...batch,
    'user-agent': name()
      .normalize('NFD')
      .replace(/[^ -~]/g, ''),
    referer: `https://x/?${query()}`,
  });
  await send('/v1/events', `{"hoten":"${name()}"\n${phone()}\n`, { 'content-type': 'application/x-ndjson' });
  await send(
    '/v1/events',
    { ten: phone() },
    { 'ce-specversion': '1.0', 'ce-id': '9', 'ce-type': 'x', 'ce-hoten': phone() },
  );

  const record = {
    ...{ timestamp: '2024-01-15T08:30:00.000000+0700', event_type: 'alert', src_ip: '192.168.100.200', flow_id: 1 },
    alert: {
      severity: 1,
      signature: numbers(),
      category: phone(),
      action: 'allowed',
      signature_id: 1,
      metadata: [phone()],
    },
    http: { url: `/tra-cuu?${query()}&cccd=${paper()}`, http_refer: phone(), http_request_body: name() },
    ...{ payload_printable: name(), payload: 'R2llb2jhuqF0', hoten: name(), email: { from: `${phone()}@x.vn` } },
    dns: { rrname: `${phone()}.vn`, answers: [{ rdata: paper() }] },
  };
  await send(`/v1/eve?source=cam-bien`, JSON.stringify(record), { 'content-type': 'application/x-ndjson' });
  await send(`/v1/eve?source=cam-bien`, `[1, "hoten":"${name()}", "${phone()}"\n`, {
    'content-type': 'application/x-ndjson',
  });

  const heads = [
    'Mã hồ sơ',
    'Mã TTHC',
    'Ngày tiếp nhận',
    'Ngày hẹn trả',
    'Trạng thái',
    'Tên thủ tục',
    'Lĩnh vực',
    'Đơn vị xử lý',
  ];
  const columns = [
    'Chủ hồ sơ',
    'Người nộp',
    'Số điện thoại',
    'CCCD',
    'Địa chỉ',
    'Email',
    'Ngày sinh',
    'Trích yếu',
    'Ghi chú',
    'Người xử lý',
  ];
  const row = (number: string, accepted: string, status: string): string[] => [
    ...[`000.00.02.H49-240110-${number}`, '1.003560', accepted, '20/01/2024', status, numbers(), numbers(), numbers()],
    ...columns.map(() => `${name()} ${phone()} ${paper()}`),
  ];
  const rows = [
    row('0011', '10/01/2024', 'Đang xử lý'),
    row('0012', phone(), 'Đang xử lý'),
    row('0013', '10/01/2024', phone()),
  ];
  const quoted = (cells: string[]): string => cells.map((cell) => `"${cell}"`).join(',');
  const path = '/v1/import?mapping=mot-cua&source=tep';
  const csv = [[...heads, ...columns], ...rows].map(quoted).join('\n');
  expect((await send(path, csv, { 'content-type': 'text/csv' })).body).toMatchObject({ accepted: 1, rejected: 2 });
  const sheet = await workbook((page) => {
    page.addRow([...heads, ...columns]);
    for (const each of rows) page.addRow(each.map((cell) => cell.replace('240110-001', '240110-002')));
  });
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect((await ingest.post(path, sheet, { 'content-type': xlsx })).body).toMatchObject({ accepted: 1, rejected: 2 });
}

const ask = (method: string, path: string, cookie = '', body?: unknown, headers = {}): Promise<Response> =>
  fetch(app.url + path, {
    method,
    headers: { cookie, 'content-type': 'application/json', referer: `${app.url}/?${query()}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** All that somebody may type into a field or an address by mistake; and secrets where they belong. Gives what was exported. */
async function look(): Promise<string> {
  const reply = await ask('POST', '/api/session', '', { name: 'admin', password: 'mat-khau-quan-tri' });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  const wrong = { name: phone(), password: SECRET };
  expect((await ask('POST', '/api/session', '', wrong)).status).toBe(401);
  await ask('POST', '/api/session', '', { name: 'admin', password: SECRET });
  await ask('GET', `/api/session?token=${SECRET}`, `${cookie}; x=${SECRET}`, undefined, {
    authorization: `Bearer ${SECRET}`,
  });
  await ask('POST', '/api/setup', '', { token: SECRET, name: 'a-b', shown: name(), password: `${SECRET}-dai` });
  const typed = encodeURIComponent(`${name()} ${phone()}`);
  for (const path of [
    `/api/dossiers?q=${typed}`,
    `/api/dossiers/${typed}`,
    `/api/dossiers/${paper()}`,
    `/api/chases/${typed}`,
  ])
    await ask('GET', path, cookie);
  await ask('POST', `/api/chases/${phone()}/answer`, cookie, { text: numbers() });
  await ask('POST', '/api/chases', cookie, { dossier_ids: [phone()], text: 'x', deadline_at: phone() });
  await ask('PATCH', `/api/accounts/${paper()}`, cookie, { shown: name() });
  await ask('DELETE', `/api/tokens/${phone()}`, cookie);
  let files = '';
  for (const format of ['csv', 'xlsx']) {
    const list = await ask('GET', `/api/dossiers/export.${format}?q=${typed}`, cookie);
    expect(list.status).toBe(200);
    await list.arrayBuffer();
    const all = Buffer.from(await (await ask('GET', `/api/dossiers/export.${format}`, cookie)).arrayBuffer());
    files += all.toString();
  }
  expect(files).toContain('H49-240110-0001');
  for (const path of ['/api/trail', '/api/dossiers', `/api/dossiers/000.00.02.H49-240110-0001`, '/api/sources'])
    files += await (await ask('GET', path, cookie)).text();
  return files;
}

const TablesSchema = z.array(z.object({ table: z.string() }));

/** All rows of all tables that keep anything, as text. */
async function stored(): Promise<[string, string][]> {
  const { owner } = ingest.store;
  const reply = await owner.query({
    query: `SELECT concat(database, '.', name) AS table FROM system.tables WHERE engine LIKE '%MergeTree' OR engine LIKE '%Log'`,
    format: 'JSONEachRow',
  });
  const tables = TablesSchema.parse(await reply.json()).map(({ table }) => table);
  expect(tables).toEqual(expect.arrayContaining(['log.dossier_event', 'log.dead_letter', 'auth.audit_event']));
  const texts: [string, string][] = [];
  for (const table of tables) {
    if (!table.startsWith('system.')) await owner.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
    const rows = await owner.query({ query: `SELECT * FROM ${table}`, format: 'JSONEachRow' });
    texts.push([table, await rows.text()]);
  }
  return texts;
}

/** Every file under a folder, as bytes read as text. */
async function files(folder: string): Promise<[string, string][]> {
  const names = await readdir(folder, { recursive: true });
  const texts: [string, string][] = [];
  for (const each of names) {
    const path = join(folder, each);
    // a part that was merged away meanwhile is no file any more
    const isFile = await stat(path).then(
      (info) => info.isFile(),
      () => false,
    );
    if (isFile) texts.push([each, await readFile(path, 'utf8').catch(() => '')]);
  }
  return texts;
}

const found = (texts: readonly [string, string][]): string[] =>
  texts.flatMap(([where, text]) =>
    text
      .split('\n')
      .flatMap((line) =>
        [NAME.exec(line), NUMBERS.exec(line), line.includes(SECRET) ? { 0: SECRET, index: 0 } : null].flatMap((hit) =>
          hit ? [`${where}: ${line.slice(Math.max(0, hit.index - 60), hit.index + 60)}`] : [],
        ),
      ),
  );

describe('people', () => {
  it(
    'are nowhere: not in the store, its files, the logs, dead letters, exports and the audit log',
    { timeout: 120_000 },
    async () => {
      await plant();
      const given = await look();
      expect(await ingest.count('SELECT count() FROM log.dead_letter')).toBeGreaterThan(25);
      await sleep(1_000);
      expect(logged).not.toBe('');
      expect(
        found([
          ['exports and replies', given],
          ['logs', logged],
        ]),
      ).toEqual([]);
      expect(found(await stored())).toEqual([]);
      expect(found(await files(ingest.store.folder))).toEqual([]);
      expect(planted).toBeGreaterThan(500);
    },
  );
});
