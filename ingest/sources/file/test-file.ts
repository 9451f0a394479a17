import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import exceljs, { type Workbook, type Worksheet } from 'exceljs';
import { parse } from 'yaml';
import { ImportMappingSchema, type ImportMapping } from '../../schema/import-mapping.ts';

/** The mapping that ships. */
export function shippedMapping(): ImportMapping {
  const file = join(import.meta.dirname, '..', '..', '..', 'dashboards', 'imports', 'mot-cua.yaml');
  return ImportMappingSchema.parse(parse(readFileSync(file, 'utf8')));
}

/** The bytes of a workbook with one sheet that `fill` fills. */
export async function workbook(fill: (sheet: Worksheet, book: Workbook) => void): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  fill(book.addWorksheet('Hồ sơ'), book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A text in windows-1258, the code page that Vietnamese programs of Windows wrote. */
export function windows1258(text: string): Uint8Array {
  const codes = new Map<string, number>();
  const decoder = new TextDecoder('windows-1258');
  for (let byte = 0; byte < 256; byte += 1) codes.set(decoder.decode(Uint8Array.of(byte)), byte);
  // the code page has base letters (â, ă, ê, ô, ơ, ư, đ) and five tone marks that follow them
  const letters = Array.from(
    text
      .normalize('NFD')
      .replace(
        /([aeiouyAEIOUY])(\u0323?)([\u0302\u0306\u031b])/gu,
        (_, base: string, dot: string, mark: string) => `${(base + mark).normalize('NFC')}${dot}`,
      ),
  );
  return Uint8Array.from(letters, (letter) => codes.get(letter) ?? codes.get('?') ?? 63);
}
