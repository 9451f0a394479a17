import type { Chase } from '#api/contract-chases.ts';
import type { DossierRow } from '#api/contract-dossiers.ts';
import { createFormats, MISSING } from '../../format/format.ts';

/**
 * The words of the printed chase, laid out after Nghị định 30/2020/NĐ-CP, phụ lục I. The paper goes to Vietnamese offices, so it is in Vietnamese
 * whatever language the screen is in.
 */
export const PAPER = {
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  number: 'Số:          /PĐĐ-',
  kind: 'PHIẾU ĐÔN ĐỐC',
  about: 'Về việc giải quyết hồ sơ thủ tục hành chính',
  to: 'Kính gửi:',
  columns: ['STT', 'Số hồ sơ', 'Thủ tục', 'Ngày tiếp nhận', 'Hẹn trả', 'Quá hạn', 'Nơi đang giữ'],
  receivers: 'Nơi nhận:',
  asAbove: '- Như trên;',
  archive: '- Lưu: VT.',
  signer: 'QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ',
  sign: '(Chữ ký, dấu)',
  simulated: 'DỮ LIỆU MÔ PHỎNG - KHÔNG CÓ GIÁ TRỊ HÀNH CHÍNH',
} as const;

/** A line of the table on the paper. */
export interface PaperLine {
  dossier_id: string;
  procedure: string;
  accepted: string;
  due: string;
  late: string;
  held_by: string;
}

/** The texts of one chase's paper. `at` (epoch ms) is the instant that the dossiers are of. */
export interface Paper {
  placeAndDate: string;
  deadline: string;
  lines: PaperLine[];
  closing: string;
}

/** Writes `ngày 05 tháng 01 năm 2026`: days below 10 and the months January and February with a zero, as the decree asks. */
function longDate(date: string): string {
  const [day = '', month = '', year = ''] = date.split('/');
  return `ngày ${day} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
}

/** Makes the paper of a chase in the zone of its province; `place` is the name that stands before the date, `nameOf` names a unit. */
export function paperOf(
  chase: Chase,
  rows: readonly DossierRow[],
  at: number,
  { zone, place, nameOf }: { zone: string; place: string; nameOf: (code: string) => string },
): Paper {
  const formats = createFormats('vi', zone);
  const date = (instant: number | null): string => (instant === null ? MISSING : formats.date(instant));
  return {
    placeAndDate: `${place}, ${longDate(formats.date(chase.sent_at))}`,
    deadline: `Đề nghị đơn vị báo cáo kết quả trước ${formats.time(chase.deadline_at)} ${longDate(formats.date(chase.deadline_at))}.`,
    lines: rows.map((row) => {
      const isLate = row.outcome === 'open_overdue' || row.outcome === 'finished_late';
      const over = row.due_at === null ? 0 : (row.finished_at ?? at) - row.due_at;
      return {
        dossier_id: row.dossier_id,
        procedure: row.procedure_name || row.procedure_code || MISSING,
        accepted: date(row.accepted_at),
        due: row.due_at === null ? MISSING : formats.dateTime(row.due_at),
        late: isLate && over > 0 ? formats.span(over) : MISSING,
        held_by: row.step_holder || (row.handler === '' ? nameOf(row.unit) : nameOf(row.handler)),
      };
    }),
    closing: `Danh sách gồm ${rows.length} hồ sơ; tình trạng lúc ${formats.dateTime(at)}./.`,
  };
}
