/**
 * A text as it is compared where people wrote it: no diacritics, one case, one Unicode form, and single spaces for whatever is neither letter nor
 * digit. `Ngày hẹn trả (dự kiến)` and `NGAY HEN TRA  dự-kiến` are the same.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
