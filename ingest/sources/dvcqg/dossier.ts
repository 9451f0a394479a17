import { z } from 'zod';
import { code, dossierNumber, list, looseCode, moment, nationalProcedure, written } from './fields.ts';

const SupplementSchema = z.object({
  NgayBoSung: moment,
  NgayTiepNhanBoSung: moment,
  NgayHenTraTruoc: moment,
  NgayHenTraMoi: moment,
});

const flag = looseCode(0, 9);

/**
 * A dossier as `DongBoHoSoMC` sends it: a snapshot of all that is known. Only what is named here is read; the applicant, the papers and the summary are
 * not, and so cannot be kept. Vendors add fields of their own: they are passed over.
 */
export const DossierSchema = z
  .object({
    MaHoSo: dossierNumber,
    MaTTHC: written(64).transform(nationalProcedure),
    TenTTHC: written(500),
    MaLinhVuc: written(64),
    TenLinhVuc: written(200),
    KenhThucHien: code(1, 3),
    LoaiDoiTuong: looseCode(1, 4),
    NgayNopHoSo: moment,
    NgayTiepNhan: moment,
    NgayHenTra: moment,
    NgayKetThucXuLy: moment,
    NgayTra: moment,
    NgayTuChoi: moment,
    TrangThaiHoSo: code(1, 10),
    DonViXuLy: written(200),
    HinhThuc: flag,
    NoiNopHoSo: looseCode(0, 99),
    HoSoCoThanhPhanSoHoa: flag,
    TaiKhoanDuocXacThucVoiVNeID: flag,
    DuocThanhToanTrucTuyen: flag,
    TaiLieuNop: list(z.object({ DuocSoHoa: flag, DuocTaiSuDung: flag, DuocLayTuKhoDMQG: flag })),
    DanhSachLePhi: list(z.object({ Gia: written(32) })),
    DanhSachGiayToKetQua: list(z.object({ DuongDanTepTinKetQua: written(8) })),
    DanhSachHoSoBoSung: list(SupplementSchema),
  })
  .refine((sent) => sent.TrangThaiHoSo !== null, { path: ['TrangThaiHoSo'], error: 'is missing' })
  .refine(
    (sent) =>
      [sent.NgayNopHoSo, sent.NgayTiepNhan, sent.NgayTuChoi, sent.NgayKetThucXuLy, sent.NgayTra].some(
        (at) => at !== null,
      ),
    { path: ['NgayTiepNhan'], error: 'is missing, and no other date says when anything happened' },
  );
export type SentDossier = z.output<typeof DossierSchema>;

/**
 * Facts that later indices count, without anything of a person: whether it was digitised, paid online, how many papers and results. A fact that the source did not
 * state is left out: missing is not zero.
 */
export function attributesOf(sent: SentDossier): string {
  const documents = sent.TaiLieuNop;
  const stated = {
    digitised: sent.HoSoCoThanhPhanSoHoa,
    vneid: sent.TaiKhoanDuocXacThucVoiVNeID,
    paid_online: sent.DuocThanhToanTrucTuyen,
    return_form: sent.HinhThuc,
    filed_at: sent.NoiNopHoSo,
    documents: orNull(documents.length),
    documents_digitised: orNull(documents.filter((document) => document.DuocSoHoa === 1).length),
    documents_reused: orNull(documents.filter((document) => document.DuocTaiSuDung === 1).length),
    documents_shared: orNull(documents.filter((document) => document.DuocLayTuKhoDMQG === 1).length),
    results: orNull(sent.DanhSachGiayToKetQua.length),
    results_electronic: orNull(sent.DanhSachGiayToKetQua.filter((result) => result.DuongDanTepTinKetQua !== '').length),
    fees: orNull(sent.DanhSachLePhi.length),
    fee_total: orNull(sent.DanhSachLePhi.reduce((sum, fee) => sum + (Number(fee.Gia) || 0), 0)),
    supplements: orNull(sent.DanhSachHoSoBoSung.length),
  };
  return JSON.stringify(Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null)));
}

const orNull = (count: number): number | null => (count === 0 ? null : count);
