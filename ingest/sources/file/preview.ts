import { setImmediate as turn } from 'node:timers/promises';
import type { UnitIndex } from '../../schema/unit-index.ts';
import { unitOfDossier } from '../../schema/unit-code.ts';
import type { ImportField } from '../../schema/import-mapping.ts';
import type { ReadRow, RowFault } from './row-reader.ts';
import type { TableOrigin, TableRow } from './table/cell.ts';
import type { DossierFile } from './table/read-file.ts';

/** Rows that a preview shows. */
const SHOWN = 20;
const SLICE = 500;

/** What a file would bring, if it were imported. Nothing of it is stored. */
export interface Preview {
  /** The source that its dossiers would belong to. */
  source: string;
  file: TableOrigin;
  /** Rows that hold the names of the columns, as the sheet numbers them. */
  header_rows: number[];
  columns: { column: string; field: ImportField }[];
  unused: { column: string; personal: boolean }[];
  rows: number;
  rejected: number;
  first: PreviewRow[];
  errors: RowFault[];
  /** What is odd about rows that would be taken. */
  warnings: RowFault[];
}

/** A row as it would be read. Moments are local, `yyyyMMddHHmmss`; `unit_path` is null for a unit that is not in the tree. */
export interface PreviewRow {
  row: number;
  values: ReadRow['values'];
  unit_path: string | null;
  events: number;
  errors: RowFault[];
}

/** Reads every row, and shows the first. */
export async function previewRows(
  { origin, header, rows }: DossierFile,
  { readRow, units, source }: { readRow: (row: TableRow) => ReadRow; units: UnitIndex; source: string },
): Promise<Preview> {
  const preview: Preview = {
    source,
    file: origin,
    header_rows: header.rows,
    columns: header.columns.map(({ name, field }) => ({ column: name, field })),
    unused: header.unused.map(({ name, isPersonal }) => ({ column: name, personal: isPersonal })),
    rows: rows.length,
    rejected: 0,
    first: [],
    errors: [],
    warnings: [],
  };
  for (const [index, row] of rows.entries()) {
    if (index % SLICE === 0) await turn();
    const read = readRow(row);
    if ('result' in read.read) preview.rejected += 1;
    preview.errors.push(...read.faults);
    preview.warnings.push(...read.warnings);
    if (index < SHOWN) preview.first.push(shown(read, units));
  }
  return preview;
}

function shown({ row, values, unit, read, faults }: ReadRow, units: UnitIndex): PreviewRow {
  const named = unitOfDossier(values.dossier_id ?? '') ?? unit;
  return {
    row,
    values,
    unit_path: units.resolve(named)?.path ?? null,
    events: 'result' in read ? 0 : read.length,
    errors: faults,
  };
}
