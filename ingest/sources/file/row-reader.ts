import { FUTURE_LIMIT_MS } from '../../clickhouse/known/known-events.ts';
import { rejected, type Rejected } from '../../pipeline/step.ts';
import { maskText } from '../../pipeline/personal.ts';
import type { RejectionCode } from '../../errors.ts';
import { unitOfDossier } from '../../schema/unit-code.ts';
import type { UnitIndex } from '../../schema/unit-index.ts';
import type { ImportField, ImportMapping } from '../../schema/import-mapping.ts';
import type { LogEntry } from '../../schema/row.ts';
import { DossierSchema, type SentDossier } from '../dvcqg/dossier.ts';
import { dossierEntries, type SentBy } from '../dvcqg/entries.ts';
import { createCellReader } from './cell-reader.ts';
import type { Cell, TableRow } from './table/cell.ts';
import type { FoundColumn, Header } from './table/header.ts';

/** One thing that is wrong with a row, or odd: where it stands in the file, what stands there, and why it cannot be taken, or what was made of it. */
export interface RowFault {
  row: number;
  /** As the file names it; empty when it is the row as a whole. */
  column: string;
  value: string;
  /** A `RejectionCode`, or `IOC_ROW_UNIT` of what is only odd. */
  code: string;
  reason: string;
}

/** A row as it was read. */
export interface ReadRow {
  row: number;
  /** Its cells by field, in the form of the national format. What could not be read is missing. */
  values: Partial<Record<ImportField, string>>;
  /** Its cells as they stand in the file, for the dead letter. */
  sent: Readonly<Record<string, string>>;
  /** The unit that it names, or the one that the file stands for. */
  unit: string;
  /** Its events, or why it is refused; `faults` then holds all that is wrong. */
  read: readonly LogEntry[] | Rejected;
  faults: RowFault[];
  /** What is odd about a row that is taken all the same. */
  warnings: RowFault[];
}

/** What a row is read with. */
export interface RowReaderOptions {
  mapping: ImportMapping;
  header: Pick<Header, 'columns'>;
  sender: SentBy;
  units: Pick<UnitIndex, 'resolve'>;
}

/** The fields of a snapshot and their names in the national format. */
const NATIONAL: readonly (readonly [field: ImportField, name: string])[] = [
  ['dossier_id', 'MaHoSo'],
  ['procedure_code', 'MaTTHC'],
  ['procedure_name', 'TenTTHC'],
  ['field_code', 'MaLinhVuc'],
  ['field_name', 'TenLinhVuc'],
  ['handler', 'DonViXuLy'],
  ['status', 'TrangThaiHoSo'],
  ['channel', 'KenhThucHien'],
  ['applicant_kind', 'LoaiDoiTuong'],
  ['digitised', 'HoSoCoThanhPhanSoHoa'],
  ['paid_online', 'DuocThanhToanTrucTuyen'],
  ['submitted_at', 'NgayNopHoSo'],
  ['accepted_at', 'NgayTiepNhan'],
  ['due_at', 'NgayHenTra'],
  ['finished_at', 'NgayKetThucXuLy'],
  ['returned_at', 'NgayTra'],
  ['refused_at', 'NgayTuChoi'],
];
const FIELD_OF = new Map(NATIONAL.map(([field, name]) => [name, field]));

/** Makes the reader of rows: a row is a snapshot of a dossier, and gives the events that the same snapshot gives in the national format. */
export function createRowReader({ mapping, header, sender, units }: RowReaderOptions): (row: TableRow) => ReadRow {
  const readCell = createCellReader(mapping);
  return function readRow({ row, cells }) {
    const faults: RowFault[] = [];
    const noted = (column: FoundColumn | undefined, code: RowFault['code'], reason: string): RowFault => {
      const index = column === undefined ? -1 : header.columns.indexOf(column);
      return { row, column: column?.name ?? '', value: shown(cells[index]), code, reason };
    };
    const fault = (column: FoundColumn | undefined, code: RejectionCode, reason: string) =>
      faults.push(noted(column, code, reason));
    const values: ReadRow['values'] = {};
    for (const [index, column] of header.columns.entries()) {
      const read = readCell(column.field, cells[index]);
      if ('reason' in read) fault(column, 'IOC_ROW_FIELD', read.reason);
      else if (read.value !== '') values[column.field] = read.value;
    }
    const unit = values.unit ?? sender.unit;
    const columnOf = (name: PropertyKey | undefined) =>
      header.columns.find(({ field }) => field === FIELD_OF.get(String(name)));
    const sent = Object.fromEntries(header.columns.map(({ field }, index) => [field, kept(field, cells[index])]));
    const refuse = (code: RejectionCode): ReadRow => {
      const read = rejected(code, reasonOf(faults));
      return { row, values, sent, unit, faults, warnings: [], read };
    };
    if (faults.length > 0) return refuse('IOC_ROW_FIELD');
    const parsed = DossierSchema.safeParse(snapshotOf(values));
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) fault(columnOf(path[0]), 'IOC_ROW_FIELD', message);
      return refuse('IOC_ROW_FIELD');
    }
    for (const { name, at } of momentsOf(parsed.data))
      if (at > sender.received_at + FUTURE_LIMIT_MS)
        fault(columnOf(name), 'IOC_EVENT_TIME_FUTURE', 'lies in the future');
    if (faults.length > 0) return refuse('IOC_EVENT_TIME_FUTURE');
    // a list is of the past: what was heard of today did not end today
    if (DATED_ENDS.has(parsed.data.TrangThaiHoSo ?? 0) && !hasEndDate(parsed.data)) {
      fault(columnOf('TrangThaiHoSo'), 'IOC_ROW_FIELD', 'says that the dossier has ended, and no column says when');
      return refuse('IOC_ROW_FIELD');
    }
    const odd = contradiction(values, units);
    const column = header.columns.find(({ field }) => field === 'unit');
    const warnings = odd === undefined ? [] : [noted(column, 'IOC_ROW_UNIT', odd)];
    const entries = dossierEntries(parsed.data, { ...sender, unit });
    return { row, values, sent, unit, faults, warnings, read: heldBy(values.step_holder, entries) };
  };
}

/** The events of a row with who has the dossier, which the national snapshot does not say, on the last of them: they have it now. */
function heldBy(step_holder: string | undefined, entries: LogEntry[]): LogEntry[] {
  const last = entries.at(-1);
  if (step_holder === undefined || last?.family !== 'dossier') return entries;
  return entries.with(-1, { ...last, row: { ...last.row, step_holder } });
}

/** Why the unit of a row and the unit in its dossier number cannot both be right; undefined where they agree, or one is not said or not in the tree. */
function contradiction(values: ReadRow['values'], units: Pick<UnitIndex, 'resolve'>): string | undefined {
  const code = unitOfDossier(values.dossier_id ?? '');
  const numbered = code === undefined ? undefined : units.resolve(code);
  const named = values.unit === undefined ? undefined : units.resolve(values.unit);
  if (!numbered || !named || numbered.path === named.path) return undefined;
  return `is ${named.code}, but the dossier number is of ${numbered.code} (${numbered.name}); it is stored there`;
}

const reasonOf = (faults: readonly RowFault[]): string =>
  faults
    .slice(0, 3)
    .map(({ column, reason }) => (column === '' ? reason : `${column}: ${reason}`))
    .join('; ');

/** What stands in a cell, as a report may show it. */
function shown(cell: Cell): string {
  if (cell === undefined || typeof cell === 'object') return '';
  return maskText(String(cell)).slice(0, 100);
}

/** The number of a dossier looks like that of a paper, and is none. */
function kept(field: ImportField, cell: Cell): string {
  return field === 'dossier_id' && typeof cell !== 'object' ? String(cell ?? '').slice(0, 256) : shown(cell);
}

/** A row as the national format would send it. A status that the file does not state follows from the last thing that it says happened. */
function snapshotOf(values: ReadRow['values']): object {
  const sent: Record<string, unknown> = {};
  for (const [field, name] of NATIONAL) if (values[field] !== undefined) sent[name] = values[field];
  sent['TrangThaiHoSo'] ??= statusOf(values);
  if (values.supplement_requested_at !== undefined || values.supplement_received_at !== undefined)
    sent['DanhSachHoSoBoSung'] = [
      {
        NgayBoSung: values.supplement_requested_at,
        NgayTiepNhanBoSung: values.supplement_received_at,
        NgayHenTraTruoc: values.due_before,
        NgayHenTraMoi: values.due_after,
      },
    ];
  return sent;
}

function statusOf(values: ReadRow['values']): number | null {
  if (values.returned_at !== undefined) return 10;
  if (values.finished_at !== undefined) return 9;
  if (values.refused_at !== undefined) return 3;
  if (values.supplement_requested_at !== undefined && values.supplement_received_at === undefined) return 5;
  if (values.accepted_at !== undefined) return values.supplement_received_at === undefined ? 2 : 4;
  return values.submitted_at === undefined ? null : 1;
}

/** Statuses that end a dossier at a date that lists have a column for; work that was stopped (8) has none. */
const DATED_ENDS = new Set([3, 7, 9, 10]);

const hasEndDate = ({ NgayTuChoi, NgayKetThucXuLy, NgayTra }: SentDossier): boolean =>
  NgayTuChoi !== null || NgayKetThucXuLy !== null || NgayTra !== null;

const MOMENTS = ['NgayNopHoSo', 'NgayTiepNhan', 'NgayTuChoi', 'NgayKetThucXuLy', 'NgayTra'] as const;

function momentsOf(sent: SentDossier): { name: string; at: number }[] {
  return MOMENTS.map((name) => ({ name, at: sent[name] ?? 0 }));
}
