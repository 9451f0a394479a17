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

/** What such names are made of: vendors put words before and after them (`HoTenChuHoSo`, `SoDTNguoiNop`). */
const STEMS =
  /chuhoso|hoten|tennguoi|nguoinop|dienthoai|sodt|diachi|giaytochu|cccd|cmnd|ngaysinh|email|fullname|applicantname|phone|chucdanh|ghichu/;

function plainOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f_\-\s.]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}

/** True when a field of this name holds personal data, or a secret. */
export function isPersonalField(name: string): boolean {
  const plain = plainOf(name);
  return PERSONAL.has(plain) || STEMS.test(plain);
}

/** True when a field of this name holds personal data wherever it stands: also among machines, where `name` and `address` are theirs. */
export function isPersonsField(name: string): boolean {
  return STEMS.test(plainOf(name));
}

/** Every repetition is bounded: text that a stranger chose must not make a search quadratic. */
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
/** Papers and phones: 9 to 12 digits in a row, also in groups (`0912 345 678`). */
const NUMBERS = /(?<!\d)\+?\d(?:[ .]?\d){8,11}(?!\d)/g;

/** `name: value` as JSON, as a form, or as somebody wrote it; and `<name>value<`. */
const FIELD =
  /(["']?)([\p{L}\w.-]{1,64})\1(\s{0,8}[:=]\s{0,8})("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^"'[{,;&\s}\]][^,;&\n}\]]{0,1000})/gu;
const ELEMENT = /<([\p{L}\w.:-]{1,64})>([^<]{1,2000})/gu;
/** A personal field that is a list or an object: where it ends cannot be told in a text that is no JSON. */
const NESTED = /(["']?)([\p{L}\w.-]{1,64})\1\s{0,8}[:=]\s{0,8}[[{]/gu;

function cutNested(text: string): string {
  for (const { 0: whole, 2: name = '', index } of text.matchAll(NESTED))
    if (isPersonalField(name)) return `${text.slice(0, index + whole.length)}[…]`;
  return text;
}

/** The same in what machines write, where dots join addresses, versions and codes: digits in a row, or a phone in groups. */
const NUMBERS_OF_MACHINES = /(?<!\w|\d\.)(?:\+?\d{9,12}|0\d{2,3} \d{3} \d{3,4})(?!\w|\.\d)/g;

function maskFields(text: string): string {
  return text
    .replace(FIELD, (whole: string, quote: string, name: string, colon: string, value: string) => {
      if (!isPersonalField(name)) return whole;
      const mark = /^["']/.exec(value)?.[0] ?? '';
      return `${quote}${name}${quote}${colon}${mark}[…]${mark}`;
    })
    .replace(ELEMENT, (whole: string, name: string) => (isPersonalField(name) ? `<${name}>[…]` : whole))
    .replace(EMAIL, '[…@…]');
}

/**
 * Masks e-mail addresses and numbers of papers and phones in a text, and what looks like the value of a personal field. What follows
 * such a field that is a list or an object is left out.
 */
export function maskText(text: string): string {
  return maskFields(cutNested(text)).replace(NUMBERS, '[…]');
}

/** Masks the same in a text that a machine wrote; addresses of machines are left as they are. */
export function maskMessage(text: string): string {
  return maskFields(text).replace(NUMBERS_OF_MACHINES, '[…]');
}
