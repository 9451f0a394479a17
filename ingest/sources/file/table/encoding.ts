import { TableError } from './cell.ts';

/** A text with the encoding that it was in. */
export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';
}

/** Files that are no text, by their first bytes. */
const SIGNATURES: readonly [bytes: readonly number[], what: string][] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    'a zip or XLSX file: send it as application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an .xls file of Excel 97 to 2003: save it as XLSX or as CSV UTF-8'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF: send CSV or XLSX'],
];

/** Symbols that TCVN3 and VNI texts show for vowels with tone marks; between letters they stand in no other text. */
const OLD_FONTS = /\p{L}[µ¸¶·¹¨©®¬»¼½¾§]|[µ¸¶·¹¨©®¬»¼½¾§]\p{L}/u;

/**
 * Reads a text in UTF-8 or UTF-16 (with or without a byte order mark) or in windows-1258. Throws `IOC_FILE_ENCODING` for a text of the fonts TCVN3 and
 * VNI, which no encoding tells apart from noise, and `IOC_FILE_FORMAT` for what is no text.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  for (const [signature, what] of SIGNATURES)
    if (signature.every((byte, index) => bytes[index] === byte))
      throw new TableError('IOC_FILE_FORMAT', `this is ${what}`);
  const encoding = markOf(bytes) ?? guess(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (encoding !== 'windows-1258') return { text, encoding };
    const letters = text.normalize('NFC');
    if (OLD_FONTS.test(letters) || !/[đĐăĂơƠưƯ\u1ea0-\u1ef9]/.test(letters)) throw new Error('not Vietnamese');
    return { text: letters, encoding };
  } catch {
    throw new TableError(
      'IOC_FILE_ENCODING',
      'the text is neither UTF-8, UTF-16 nor windows-1258; texts in the fonts TCVN3 (ABC) and VNI are not read: save as CSV UTF-8',
    );
  }
}

function markOf(bytes: Uint8Array): Decoded['encoding'] | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Without a mark: a text of letters and digits has a zero in most pairs of UTF-16, on the one side or the other, and none in UTF-8. */
function guess(bytes: Uint8Array): Decoded['encoding'] {
  const head = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd > head.length / 8) return odd >= even ? 'utf-16le' : 'utf-16be';
  if (even + odd > 0) throw new TableError('IOC_FILE_FORMAT', 'this is no text: it holds zero bytes');
  return isUtf8(bytes) ? 'utf-8' : 'windows-1258';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
