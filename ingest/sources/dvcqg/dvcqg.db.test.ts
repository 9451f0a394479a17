import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestIngest, TEST_TOKEN, type TestIngest } from '../../test-ingest.ts';

const FinishSchema = z.object({ finished_at: z.string() });

let ingest: TestIngest;
beforeAll(async () => {
  ingest = await startTestIngest();
});
afterAll(() => ingest.close());

const dossier = (number: string, more: object = {}) => ({
  MaHoSo: `000.00.02.H49-231027-${number}`,
  MaTTHC: '1.003560',
  TenTTHC: 'Cấp giấy phép',
  NgayTiepNhan: '20231027103000',
  NgayHenTra: '20231107170000',
  TrangThaiHoSo: '2',
  DonViXuLy: 'Sở Tài nguyên và Môi trường',
  ChuHoSo: 'Nguyễn Văn An',
  ...more,
});
const envelope = (data: unknown, isUpdating = 'True', service = 'DongBoHoSoMC') =>
  JSON.stringify({ service, isUpdating, data });

/** What live and history say of a dossier; they must agree. */
async function stateOf(number: string): Promise<unknown> {
  const ask = (database: string) =>
    ingest.rows(
      `SELECT status, toString(due_at) AS due_at, handler_path, channel, toString(finished_at) AS finished_at
       FROM ${database}.dossier WHERE endsWith(dossier_id, '-${number}')`,
    );
  const live = await ask('live');
  expect(await ask('history')).toEqual(live);
  return live[0];
}

/** When a dossier was finished, in epoch ms. */
async function finishOf(number: string): Promise<number> {
  const state = FinishSchema.parse(await stateOf(number));
  return Date.parse(`${state.finished_at.replace(' ', 'T')}Z`);
}

describe('POST /v1/dvcqg', () => {
  it('takes the envelope, and the same again as duplicates of dossiers, not of facts', async () => {
    const body = envelope([dossier('0001', { TrangThaiHoSo: '4' }), dossier('0002')], 'False');
    expect(await ingest.post('/v1/dvcqg', body)).toMatchObject({
      status: 200,
      body: { error_code: '0', accepted: 2, duplicate: 0, rejected: [] },
    });
    expect((await ingest.post('/v1/dvcqg', body)).body).toMatchObject({ error_code: '0', accepted: 0, duplicate: 2 });
    expect(await stateOf('0001')).toEqual({
      status: 4,
      due_at: '2023-11-07 10:00:00.000',
      handler_path: '/H49/H49.21/',
      channel: 1,
      finished_at: null,
    });
    expect(await ingest.count('SELECT count() FROM log.dossier_event')).toBe(3);
  });

  it('takes one object as data, and a bare array with query parameters', async () => {
    expect((await ingest.post('/v1/dvcqg', envelope(dossier('0003')))).body).toMatchObject({ accepted: 1 });
    const bare = JSON.stringify([dossier('0004', { MaHoSo: 'HS-0004' })]);
    const query = '?service=DongBoHoSoMC&MaDinhDanhDV=000.00.12.H49&isUpdating=True&dstcode=VN';
    expect((await ingest.post(`/v1/dvcqg${query}`, bare)).body).toMatchObject({ error_code: '0', accepted: 1 });
    expect(await ingest.rows("SELECT unit_path FROM live.dossier WHERE dossier_id = 'HS-0004'")).toEqual([
      { unit_path: '/H49/H49.12/' },
    ]);
  });

  it('knows a bare array of steps by its shape', async () => {
    await ingest.post('/v1/dvcqg', envelope([dossier('0005')], 'False'));
    const steps = [4, 9].map((status) => ({
      MaHoSo: '000.00.02.H49-231027-0005',
      ThoiDiemXuLy: `2023102${status}090000`,
      TrangThai: status,
      PhongBanXuLy: 'Một cửa',
    }));
    expect((await ingest.post('/v1/dvcqg', JSON.stringify(steps))).body).toMatchObject({ accepted: 2 });
    expect(await stateOf('0005')).toMatchObject({ status: 9, finished_at: '2023-10-29 02:00:00.000' });
  });

  it('takes its token as session in the body, and no request without any', async () => {
    const send = (session: string | undefined) =>
      fetch(`${ingest.url}/v1/dvcqg`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ session, service: 'DongBoHoSoMC', data: [dossier('0006')] }),
      });
    expect((await send(TEST_TOKEN)).status).toBe(200);
    const refused = await send('wrong');
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error_code: '-1', code: 'IOC_TOKEN_UNKNOWN' });
    expect((await send(undefined)).status).toBe(401);
  });

  it('stores the good ones and says which were refused and why; refused ones are kept without names', async () => {
    const body = envelope([dossier('0007'), dossier('0008', { NgayTiepNhan: '2023-10-27' })]);
    const reply = await ingest.post('/v1/dvcqg', body);
    expect(reply).toMatchObject({
      status: 200,
      body: { error_code: '1', accepted: 1, rejected: [{ index: 1, code: 'IOC_DOSSIER_FIELD' }] },
    });
    expect(JSON.stringify(reply.body)).toContain('NgayTiepNhan: is no moment');
    const [letter] = await ingest.rows('SELECT payload, entry FROM log.dead_letter');
    expect(letter).toMatchObject({ entry: 'dvcqg' });
    expect(JSON.stringify(letter)).toContain('0008');
    expect(JSON.stringify(letter)).not.toContain('Nguyễn');
  });

  it('answers -1 when nothing could be used', async () => {
    expect(await ingest.post('/v1/dvcqg', envelope([{ MaHoSo: '' }]))).toMatchObject({
      status: 400,
      body: { error_code: '-1' },
    });
    expect(await ingest.post('/v1/dvcqg', 'not json')).toMatchObject({ status: 400, body: { error_code: '-1' } });
    expect(await ingest.post('/v1/dvcqg', '{"service": "TraCuuHoSo", "data": []}')).toMatchObject({
      status: 400,
      body: { error_code: '-1', code: 'IOC_BODY_SHAPE' },
    });
    expect(await ingest.count("SELECT count() FROM log.dead_letter WHERE code = 'IOC_BODY_NOT_JSON'")).toBe(1);
  });

  it('brings a promise through that changed without any new date, later or earlier, and no older one back', async () => {
    const promised = (day: string) => dossier('0009', { NgayHenTra: `202311${day}170000` });
    const dueAfter = async (day: string, isUpdating: string) => {
      const { body } = await ingest.post('/v1/dvcqg', envelope([promised(day)], isUpdating));
      return { ...Object(body), ...Object(await stateOf('0009')) };
    };
    expect(await dueAfter('07', 'False')).toMatchObject({ accepted: 1, due_at: '2023-11-07 10:00:00.000' });
    expect(await dueAfter('03', 'True')).toMatchObject({ accepted: 1, due_at: '2023-11-03 10:00:00.000' });
    expect(await dueAfter('15', 'False')).toMatchObject({ accepted: 1, due_at: '2023-11-15 10:00:00.000' });
    const before = await ingest.count('SELECT count() FROM log.dossier_event');
    for (const old of ['07', '03', '15'])
      expect(await dueAfter(old, 'True')).toMatchObject({
        accepted: 0,
        duplicate: 1,
        due_at: '2023-11-15 10:00:00.000',
      });
    expect(await ingest.count('SELECT count() FROM log.dossier_event')).toBe(before);
  });

  it('brings a status through that changed without any new date', async () => {
    const statusAfter = async (status: string) => {
      await ingest.post('/v1/dvcqg', envelope([dossier('0010', { TrangThaiHoSo: status })]));
      return stateOf('0010');
    };
    expect(await statusAfter('4')).toMatchObject({ status: 4 });
    expect(await statusAfter('6')).toMatchObject({ status: 6 });
    expect(await statusAfter('4')).toMatchObject({ status: 6 });
  });

  it('takes an end without a date to be when it was heard of first, and its own date once that comes', async () => {
    const sent = (more: object = {}) => ingest.post('/v1/dvcqg', envelope([dossier('0011', more)]));
    await sent();
    const before = Date.now();
    await sent({ TrangThaiHoSo: '9' });
    const heard = await finishOf('0011');
    expect(heard).toBeGreaterThanOrEqual(before - 1_000);
    await sent({ TrangThaiHoSo: '9' });
    expect(await finishOf('0011')).toBe(heard);
    await sent({ TrangThaiHoSo: '9', NgayKetThucXuLy: '20231106090000' });
    expect(await stateOf('0011')).toMatchObject({ status: 9, finished_at: '2023-11-06 02:00:00.000' });
  });

  it('lets an ended dossier run again with a promise beyond all before, and not by an old snapshot that comes late', async () => {
    const sent = (more: object) => ingest.post('/v1/dvcqg', envelope([dossier('0012', more)]));
    await sent({ TrangThaiHoSo: '9', NgayKetThucXuLy: '20231106090000' });
    await sent({ TrangThaiHoSo: '4' });
    expect(await stateOf('0012')).toMatchObject({ status: 9 });
    await sent({ TrangThaiHoSo: '4', NgayHenTra: '20231117170000' });
    expect(await stateOf('0012')).toMatchObject({ status: 4, due_at: '2023-11-17 10:00:00.000', finished_at: null });
  });

  it('takes a finish back that is dated later afterwards, and not when the later date came first', async () => {
    const sent = (number: string, day: string) =>
      ingest.post(
        '/v1/dvcqg',
        envelope([dossier(number, { TrangThaiHoSo: '9', NgayKetThucXuLy: `202311${day}090000` })]),
      );
    await sent('0013', '06');
    await sent('0013', '09');
    expect(await stateOf('0013')).toMatchObject({ status: 9, finished_at: '2023-11-09 02:00:00.000' });
    await sent('0013', '06');
    expect(await stateOf('0013')).toMatchObject({ status: 9, finished_at: '2023-11-09 02:00:00.000' });
  });
});
