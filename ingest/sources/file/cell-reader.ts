import { foldText } from '../../schema/fold-text.ts';
import {
  isCodeField,
  isDateField,
  type CodeField,
  type ImportField,
  type ImportMapping,
} from '../../schema/import-mapping.ts';
import { createDateReader } from './dates.ts';
import type { Cell } from './table/cell.ts';

/** A cell that could be read, in the form of the national format, or why it could not. */
export type CellRead = { value: string } | { reason: string };

/** The largest code of each field, for cells that hold it as digits. */
const LARGEST: Readonly<Record<CodeField, number>> = {
  status: 10,
  channel: 3,
  applicant_kind: 4,
  digitised: 1,
  paid_online: 3,
};

/** Makes the reader of cells by a mapping: moments become `yyyyMMddHHmmss`, words become codes, the rest stays text. */
export function createCellReader(mapping: Pick<ImportMapping, 'dates' | 'due_time' | 'codes'>) {
  const readDate = createDateReader(mapping.dates);
  const words = new Map<string, string>();
  for (const [field, codes] of Object.entries(mapping.codes))
    for (const [code, texts] of Object.entries(codes))
      for (const text of texts) words.set(`${field} ${foldText(text)}`, code);

  const date = (field: ImportField, text: string): CellRead => {
    const read = readDate(text);
    if (!read) return { reason: `is no moment; read are ${mapping.dates.join(', ')}` };
    const isPromise = field.startsWith('due');
    if (!isPromise || read.hasTime) return { value: read.stamp };
    return { value: `${read.stamp.slice(0, 8)}${mapping.due_time.replaceAll(':', '')}` };
  };
  const code = (field: CodeField, text: string): CellRead => {
    const word = words.get(`${field} ${foldText(text)}`);
    if (word !== undefined) return { value: word };
    if (/^\d{1,2}$/.test(text) && Number(text) <= LARGEST[field]) return { value: text };
    return { reason: 'is no code, and none of the words of the mapping' };
  };
  return function readCell(field: ImportField, cell: Cell): CellRead {
    if (cell === undefined) return { value: '' };
    if (typeof cell === 'object') return { reason: cell.error };
    const text = String(cell);
    if (isDateField(field)) return date(field, text);
    if (isCodeField(field)) return code(field, text);
    // a spreadsheet takes a code such as 1.003560 for a number and forgets its last zero
    return { value: field === 'procedure_code' && /^\d\.\d{1,5}$/.test(text) ? Number(text).toFixed(6) : text };
  };
}
