import { describe, expect, it } from 'vitest';
import { createCellReader } from './cell-reader.ts';

const readCell = createCellReader({
  dates: ['dd/MM/yyyy HH:mm', 'dd/MM/yyyy', 'excel'],
  due_time: '17:00:00',
  codes: { status: { '9': ['Đã xử lý xong'] }, channel: { '2': ['Trực tuyến'] } },
});

describe('a cell', () => {
  it.each([
    ['status', 'Đã xử lý xong', '9'],
    ['status', ' ĐÃ XỬ LÝ  XONG ', '9'],
    ['status', 'Đã xử lý xong'.normalize('NFD'), '9'],
    ['status', 'da xu ly xong', '9'],
    ['status', 10, '10'],
    ['channel', 'trực tuyến.', '2'],
    ['accepted_at', '27/10/2023', '20231027000000'],
    ['accepted_at', 45226.4375, '20231027103000'],
    ['procedure_code', 1.00356, '1.003560'],
    ['procedure_code', '1.00356', '1.003560'],
    ['procedure_code', '1.003560.000.00.00.H56', '1.003560.000.00.00.H56'],
    ['dossier_id', 12345, '12345'],
    ['handler', undefined, ''],
  ] as const)('of %s: %j is %s', (field, cell, value) => expect(readCell(field, cell)).toEqual({ value }));

  it('takes a promise that is a day to hold until the time that the mapping says, and one with a time as it is', () => {
    expect(readCell('due_at', '27/10/2023')).toEqual({ value: '20231027170000' });
    expect(readCell('due_after', '27/10/2023 09:00')).toEqual({ value: '20231027090000' });
  });

  it.each([
    ['status', 'Xong', /none of the words/],
    ['status', 11, /no code/],
    ['due_at', '2023-10-27', /no moment; read are dd\/MM\/yyyy HH:mm, dd\/MM\/yyyy, excel/],
    ['handler', { error: 'the spreadsheet has no value here: #N/A' }, /#N\/A/],
  ] as const)('of %s is not %j', (field, cell, reason) =>
    expect(readCell(field, cell)).toEqual({ reason: expect.stringMatching(reason) }),
  );
});
