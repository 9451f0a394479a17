import { foldText } from '../../../schema/fold-text.ts';
import { isDateField, type ImportField, type ImportMapping } from '../../../schema/import-mapping.ts';
import type { TableRow } from './cell.ts';

/** The column of a file that holds a field. `index` counts from 0. */
export interface FoundColumn {
  index: number;
  /** As the file names it. */
  name: string;
  field: ImportField;
}

/** Where the names of the columns stand, and what they mean. */
export interface Header {
  /** The rows that hold the names, as the sheet numbers them: one, or a row of groups and the row below it. */
  rows: number[];
  columns: FoundColumn[];
  unused: { name: string; isPersonal: boolean }[];
  /** What keeps the file from being read with this header; none in a good one. */
  faults: string[];
}

/** Rows among which the names of the columns are looked for: above them exports write titles. */
export const HEADER_ROWS = 20;

/** Which field a column's name means, in folded form. */
export type Names = ReadonlyMap<string, ImportField | 'personal'>;

/** The names of a mapping. */
export function namesOf({ columns, personal }: Pick<ImportMapping, 'columns' | 'personal'>): Names {
  const names = new Map<string, ImportField | 'personal'>();
  for (const text of personal) names.set(foldText(text), 'personal');
  for (const [field, texts] of Object.entries(columns))
    if (isField(field, columns)) for (const text of texts) names.set(foldText(text), field);
  return names;
}

function isField(text: string, columns: ImportMapping['columns']): text is ImportField {
  return Object.hasOwn(columns, text);
}

/**
 * Finds the names of the columns among the first rows: the row, or pair of rows, in which most are known. In a pair the upper row holds names of
 * groups, which merged cells carry to the right, or names of columns that reach over both rows.
 *
 * @returns undefined when no row holds any name of the mapping
 */
export function findHeader(rows: readonly TableRow[], names: Names): Header | undefined {
  let best: { header: Header; known: number } | undefined;
  const consider = (header: Header) => {
    const known = header.columns.length - header.faults.length;
    if (header.columns.length > 0 && (!best || known > best.known)) best = { header, known };
  };
  for (const [place, row] of rows.entries()) {
    const own = textsOf(row);
    consider(
      read(
        [row.row],
        own.map((name) => [name]),
        names,
      ),
    );
    const above = place === 0 ? undefined : rows[place - 1];
    if (above) consider(read([above.row, row.row], pairUp(textsOf(above), own), names));
  }
  return best?.header;
}

const textsOf = (row: TableRow): string[] =>
  Array.from(row.cells, (cell) => (typeof cell === 'string' ? cell.replace(/\s+/g, ' ').trim() : ''));

/** For each column the names that it may go by: its own, and that of its group with its own. */
function pairUp(above: readonly string[], own: readonly string[]): string[][] {
  let group = '';
  return Array.from({ length: Math.max(above.length, own.length) }, (_, index) => {
    const [upper, lower] = [above[index] ?? '', own[index] ?? ''];
    if (upper !== '') group = upper;
    if (lower === '') return [upper];
    return [`${group} ${lower}`.trim(), lower];
  });
}

function read(rows: number[], candidates: readonly (readonly string[])[], names: Names): Header {
  const header: Header = { rows, columns: [], unused: [], faults: [] };
  for (const [index, texts] of candidates.entries()) {
    const name = texts.find((text) => names.has(foldText(text))) ?? texts.at(-1) ?? '';
    if (name === '') continue;
    const field = names.get(foldText(name));
    if (field === undefined || field === 'personal') {
      header.unused.push({ name, isPersonal: field === 'personal' });
      continue;
    }
    const other = header.columns.find((column) => column.field === field);
    if (other) header.faults.push(`the columns "${other.name}" and "${name}" both mean ${field}`);
    header.columns.push({ index, name, field });
  }
  const has = (test: (field: ImportField) => boolean) => header.columns.some(({ field }) => test(field));
  if (!has((field) => field === 'dossier_id')) header.faults.push('no column means dossier_id');
  if (!has((field) => isDateField(field) && !field.startsWith('due')))
    header.faults.push('no column says when anything happened');
  return header;
}

/** True for the row of column numbers that forms put under the names: `(1) (2) (3)`. */
export function isNumbering(row: TableRow): boolean {
  const filled = Array.from(row.cells, (cell) => (typeof cell === 'object' ? '?' : String(cell ?? '').trim())).filter(
    (text) => text !== '',
  );
  return filled.length > 2 && filled.every((text, index) => text.replace(/^\((\d+)\)$/, '$1') === String(index + 1));
}
