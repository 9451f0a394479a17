import type { Procedure } from './behaviour.ts';
import type { Life, Step } from './dossier-life.ts';
import { nationalTime } from './local-time.ts';
import type { Office } from './province.ts';

/** Plainly invented people, to show that applicants do not get past the door. */
const INVENTED = ['Nguyễn Văn Mẫu', 'Trần Thị Ví Dụ', 'Lê Giả Định', 'Phạm Thử Nghiệm'];

/** The national status of a dossier at an instant. */
export function statusAt(life: Life, at: number): number {
  if (isPast(life.rejected_at, at)) return 3;
  if (isPast(life.withdrawn_at, at)) return 7;
  if (isPast(life.returned_at, at)) return 10;
  if (isPast(life.finished_at, at)) return 9;
  if (life.pause && life.pause.at <= at && at < life.pause.resumed_at) return life.pause.status;
  if (isPast(life.steps[0]?.at, at)) return 4;
  return isPast(life.received_at, at) ? 2 : 1;
}

/** A record of `DongBoHoSoMC`: the dossier as its system holds it at an instant. */
export function dossierText(life: Life, at: number): string {
  const { pause, channel, trait } = life;
  const resumed = pause !== undefined && pause.resumed_at <= at;
  const due = isPast(life.received_at, at) ? (resumed ? life.due_at : life.first_due_at) : undefined;
  // written out by hand: millions are made, and what is put in is digits and codes or has been quoted before
  return (
    `{"MaHoSo":"${life.id}",${matterOf(life.procedure)},${seatOf(life.office)},"KenhThucHien":"${channel}"` +
    `,"NgayNopHoSo":"${told(life.submitted_at, at)}","NgayTiepNhan":"${told(life.received_at, at)}"` +
    `,"NgayHenTra":"${due === undefined ? '' : nationalTime(due)}"` +
    `,"NgayKetThucXuLy":"${told(life.finished_at ?? life.withdrawn_at, at)}","NgayTra":"${told(life.returned_at, at)}"` +
    `,"TrangThaiHoSo":"${statusAt(life, at)}","HinhThuc":"${channel === 3 ? 1 : 0}"` +
    `,"HoSoCoThanhPhanSoHoa":"${trait < 0.72 ? 1 : 0}"` +
    `,"TaiKhoanDuocXacThucVoiVNeID":"${channel === 2 && trait < 0.9 ? 1 : 0}"` +
    (life.procedure.fee === undefined ? '' : `,"DuocThanhToanTrucTuyen":"${channel === 2 && trait < 0.6 ? 2 : 0}"`) +
    (life.rejected_at === undefined ? '' : `,"NgayTuChoi":"${told(life.rejected_at, at)}"`) +
    (life.is_named ? applicant(trait) : '') +
    (pause?.status === 5 && pause.at <= at ? `,"DanhSachHoSoBoSung":[${supplement(life, pause, resumed)}]` : '') +
    '}'
  );
}

function isPast(instant: number | undefined, at: number): boolean {
  return instant !== undefined && instant <= at;
}

function told(instant: number | undefined, at: number): string {
  return instant !== undefined && instant <= at ? nationalTime(instant) : '';
}

/** The fields of an object literal, without its braces. */
function fields(record: Record<string, unknown>): string {
  return JSON.stringify(record).slice(1, -1);
}

const matters = new WeakMap<Procedure, string>();

/** What a dossier is about, the same for all of its procedure. */
function matterOf(procedure: Procedure): string {
  const known = matters.get(procedure);
  if (known !== undefined) return known;
  const { code, name, field, field_name, applicant: kind, fee } = procedure;
  const fees = {
    TenPhiLePhi: 'Lệ phí',
    MaPhiLePhi: `LP-${code}`,
    HinhThucThu: '1',
    Gia: String(fee),
    LoaiPhiLePhi: '1',
  };
  const text = fields({
    MaTTHC: code,
    TenTTHC: name,
    MaLinhVuc: field,
    TenLinhVuc: field_name,
    LoaiDoiTuong: String(kind),
    ...(fee === undefined ? {} : { DanhSachLePhi: [fees] }),
  });
  matters.set(procedure, text);
  return text;
}

const seats = new WeakMap<Office, string>();

function seatOf(office: Office): string {
  const known = seats.get(office);
  if (known !== undefined) return known;
  const text = fields({ DonViXuLy: office.unit.name, NoiNopHoSo: '2' });
  seats.set(office, text);
  return text;
}

function applicant(trait: number): string {
  const name = INVENTED[Math.floor(trait * INVENTED.length)];
  return `,${fields({ ChuHoSo: name, SoDienThoai: '0900000000', Email: 'mau@example.vn', SoGiayToChuHoSo: '000000000000' })}`;
}

function supplement(life: Life, pause: NonNullable<Life['pause']>, resumed: boolean): string {
  return JSON.stringify({
    HoSoBoSungId: `${life.id}-BS1`,
    NguoiYeuCauBoSung: 'Bộ phận Một cửa',
    NoiDungBoSung: 'Bổ sung thành phần hồ sơ theo quy định',
    NgayBoSung: nationalTime(pause.at),
    NgayTiepNhanBoSung: resumed ? nationalTime(pause.resumed_at) : '',
    TrangThaiBoSung: resumed ? '1' : '0',
    NgayHenTraTruoc: life.first_due_at === undefined ? '' : nationalTime(life.first_due_at),
    NgayHenTraMoi: resumed && life.due_at !== undefined ? nationalTime(life.due_at) : '',
  });
}

/** A record of `CapNhatTienDoHoSoMC`: one step of a dossier. */
export function stepText(life: Life, step: Step): string {
  return JSON.stringify({
    MaHoSo: life.id,
    NguoiXuLy: 'Cán bộ thụ lý',
    ChucDanh: 'Chuyên viên',
    ThoiDiemXuLy: nationalTime(step.at),
    PhongBanXuLy: step.holder,
    NoiDungXuLy: step.status === 6 ? 'Yêu cầu thực hiện nghĩa vụ tài chính' : `Chuyển ${step.holder} xử lý`,
    TrangThai: String(step.status),
    NgayBatDau: nationalTime(step.at),
    NgayKetThucTheoQuyDinh: life.due_at === undefined ? '' : nationalTime(life.due_at),
  });
}
