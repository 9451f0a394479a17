// @vitest-environment node
import { describe, expect, it } from 'vitest';
import vi from '../i18n/vi.json';
import { csvOf, faultKey, IMPORT_FIELDS, mediaType, momentText } from './import-view.ts';

const columns = [
  { column: 'Ngày nhận', field: 'accepted_at' },
  { column: 'Trạng thái', field: 'status' },
  { column: 'Mã HS', field: 'dossier_id' },
];
const key = (column: string, value: string, code = 'IOC_ROW_FIELD') =>
  faultKey({ row: 2, column, value, code, reason: 'in English' }, columns);

describe('a file of dossiers', () => {
  it('has a word for every field that a column may mean', () =>
    expect(Object.keys(vi.import.field)).toEqual([...IMPORT_FIELDS]));

  it('says what is wrong with a cell by its code and how the column is read, never by the English text', () => {
    expect(key('Ngày nhận', '31/02/2023')).toBe('import.fault.date');
    expect(key('Trạng thái', 'Xong rồi')).toBe('import.fault.code');
    expect(key('Mã HS', 'x')).toBe('import.fault.text');
    expect(key('Mã HS', '')).toBe('import.fault.empty');
    expect(key('Ngày nhận', '01/01/2100', 'IOC_EVENT_TIME_FUTURE')).toBe('import.fault.IOC_EVENT_TIME_FUTURE');
    expect(key('', '', 'IOC_NEW')).toBeUndefined();
  });

  it('is sent by the type that its name says', () => {
    expect(mediaType('Hồ sơ.XLSX')).toContain('spreadsheetml');
    expect(mediaType('ho-so.csv')).toBe('text/csv');
    expect(mediaType('ho-so.txt')).toBe('text/csv');
  });

  it('shows moments as people write them, and what is none as it is', () => {
    expect(momentText('20231027103000')).toBe('27/10/2023 10:30:00');
    expect(momentText('mai')).toBe('mai');
  });

  it('gives a report that a spreadsheet opens and runs nothing of', () =>
    expect(
      csvOf([
        ['a', '=1+1'],
        ['b"c', 'd,e'],
      ]),
    ).toBe('\uFEFFa,\'=1+1\r\n"b""c","d,e"\r\n'));
});
