// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { TableCell } from '#dashboards/schema/table-cell.ts';
import { createFormats } from '../../format/format.ts';
import { bytesText, tableOf } from './table-view.ts';

const NOW = Date.parse('2026-11-18T10:30:00+07:00');
const formats = createFormats('vi', 'Asia/Ho_Chi_Minh');
const words = {
  ...{ formats, now: NOW },
  unitName: (code: string) => `Đơn vị ${code}`,
  text: (both: { vi: string } | undefined) => both?.vi ?? '',
  severityText: (name: string) => name,
};
const title = { vi: 'Cột', en: 'Column' };
const cell = (column: string, format: TableCell['format'], more: Partial<TableCell> = {}): TableCell => ({
  ...{ column, title, format, labels: {}, grows: false },
  ...more,
});
const columns = [
  cell('heard', 'age', { limit: 'limit_ms' }),
  cell('severity', 'severity'),
  cell('unit', 'unit'),
  cell('queue', 'bytes'),
  cell('count', 'integer'),
  cell('state', 'word', { labels: { ok: { vi: 'tốt', en: 'good' } } }),
];
const result = {
  columns: ['id', 'heard', 'limit_ms', 'severity', 'unit', 'queue', 'count', 'state'],
  rows: [
    ['a', NOW - 120_000, 60_000, 4, 'H49', 1_572_864, 1_284, 'ok'],
    ['b', NOW - 30_000, 60_000, 0, '', null, null, 'odd'],
    ['c', NOW - 30_000, null, 1, '', 0, 0, ''],
  ],
};

describe('a table', () => {
  const rows = tableOf(result, columns, 2, words);

  it('writes each cell in its format, and no more rows than asked', () => {
    expect(rows.map(({ id, cells }) => [id, ...cells.map(({ text }) => text)])).toEqual([
      ['a', '2 phút', 'critical', 'Đơn vị H49', '1,5 MiB', '1.284', 'tốt'],
      ['b', '30 giây', 'unclassified', 'Đơn vị ', '—', '—', 'odd'],
    ]);
  });

  it('marks what is beyond its limit, and nothing that has none', () => {
    expect(tableOf(result, columns, 9, words).map(({ cells }) => cells[0]?.isBeyond)).toEqual([true, false, false]);
  });

  it('keeps what its links are filled with', () => {
    expect(rows[0]?.values).toMatchObject({ id: 'a', unit: 'H49' });
  });

  it('writes sizes in the unit that they reach', () => {
    expect([0, 1023, 1024, 2 ** 30].map((bytes) => bytesText(bytes, formats))).toEqual([
      '0 B',
      '1.023 B',
      '1,0 KiB',
      '1,0 GiB',
    ]);
  });
});
