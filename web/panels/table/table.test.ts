// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { BoardSchema } from '#dashboards/schema/board.ts';
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
const parsed = BoardSchema.parse({
  title,
  questions: [title],
  grid: { columns: 12, rows: 12 },
  panels: {
    one: {
      ...{ kind: 'table', title, question: title, metric: 'm', sources: ['security'], stale_after_s: 60 },
      at: { x: 0, y: 0, w: 12, h: 12 },
      queries: { main: { query: 'q' } },
      options: {
        columns: [
          { column: 'heard', title, format: 'age', limit: 'limit_ms' },
          { column: 'severity', title, format: 'severity' },
          { column: 'unit', title, format: 'unit' },
          { column: 'queue', title, format: 'bytes' },
          { column: 'count', title, format: 'integer' },
          { column: 'state', title, format: 'word', labels: { ok: { vi: 'tốt', en: 'good' } } },
        ],
      },
    },
  },
}).panels.one;
const columns = parsed?.kind === 'table' ? parsed.options.columns : [];
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
