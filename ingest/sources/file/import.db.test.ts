import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestIngest, TEST_TOKEN, type TestIngest } from '../../test-ingest.ts';
import { workbook } from './test-file.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEAD =
  'STT;Mã hồ sơ;Mã TTHC;Chủ hồ sơ;Số điện thoại;Ngày tiếp nhận;Ngày hẹn trả;Ngày hoàn thành;Trạng thái;Hình thức nộp';

let ingest: TestIngest;
beforeAll(async () => {
  ingest = await startTestIngest();
});
afterAll(() => ingest.close());

const send = (body: string | Uint8Array, query = '', type = 'text/csv', headers = {}) =>
  ingest.post(`/v1/import?mapping=mot-cua&source=so-xd${query}`, body, { 'content-type': type, ...headers });
const line = (number: string, more = '27/10/2023 10:30;07/11/2023;;Đang xử lý;Trực tuyến') =>
  `1;000.00.02.H49-231027-${number};1.003560;Nguyễn Văn An;0912345678;${more}`;

/** What live and history say of a dossier; they must agree. */
async function stateOf(number: string): Promise<unknown> {
  const ask = (database: string) =>
    ingest.rows(
      `SELECT unit_path, status, toString(accepted_at) AS accepted_at, toString(due_at) AS due_at, toString(finished_at) AS finished_at, channel
       FROM ${database}.dossier WHERE endsWith(dossier_id, '-${number}')`,
    );
  const live = await ask('live');
  expect(await ask('history')).toEqual(live);
  return live[0];
}
const events = () => ingest.count('SELECT count() FROM log.dossier_event');

describe('POST /v1/import', () => {
  it('stores the events of a finished dossier, and the same file again as duplicates', async () => {
    const finished = line('0001', '27/10/2023 10:30;07/11/2023;05/11/2023 16:00;Đã trả kết quả;Trực tiếp');
    const file = [HEAD, finished, line('0002')].join('\n');
    expect(await send(file)).toMatchObject({
      status: 200,
      body: { accepted: 2, duplicate: 0, rejected: 0, errors: [] },
    });
    expect(await stateOf('0001')).toEqual({
      unit_path: '/H49/H49.02/',
      status: 10,
      accepted_at: '2023-10-27 03:30:00.000',
      due_at: '2023-11-07 16:59:59.000',
      finished_at: '2023-11-05 09:00:00.000',
      channel: 1,
    });
    expect(await stateOf('0002')).toMatchObject({ status: 4, channel: 2, finished_at: null });
    const before = await events();
    expect((await send(file)).body).toMatchObject({ accepted: 0, duplicate: 2, rejected: 0 });
    expect(await events()).toBe(before);
  });

  it('brings through what a later file says, also a promise that moved without any new date', async () => {
    await send([HEAD, line('0003')].join('\n'));
    const moved = [HEAD, line('0003', '27/10/2023 10:30;15/11/2023;;Đang xử lý;Trực tuyến')].join('\n');
    expect((await send(moved)).body).toMatchObject({ accepted: 1, duplicate: 0 });
    expect(await stateOf('0003')).toMatchObject({ due_at: '2023-11-15 16:59:59.000' });
    const done = [HEAD, line('0003', '27/10/2023 10:30;15/11/2023;14/11/2023;Đã xử lý xong;Trực tuyến')].join('\n');
    expect((await send(done)).body).toMatchObject({ accepted: 1 });
    expect(await stateOf('0003')).toMatchObject({ status: 9, finished_at: '2023-11-13 17:00:00.000' });
  });

  it('refuses an end without a date: what a list of the past tells today did not end today', async () => {
    const undated = line('0031', '27/10/2023 10:30;15/11/2023;;Đã trả kết quả;Trực tuyến');
    const { body } = await send([HEAD, undated, line('0032')].join('\n'));
    expect(body).toMatchObject({
      ...{ accepted: 1, rejected: 1 },
      errors: [{ row: 2, value: 'Đã trả kết quả', code: 'IOC_ROW_FIELD' }],
    });
  });

  it('warns of a row whose unit is another than that of its number, and stores it under the number', async () => {
    const head = `${HEAD};Đơn vị tiếp nhận`;
    const rows = [`${line('0021')};H49.12`, `${line('0022')};H49.02`, `${line('0023')};Một nơi nào đó`];
    const file = [head, ...rows].join('\n');
    const warning = { row: 2, column: 'Đơn vị tiếp nhận', value: 'H49.12', code: 'IOC_ROW_UNIT' };
    const preview = await send(file, '&preview=1');
    expect(preview).toMatchObject({ status: 200, body: { rejected: 0, errors: [], warnings: [warning] } });
    const reply = await send(file);
    expect(reply).toMatchObject({ status: 200, body: { accepted: 3, rejected: 0, errors: [], warnings: [warning] } });
    expect(JSON.stringify(reply.body)).toContain('but the dossier number is of H49.02');
    expect(await stateOf('0021')).toMatchObject({ unit_path: '/H49/H49.02/' });
  });

  it('takes a workbook, with the unit of the row or of the request where the number names none', async () => {
    const file = await workbook((sheet) => {
      sheet.addRow(['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Đơn vị tiếp nhận']);
      const day = new Date(Date.UTC(2023, 9, 27, 8, 0));
      sheet.addRow(['HS-0004', day, 45237, 'Huyện Vân Đồn']);
      sheet.addRow(['HS-0005', day, { formula: 'C2', result: 45237 }, null]);
    });
    expect(await send(file, '&unit=H49.02', XLSX)).toMatchObject({ status: 200, body: { accepted: 2, errors: [] } });
    expect(await stateOf('0004')).toMatchObject({
      unit_path: '/H49/H49.12/',
      status: 2,
      accepted_at: '2023-10-27 01:00:00.000',
      due_at: '2023-11-07 16:59:59.000',
    });
    expect(await stateOf('0005')).toMatchObject({ unit_path: '/H49/H49.02/' });
  });

  const bad = [
    HEAD,
    line('0006'),
    line('0007', '31/02/2023;07/11/2023;;Xong rồi;Trực tuyến'),
    '2;;1.003560;Trần Thị B;0987654321;27/10/2023;07/11/2023;;Đang xử lý;',
    line('0008', ';07/11/2023;;Đang xử lý;'),
    line('0009', '27/10/2123;07/11/2123;;Đang xử lý;'),
  ].join('\n');

  it('stores good rows and names row, column, value and reason of bad ones, which are kept without names', async () => {
    const reply = await send(bad);
    expect(reply).toMatchObject({ status: 200, body: { accepted: 1, duplicate: 0, rejected: 4 } });
    expect(reply.body).toMatchObject({
      errors: [
        { row: 3, column: 'Ngày tiếp nhận', value: '31/02/2023', code: 'IOC_ROW_FIELD' },
        { row: 3, column: 'Trạng thái', value: 'Xong rồi', code: 'IOC_ROW_FIELD' },
        { row: 4, column: 'Mã hồ sơ', value: '', reason: 'is missing' },
        { row: 5, column: 'Ngày tiếp nhận', value: '', code: 'IOC_ROW_FIELD' },
        { row: 6, column: 'Ngày tiếp nhận', value: '27/10/2123', code: 'IOC_EVENT_TIME_FUTURE' },
      ],
    });
    const letters = JSON.stringify(await ingest.rows("SELECT * FROM log.dead_letter WHERE entry = 'import'"));
    expect(letters).toContain('000.00.02.H49-231027-0007');
    expect(letters).toContain('so-xd');
    expect(letters).not.toMatch(/Nguyễn|Trần|0912345678|0987654321/);
    expect(JSON.stringify(await ingest.rows('SELECT * FROM log.dossier_event'))).not.toMatch(/Nguyễn|0912345678/);
  });

  it('gives the error report as CSV to those who want it', async () => {
    const reply = await fetch(`${ingest.url}/v1/import?mapping=mot-cua&source=so-xd`, {
      method: 'POST',
      body: `${HEAD}\n${line('0010', '=1+1;"07/11/2023, chiều";;;')}\n`,
      headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'text/csv', accept: 'text/csv' },
    });
    expect(reply.status).toBe(422);
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = Buffer.from(await reply.arrayBuffer())
      .toString('utf8')
      .split('\r\n');
    expect(lines[0]).toBe('\uFEFFrow,column,value,code,reason');
    expect(lines[1]).toMatch(/^2,Ngày tiếp nhận,'=1\+1,IOC_ROW_FIELD,"is no moment; read are /);
    expect(lines[2]).toMatch(/^2,Ngày hẹn trả,"07\/11\/2023, chiều",IOC_ROW_FIELD/);
  });

  it('previews a file and stores nothing of it', async () => {
    const before = [await events(), await ingest.count('SELECT count() FROM log.dead_letter')];
    const file = `Danh sách hồ sơ\n${bad.replaceAll('-00', '-90')}`;
    const reply = await send(file, '&preview=1');
    expect(reply).toMatchObject({
      status: 200,
      body: {
        source: 'so-xd',
        file: { format: 'csv', encoding: 'utf-8', delimiter: ';' },
        header_rows: [2],
        columns: [
          { column: 'Mã hồ sơ', field: 'dossier_id' },
          { column: 'Mã TTHC', field: 'procedure_code' },
          { column: 'Ngày tiếp nhận', field: 'accepted_at' },
          { column: 'Ngày hẹn trả', field: 'due_at' },
          { column: 'Ngày hoàn thành', field: 'finished_at' },
          { column: 'Trạng thái', field: 'status' },
          { column: 'Hình thức nộp', field: 'channel' },
        ],
        unused: [
          { column: 'STT', personal: false },
          { column: 'Chủ hồ sơ', personal: true },
          { column: 'Số điện thoại', personal: true },
        ],
        rows: 5,
        rejected: 4,
        first: [
          { row: 3, values: { status: '4', channel: '2', accepted_at: '20231027103000' }, unit_path: '/H49/H49.02/' },
          { row: 4, errors: [{ column: 'Ngày tiếp nhận' }, { column: 'Trạng thái' }], events: 0 },
          { row: 5 },
          { row: 6 },
          { row: 7 },
        ],
      },
    });
    expect(JSON.stringify(reply.body)).not.toMatch(/Nguyễn|0912345678/);
    expect([await events(), await ingest.count('SELECT count() FROM log.dead_letter')]).toEqual(before);
  });

  it('refuses what it cannot read as a whole, clearly, and stores nothing of it', async () => {
    const before = await events();
    expect(await send('')).toMatchObject({ status: 400, body: { code: 'IOC_BODY_EMPTY' } });
    expect(await send('a;b\n1;2')).toMatchObject({ status: 422, body: { code: 'IOC_FILE_HEADER' } });
    expect(await send(`${HEAD}\n`, '', XLSX)).toMatchObject({ status: 422, body: { code: 'IOC_FILE_FORMAT' } });
    expect(await send('{}', '', 'application/json')).toMatchObject({ status: 415 });
    expect(await send(HEAD, '&mapping=..%2Funits')).toMatchObject({ status: 400, body: { code: 'IOC_QUERY' } });
    const other = await ingest.post('/v1/import?mapping=khac', HEAD, { 'content-type': 'text/csv' });
    expect(other).toMatchObject({ status: 400, body: { code: 'IOC_MAPPING_UNKNOWN' } });
    expect(await events()).toBe(before);
  });

  it('takes what stands before a quote that is never closed, and names its row and column', async () => {
    const broken = `${HEAD}\n${line('0011')}\n"${line('0012')}`;
    expect(await send(broken)).toMatchObject({
      status: 200,
      body: { accepted: 1, rejected: 1, errors: [{ row: 3, reason: expect.stringContaining('unclosed quote') }] },
    });
  });

  const long = (count: number) => [
    HEAD,
    ...Array.from({ length: count }, (_, n) => {
      const day = String((n % 28) + 1).padStart(2, '0');
      const dates = `${day}/02/2023 08:00;${day}/03/2023;${day}/03/2023 09:00`;
      return `${n};000.00.12.H49-2302${day}-${String(n).padStart(6, '0')};1.00${4_000 + (n % 300)};A;;${dates};Đã xử lý xong;2`;
    }),
  ];

  it('knows each of many rows again', { timeout: 120_000 }, async () => {
    const rows = long(3_000);
    const nothing = { accepted: 0, duplicate: 0, rejected: 0, errors: [], warnings: [] };
    expect((await send(rows.join('\n'))).body).toEqual({ ...nothing, accepted: 3_000 });
    expect((await send([HEAD, ...rows.slice(-1_200)].join('\n'))).body).toEqual({ ...nothing, duplicate: 1_200 });
    expect(await ingest.count("SELECT count() FROM live.dossier WHERE dossier_id LIKE '%H49-2302%'")).toBe(3_000);
  });

  it('reads 100,000 rows without holding up others or much memory', { timeout: 120_000 }, async () => {
    const file = long(100_000).join('\n');
    const base = process.memoryUsage.rss();
    let peak = base;
    let isRunning = true;
    let answers = 0;
    const others = async () => {
      while (isRunning) {
        expect((await fetch(`${ingest.url}/health`)).status).toBe(200);
        answers += 1;
        peak = Math.max(peak, process.memoryUsage.rss());
        await sleep(20);
      }
    };
    const asking = others();
    expect(await send(file, '&preview=1')).toMatchObject({ status: 200, body: { rows: 100_000, rejected: 0 } });
    isRunning = false;
    await asking;
    expect(answers).toBeGreaterThan(20);
    expect(peak - base).toBeLessThan(2 ** 29);
  });
});
