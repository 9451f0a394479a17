/**
 * Names of fields that hold personal data in the exchange formats of one-stop systems, and their English likes. Compared without case, accents
 * and separators.
 */
const PERSONAL = new Set([
  ...['chuhoso', 'sogiaytochuhoso', 'email', 'fax', 'sodienthoai', 'dienthoai', 'dinhdanhchs', 'sodinhdanh'],
  ...['trichyeuhoso', 'trichyeu', 'nguoixuly', 'nguoinop', 'nguoinophoso', 'nguoiyeucaubosung', 'nguoitiepnhanbosung'],
  ...['noidungxuly', 'noidungbosung', 'thongtintiepnhan', 'thongtintra', 'thongtinkhac', 'ghichu', 'diachi', 'hoten'],
  ...['ngaysinh', 'cccd', 'cmnd', 'socmnd', 'socccd', 'madoituong', 'tentepdinhkem', 'duongdantaiteptin'],
  ...['duongdanteptinketqua', 'session', 'password', 'token'],
  ...['name', 'fullname', 'applicant', 'applicantname', 'phone', 'phonenumber', 'mobile', 'address', 'idnumber'],
  ...['citizenid', 'birthday', 'dateofbirth'],
]);

/** True when a field of this name holds personal data, or a secret. */
export function isPersonalField(name: string): boolean {
  return PERSONAL.has(
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f_\-\s.]/g, '')
      .replace(/[đĐ]/g, 'd')
      .toLowerCase(),
  );
}

/** Every repetition is bounded: text that a stranger chose must not make a search quadratic. */
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
/** Papers and phones: 9 to 12 digits in a row, also in groups (`0912 345 678`). */
const NUMBERS = /(?<!\d)\+?\d(?:[ .]?\d){8,11}(?!\d)/g;

const FIELD = /"([^"\\]{1,64})"(\s{0,8}:\s{0,8})"(?:[^"\\]|\\.)*"?/g;

/** Masks e-mail addresses and numbers of papers and phones in a text, and, where it looks like JSON, the texts of personal fields. */
export function maskText(text: string): string {
  return text
    .replace(FIELD, (whole, name: string, colon: string) => (isPersonalField(name) ? `"${name}"${colon}"[…]"` : whole))
    .replace(EMAIL, '[…@…]')
    .replace(NUMBERS, '[…]');
}
