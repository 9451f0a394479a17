// @vitest-environment node
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import excel from 'exceljs';
import { describe, expect, it } from 'vitest';
import { writeSheet, type Sheet, type SheetCell } from './sheet.ts';

async function* rowsOf(rows: readonly SheetCell[][]): AsyncGenerator<SheetCell[]> {
  for (const row of rows) yield await Promise.resolve(row);
}
const NOON = new Date(Date.UTC(2026, 10, 18, 12, 5));
const sheet = (rows: Sheet['rows'], more: Partial<Sheet> = {}): Sheet => ({
  name: 'Hồ sơ',
  heads: [['Số hồ sơ', 'Ngày, giờ']],
  rows,
  ...more,
});

describe('a sheet', () => {
  it('is a CSV that a spreadsheet opens: marks, quotes, local dates, no formulas', async () => {
    const csv = await buffer(
      writeSheet(
        sheet(
          rowsOf([
            ['H49-1', NOON],
            ['=1+1', null],
            ['a "b"\nc', 3],
          ]),
        ),
        'csv',
      ),
    );
    expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.subarray(3).toString()).toBe(
      'Số hồ sơ,"Ngày, giờ"\r\nH49-1,18/11/2026 12:05:00\r\n\'=1+1,\r\n"a ""b""\nc",3\r\n',
    );
  });

  it('is a workbook with numbers as numbers, dates as dates, and spanned headings', async () => {
    const heads = [
      ['Đơn vị', 'Tiếp nhận', ''],
      ['', 'Tổng', 'Trực tuyến'],
    ];
    const bytes = await buffer(
      writeSheet(
        sheet(
          [
            ['Hạ Long', 12, NOON],
            ['=1+1', null, ''],
          ],
          { heads, spans: [[2, 3]] },
        ),
        'xlsx',
      ),
    );
    const book = new excel.Workbook();
    await book.xlsx.read(Readable.from([bytes]));
    const page = book.getWorksheet('Hồ sơ');
    expect(page?.getCell('A3').value).toBe('Hạ Long');
    expect(page?.getCell('B3').value).toBe(12);
    expect(page?.getCell('C3').value).toEqual(NOON);
    expect(page?.getCell('A4').value).toBe('=1+1');
    expect(page?.getCell('B4').value).toBeNull();
    expect(page?.getCell('C1').master.address).toBe('B1');
  });

  it('ends with the fault of its rows, and never as if it were whole', async () => {
    for (const format of ['csv', 'xlsx'] as const) {
      const failing = async function* (): AsyncGenerator<SheetCell[]> {
        yield await Promise.resolve(['H49-1', 1]);
        throw new Error('the database went away');
      };
      await expect(buffer(writeSheet(sheet(failing()), format))).rejects.toThrow('the database went away');
    }
  });

  it('writes a long list to the end', async () => {
    const many = async function* (): AsyncGenerator<SheetCell[]> {
      for (let row = 0; row < 4_000; row += 1) yield await Promise.resolve([`H49-${row}`, row]);
    };
    const bytes = await buffer(writeSheet(sheet(many()), 'xlsx'));
    const book = new excel.Workbook();
    await book.xlsx.read(Readable.from([bytes]));
    expect(book.getWorksheet('Hồ sơ')?.rowCount).toBe(4_001);
  });
});
