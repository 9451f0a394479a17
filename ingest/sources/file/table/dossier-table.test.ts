import { describe, expect, it } from 'vitest';
import { shippedMapping, windows1258, workbook } from '../test-file.ts';
import { TableError, type TableRow } from './cell.ts';
import { readDossierTable, type TableFormat } from './dossier-table.ts';
import { namesOf } from './header.ts';

const names = namesOf(shippedMapping());
const HEAD = 'Mã hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Tên thủ tục;Chủ hồ sơ';
const LINE = 'H49.02-231027-0001;27/10/2023;07/11/2023;Cấp giấy phép, cấp đổi;Nguyễn Văn An';

/** What a file is read as; a fault as its code and message. */
async function read(bytes: Uint8Array | string, format: TableFormat = 'csv') {
  const rows: TableRow[] = [];
  let head: object = {};
  try {
    const file = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    for await (const part of readDossierTable(file, format, names))
      if (part.part === 'rows') rows.push(...part.rows);
      else head = { origin: part.origin, header_rows: part.header.rows, unused: part.header.unused };
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return { fault: `${error.code} ${error.message}` };
  }
  return { ...head, rows };
}
const row = { row: 2, cells: ['H49.02-231027-0001', '27/10/2023', '07/11/2023', 'Cấp giấy phép, cấp đổi'] };

describe('a CSV file', () => {
  it('leaves columns of persons and unknown columns behind, and says so', async () => {
    expect(await read(`${HEAD};Cột lạ\n${LINE};x\n`)).toEqual({
      origin: { format: 'csv', encoding: 'utf-8', delimiter: ';' },
      header_rows: [1],
      unused: [
        { name: 'Chủ hồ sơ', isPersonal: true },
        { name: 'Cột lạ', isPersonal: false },
      ],
      rows: [row],
    });
  });

  const text = `${HEAD}\r\n${LINE}\r\n`;
  const utf16 = (mark: boolean) => new Uint8Array(Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le'));
  it.each([
    ['a byte order mark', `\uFEFF${text}`, 'utf-8'],
    ['UTF-16', utf16(true), 'utf-16le'],
    ['UTF-16 without a mark', utf16(false), 'utf-16le'],
    ['big-endian UTF-16', new Uint8Array(Buffer.from(utf16(true)).swap16()), 'utf-16be'],
    ['windows-1258', windows1258(text), 'windows-1258'],
    ['decomposed letters', text.normalize('NFD'), 'utf-8'],
  ])('is read with %s', async (_, bytes, encoding) =>
    expect(await read(bytes)).toMatchObject({ origin: { encoding }, rows: [row] }),
  );

  it.each([
    [',', 'comma'],
    ['\t', 'tab'],
  ])('may have %j between its cells', async (delimiter) => {
    const line = ['H49.02-231027-0001', '27/10/2023', '07/11/2023', '"Cấp giấy phép, cấp đổi"', 'An'].join(delimiter);
    expect(await read(`Danh sách;hồ sơ\n${HEAD.replaceAll(';', delimiter)}\n${line}\n`)).toMatchObject({
      rows: [{ ...row, row: 3 }],
    });
  });

  it('numbers rows as a spreadsheet shows them: blank lines count, a record over two lines counts once', async () => {
    const two = LINE.replace('Cấp giấy phép, cấp đổi', '"Cấp\ngiấy"');
    expect(await read(`sep=;\n\n${HEAD}\n${two}\n\n;;;;\n${LINE}\n`)).toMatchObject({
      header_rows: [3],
      rows: [{ row: 4 }, { row: 7 }],
    });
  });

  it('reads ="…" as text, and an error of the spreadsheet as an error', async () => {
    const { rows } = await read(`Mã hồ sơ,Ngày nhận,Lĩnh vực\n"=""00123""",#N/A,Đất đai\n`);
    expect(rows?.[0]?.cells).toEqual(['00123', { error: expect.stringContaining('#N/A') }, 'Đất đai']);
  });

  it.each([';', ','])('is read up to a quote that is never closed, between %j', async (delimiter) => {
    const lines = (texts: string[]) =>
      texts.map((text) => text.replaceAll(', ', ' ').replaceAll(';', delimiter)).join('\n');
    const many = Array.from({ length: 3_000 }, () => LINE);
    const good = await read(lines([HEAD, ...many]));
    for (const tail of [[], many.slice(0, 5), [...many, ...many]]) {
      const quoted = LINE.replace(';07/11', ';"07/11');
      const { fault, rows } = await read(lines([HEAD, ...many, quoted, ...tail]));
      expect(fault).toBeUndefined();
      expect(rows?.slice(0, -1)).toEqual(good.rows);
      const broken = { error: expect.stringContaining('unclosed quote in column 3: neither this row') };
      expect(rows?.at(-1)).toEqual({ row: 3_002, cells: [undefined, undefined, broken, undefined] });
    }
    // in a column that is left behind
    const { rows } = await read(lines([HEAD, LINE, LINE.replace('Nguyễn', '"Nguyễn'), LINE]));
    const broken = { error: expect.stringContaining('unclosed quote in column 5') };
    expect(rows?.at(-1)).toEqual({ row: 3, cells: [broken, undefined, undefined, undefined] });
  });

  it.each([
    ['nothing', '', /IOC_FILE_HEADER none of the first 20 rows/],
    ['no known column', 'a;b\n1;2\n', /IOC_FILE_HEADER none/],
    ['no dossier number', 'Ngày tiếp nhận;Trạng thái\n', /IOC_FILE_HEADER row 1: no column means dossier_id/],
    ['no date', 'Mã hồ sơ;Ngày hẹn trả\n', /IOC_FILE_HEADER row 1: no column says when/],
    ['two columns of one field', `${HEAD};Hạn trả\n`, /columns "Ngày hẹn trả" and "Hạn trả" both mean due_at/],
    ['a quote never closed in its head', `"${HEAD}\n${LINE}\n`, /IOC_FILE_FORMAT row 1: unclosed quote in column 1/],
    ['a million columns', `${'x,'.repeat(1_000_000)}\n`, /IOC_FILE_FORMAT row 1: longer than/],
    ['thousands of columns', `${HEAD}${';'.repeat(5_000)}\n`, /IOC_FILE_TOO_LARGE row 1 has 5005 columns/],
    ['zero bytes', `${HEAD}\0\n`, /zero bytes/],
    ['a workbook', 'PK\u0003\u0004', /IOC_FILE_FORMAT this is a zip or XLSX file/],
    [
      'letters of TCVN3',
      new Uint8Array(Buffer.from('M\xb7 h\xe5 s\xac;Ng\xb5y\n', 'latin1')),
      /IOC_FILE_ENCODING.*TCVN3/,
    ],
    ['another language of Windows', new Uint8Array(Buffer.from('Größe;Straße\n', 'latin1')), /IOC_FILE_ENCODING/],
  ])('is refused with %s', async (_, bytes, fault) => expect((await read(bytes)).fault).toMatch(fault));
});

describe('a workbook', () => {
  const head = ['STT', 'Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Trạng thái'];
  const day = new Date(Date.UTC(2023, 9, 27, 10, 30));
  const xlsx = async (...fill: Parameters<typeof workbook>) => read(await workbook(...fill), 'xlsx');

  it('gives what its cells show: dates by their wall clock, formulas by their stored value, rich text as text', async () => {
    const { rows } = await xlsx((sheet) => {
      sheet.addRow(['BÁO CÁO']);
      sheet.addRow([]);
      sheet.addRow(head);
      sheet.addRow(['(1)', '(2)', '(3)', '(4)', '(5)']);
      sheet.addRow([1, { richText: [{ text: 'H49.02-' }, { text: '231027-0001' }] }, day, 45237.5, 'Đang xử lý']);
      sheet.addRow([2, 'A', { formula: 'D5', result: 45226 }, { formula: 'D5' }, { error: '#REF!' }]);
      sheet.addRow([3, { text: 'B', hyperlink: 'http://x.invalid/' }, day, true, null]);
    });
    expect(rows).toEqual([
      { row: 5, cells: ['H49.02-231027-0001', '2023-10-27T10:30:00', 45237.5, 'Đang xử lý'] },
      {
        row: 6,
        cells: [
          'A',
          45226,
          { error: expect.stringContaining('stored value') },
          { error: expect.stringContaining('#REF!') },
        ],
      },
      { row: 7, cells: ['B', '2023-10-27T10:30:00', '1', undefined] },
    ]);
  });

  it('may have names over two rows, with merged groups', async () => {
    const { rows, ...rest } = await xlsx((sheet) => {
      sheet.addRow(['STT', 'Mã hồ sơ', 'Ngày', null, 'Trạng thái']);
      sheet.addRow([null, null, 'tiếp nhận', 'hẹn trả', null]);
      for (const range of ['A1:A2', 'B1:B2', 'C1:D1', 'E1:E2']) sheet.mergeCells(range);
      sheet.addRow([1, 'A', '27/10/2023', '28/10/2023', 2]);
    });
    expect(rest).toMatchObject({ header_rows: [1, 2] });
    expect(rows).toEqual([{ row: 3, cells: ['A', '27/10/2023', '28/10/2023', 2] }]);
  });

  it('may have a cover and hidden sheets before the list', async () => {
    const result = await xlsx((sheet, book) => {
      sheet.addRow(['Bìa']);
      const hidden = book.addWorksheet('Danh mục', { state: 'hidden' });
      hidden.addRow(head).commit();
      const list = book.addWorksheet('Danh sách');
      list.addRow(head);
      list.addRow([1, 'A', day]);
    });
    expect(result).toMatchObject({ origin: { sheet: 'Danh sách' }, rows: [{ row: 2 }] });
  });

  it('is refused when it is damaged, protected, or no workbook', async () => {
    const whole = await workbook((sheet) => {
      sheet.addRow(head);
      for (let n = 0; n < 500; n += 1) sheet.addRow([n, `A${n}`, day]);
    });
    const damaged = /IOC_FILE_FORMAT/;
    expect((await read(whole.slice(0, -30), 'xlsx')).fault).toMatch(damaged);
    expect((await read(whole.slice(100), 'xlsx')).fault).toMatch(damaged);
    expect((await read(`${HEAD}\n`, 'xlsx')).fault).toMatch(damaged);
    const flipped = whole.map((byte, index) => (index > 3_000 && index < 3_400 ? byte ^ 0xff : byte));
    expect((await read(flipped, 'xlsx')).fault).toMatch(damaged);
    const secret = Buffer.from(whole);
    for (
      let at = secret.indexOf('PK\x01\x02', 0, 'latin1');
      at !== -1;
      at = secret.indexOf('PK\x01\x02', at + 4, 'latin1')
    )
      secret[at + 8] = 1;
    expect((await read(new Uint8Array(secret), 'xlsx')).fault).toMatch(/protected by a password/);
  });

  it('is refused with a cell beyond what is allowed', async () => {
    const { fault } = await xlsx((sheet) => {
      sheet.addRow(head);
      sheet.getCell('XFD2').value = 1;
    });
    expect(fault).toMatch(/IOC_FILE_TOO_LARGE row 2 has 16384 columns/);
  });
});
