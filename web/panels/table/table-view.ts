import type { Rows } from '#api/contract.ts';
import type { TableCell } from '#dashboards/schema/table-cell.ts';
import type { Formats } from '../../format/format.ts';
import { MISSING } from '../../format/format.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';
import { severityName } from '../alerts/alert-view.ts';
import type { SeverityName } from '../alerts/alert-view.ts';
import type { PathValues } from '../fill-path.ts';

/** A cell as it is drawn. `severity` is set where its shape stands before the text; `number` where it is a count that its list has to be as long as. */
export interface CellView {
  column: string;
  text: string;
  severity: SeverityName | null;
  number: number | null;
  /** Beyond its limit. */
  isBeyond: boolean;
}

/** A row as it is drawn, and what its links are filled with. */
export interface RowView {
  id: string;
  cells: CellView[];
  values: PathValues;
}

/** What cells are written with. `now` is the server's clock, epoch ms; undefined before it is known. */
export interface CellWords {
  formats: Formats;
  now: number | undefined;
  unitName: (code: string) => string;
  text: (both: TableCell['title'] | undefined) => string;
  severityText: (name: SeverityName) => string;
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size: `12,5 MiB`. */
export function bytesText(bytes: number, { integer, decimal }: Pick<Formats, 'integer' | 'decimal'>): string {
  const power = bytes < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return `${power === 0 ? integer(size) : decimal(size, 1)} ${SIZES[power] ?? ''}`;
}

function cellText(cell: TableCell, row: Row, words: CellWords): string {
  const { formats, now } = words;
  if (cell.format === 'text') return row.text(cell.column) || MISSING;
  if (cell.format === 'word') {
    const id = row.text(cell.column) ?? '';
    return words.text(cell.labels[id]) || id || MISSING;
  }
  if (cell.format === 'unit') return words.unitName(row.text(cell.column) ?? '');
  const value = row.number(cell.column);
  if (value === null) return MISSING;
  switch (cell.format) {
    case 'severity':
      return words.severityText(severityName(value));
    case 'clock':
      return formats.clock(value);
    case 'date':
      return formats.date(value);
    case 'percent':
      return `${formats.decimal(value, 1)} %`;
    case 'age':
      return now === undefined ? MISSING : formats.age(value, now);
    case 'span':
      return formats.span(value);
    case 'integer':
      return formats.integer(value);
    case 'decimal':
      return formats.decimal(value, 1);
    case 'bytes':
      return bytesText(value, formats);
  }
}

/** A missing limit or value is beyond nothing. An age is told in milliseconds before `now`. */
function isBeyond(cell: TableCell, row: Row, now: number | undefined): boolean {
  if (cell.limit === undefined) return false;
  const limit = row.number(cell.limit);
  const value = row.number(cell.column);
  if (limit === null || value === null) return false;
  if (cell.format === 'age' || cell.format === 'clock') return now !== undefined && now - value > limit;
  return value > limit;
}

/** The first `top` rows of a result, cell by cell. */
export function tableOf(
  result: Rows | undefined,
  columns: readonly TableCell[],
  top: number,
  words: CellWords,
): RowView[] {
  return readRows(result)
    .slice(0, top)
    .map((row) => ({
      id: row.text('id') ?? '',
      values: row.values(),
      cells: columns.map((cell) => ({
        column: cell.column,
        text: cellText(cell, row, words),
        severity: cell.format === 'severity' ? severityName(row.cell(cell.column)) : null,
        number: cell.format === 'integer' ? row.number(cell.column) : null,
        isBeyond: isBeyond(cell, row, words.now),
      })),
    }));
}
