import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../schema/row.ts';
import { readDossier, readStep } from './entries.ts';

const sender = { source: 'mot-cua', simulated: 0, received_at: Date.UTC(2024, 0, 1), unit: 'H49.02' } as const;

const dossier = (more: object = {}) => ({
  MaHoSo: '000.00.02.H49-231027-0361',
  MaTTHC: '1.003560.000.00.00.H49',
  TenTTHC: 'Cấp giấy phép',
  MaLinhVuc: 'G03',
  TenLinhVuc: 'Đất đai',
  KenhThucHien: null,
  ChuHoSo: 'Nguyễn Văn An',
  SoDienThoai: '0912345678',
  TrichYeuHoSo: 'Hồ sơ của ông An',
  NgayTiepNhan: '20231027103000',
  NgayHenTra: '20231107170000',
  TrangThaiHoSo: '2',
  TruongRieng: { cua: 'nhà cung cấp' },
  ...more,
});

/** Instants of the province as UTC. */
const at = (text: string): number => Date.parse(`${text}+07:00`);

function entries(read: ReturnType<typeof readDossier>): readonly LogEntry[] {
  if ('result' in read) throw new Error(read.reason);
  return read;
}

const rowsOf = (sent: object) =>
  entries(readDossier(sent, sender)).flatMap((entry) => (entry.family === 'dossier' ? [entry.row] : []));

const told = (sent: object) =>
  rowsOf(sent).map(({ type, status, observed_at, due_at }) => ({ type, status, at: observed_at, due: due_at }));

const reasonOf = (sent: unknown): string => {
  const read = readDossier(sent, sender);
  return 'result' in read ? `${read.code} ${read.reason}` : 'taken';
};

describe('a snapshot of DongBoHoSoMC', () => {
  it('is the facts that it holds, each with its instant and without anything personal', () => {
    const [row] = rowsOf(dossier());
    expect(rowsOf(dossier())).toHaveLength(1);
    expect(row).toMatchObject({
      type: 'dossier.received',
      dossier_id: '000.00.02.H49-231027-0361',
      opened_on: '2023-10-27',
      unit: '',
      observed_at: at('2023-10-27T10:30:00'),
      due_at: at('2023-11-07T17:00:00'),
      procedure_code: '1.003560',
      channel: 1,
      status: 2,
    });
    expect(JSON.stringify(rowsOf(dossier()))).not.toMatch(/An\b|0912345678|nhà cung cấp/);
  });

  it('tells pauses, resumptions, end and return in the order of time', () => {
    const sent = dossier({
      NgayNopHoSo: '20231026080000',
      DanhSachHoSoBoSung: [
        {
          NgayBoSung: '20231030090000',
          NgayTiepNhanBoSung: '20231101140000',
          NgayHenTraTruoc: '20231107170000',
          NgayHenTraMoi: '20231109170000',
        },
      ],
      NgayHenTra: '20231109170000',
      NgayKetThucXuLy: '20231108150000',
      NgayTra: '20231109080000',
      TrangThaiHoSo: '10',
    });
    expect(told(sent)).toEqual([
      { type: 'dossier.submitted', status: 1, at: at('2023-10-26T08:00:00'), due: null },
      { type: 'dossier.received', status: 2, at: at('2023-10-27T10:30:00'), due: at('2023-11-07T17:00:00') },
      { type: 'dossier.paused', status: 5, at: at('2023-10-30T09:00:00'), due: null },
      { type: 'dossier.resumed', status: 4, at: at('2023-11-01T14:00:00'), due: at('2023-11-09T17:00:00') },
      { type: 'dossier.finished', status: 9, at: at('2023-11-08T15:00:00'), due: null },
      { type: 'dossier.returned', status: 10, at: at('2023-11-09T08:00:00'), due: at('2023-11-09T17:00:00') },
    ]);
  });

  it.each([
    ['4', 'dossier.step', 0],
    ['5', 'dossier.paused', 0],
    // 1 ranks below "received", so it must come after it
    ['1', 'dossier.step', 1],
  ])('says a status %s that its dates do not lead to, once, at its latest date', (status, type, after) => {
    const facts = told(dossier({ TrangThaiHoSo: status }));
    expect(facts.at(-1)).toEqual({
      type,
      status: Number(status),
      at: at('2023-10-27T10:30:00') + after,
      due: at('2023-11-07T17:00:00'),
    });
    expect(facts).toHaveLength(2);
  });

  it.each([
    ['3', 'dossier.rejected'],
    ['7', 'dossier.withdrawn'],
    ['8', 'dossier.stopped'],
    ['9', 'dossier.finished'],
    ['10', 'dossier.returned'],
  ])(
    'takes an end %s without a date to be when it was heard of, under the same key whenever that is',
    (status, type) => {
      const sent = dossier({ TrangThaiHoSo: status });
      expect(told(sent).at(-1)).toEqual({
        ...{ type, status: Number(status), at: sender.received_at, due: at('2023-11-07T17:00:00') },
      });
      const later = entries(readDossier(sent, { ...sender, received_at: sender.received_at + 86_400_000 }));
      expect(later.map(({ row }) => row.event_key)).toEqual(rowsOf(sent).map(({ event_key }) => event_key));
    },
  );

  it('adds only what is new when a newer snapshot comes, and nothing when the same one comes again', () => {
    const keys = (sent: object) => rowsOf(sent).map((row) => row.event_key);
    const first = keys(dossier());
    const second = keys(dossier({ NgayKetThucXuLy: '20231105100000', TrangThaiHoSo: 9 }));
    expect(keys(dossier())).toEqual(first);
    expect(second.filter((key) => !first.includes(key))).toHaveLength(1);
    expect(second).toEqual(expect.arrayContaining(first));
  });

  it('has different keys from another source', () => {
    const other = entries(readDossier(dossier(), { ...sender, source: 'khac' }));
    expect(other[0]?.row.event_key).not.toBe(rowsOf(dossier())[0]?.event_key);
  });

  it('counts what later indices need, and leaves out what was not said', () => {
    const sent = dossier({
      HoSoCoThanhPhanSoHoa: '1',
      DuocThanhToanTrucTuyen: 2,
      TaiLieuNop: [{ TenTepDinhKem: 'cccd An.pdf', DuocSoHoa: '1', DuocTaiSuDung: '0' }, { DuocSoHoa: 0 }],
      DanhSachLePhi: [{ Gia: '50000' }, { Gia: '0' }],
      DanhSachGiayToKetQua: '',
    });
    expect(JSON.parse(rowsOf(sent).at(-1)?.attributes ?? '')).toEqual({
      digitised: 1,
      paid_online: 2,
      documents: 2,
      documents_digitised: 1,
      fees: 2,
      fee_total: 50_000,
    });
  });

  it('uses the sending unit for a number that names none', () => {
    expect(rowsOf(dossier({ MaHoSo: 'HS-0361' }))[0]?.unit).toBe('H49.02');
  });

  it.each([
    [{ MaHoSo: '' }, 'MaHoSo: is missing'],
    [{ TrangThaiHoSo: '11' }, 'TrangThaiHoSo: is no code from 1 to 10'],
    [{ TrangThaiHoSo: 'xong' }, 'TrangThaiHoSo: is no code from 1 to 10'],
    [{ TrangThaiHoSo: '' }, 'TrangThaiHoSo: is missing'],
    [{ NgayTiepNhan: '20231327103000' }, 'NgayTiepNhan: is no moment of the form yyyyMMddHHmmss'],
    [{ NgayTiepNhan: '20230230103000' }, 'NgayTiepNhan: is no moment'],
    [{ NgayTiepNhan: '27/10/2023' }, 'NgayTiepNhan: is no moment'],
    [{ NgayTiepNhan: null }, 'NgayTiepNhan: is missing, and no other date'],
    [{ KenhThucHien: '5' }, 'KenhThucHien: is no code from 1 to 3'],
    [{ DanhSachHoSoBoSung: [{ NgayBoSung: 'x' }] }, 'DanhSachHoSoBoSung.0.NgayBoSung: is no moment'],
  ])('is refused with the field and the reason: %j', (more, reason) => {
    expect(reasonOf(dossier(more))).toContain(`IOC_DOSSIER_FIELD ${reason}`);
  });

  it.each([null, 7, 'x', [], {}])('refuses %j, which is no dossier', (sent) => {
    expect(reasonOf(sent)).toContain('IOC_DOSSIER_FIELD');
  });

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(dossier())), fc.anything()), (sent) => {
        readDossier({ ...dossier(), ...sent }, sender);
        readStep({ ...sent, ThoiDiemXuLy: sent['NgayTiepNhan'] }, sender);
      }),
    );
  });
});

describe('a step of CapNhatTienDoHoSoMC', () => {
  const step = (more: object = {}) => ({
    MaHoSo: 'H49.02-231027-0361',
    NguoiXuLy: 'Trần Thị Bình',
    ThoiDiemXuLy: '20231028090000',
    PhongBanXuLy: 'Phòng Tài nguyên và Môi trường',
    NoiDungXuLy: 'Chuyển bà Bình thẩm định',
    TrangThai: '4',
    ...more,
  });

  it('is one event, held by a department and not by a person', () => {
    const read = entries(readStep(step(), sender));
    expect(read).toHaveLength(1);
    expect(read[0]?.row).toMatchObject({
      type: 'dossier.step',
      status: 4,
      observed_at: at('2023-10-28T09:00:00'),
      step_holder: 'Phòng Tài nguyên và Môi trường',
    });
    expect(JSON.stringify(read)).not.toContain('Bình');
  });

  it('is the same when it is sent again, and another when anything in it differs', () => {
    const key = (more: object) => entries(readStep(step(more), sender))[0]?.row.event_key;
    expect(key({})).toBe(key({ TruongRieng: 1 }));
    expect(new Set([key({}), key({ NoiDungXuLy: 'khác' }), key({ TrangThai: 5 })]).size).toBe(3);
  });

  it.each([
    [{ ThoiDiemXuLy: '' }, 'ThoiDiemXuLy: is missing'],
    [{ TrangThai: '12' }, 'TrangThai: is no code'],
    [{ MaHoSo: null }, 'MaHoSo: is missing'],
  ])('is refused with the field and the reason: %j', (more, reason) => {
    const read = readStep(step(more), sender);
    expect('result' in read && read.reason).toContain(reason);
  });
});
