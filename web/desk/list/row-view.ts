import type { DossierRow, DossierSort } from '#api/contract-dossiers.ts';
import type { Words } from '../../composables/use-words.ts';
import { MISSING } from '../../format/format.ts';
import { dueKey, dueView } from '../due-words.ts';
import type { DueView } from '../due-words.ts';
import { CHASE_SHAPES, SLIP_SHAPE } from '../chase/chase-shapes.ts';
import type { ListedState, SortOrder } from '../desk-filter.ts';

/** A column of the list; `sort` where the server can order by it. */
export interface Column {
  id: 'dossier' | 'unit' | 'procedure' | 'status' | 'due' | 'left' | 'step' | 'accepted' | 'finished' | 'acted';
  sort: DossierSort | null;
}

const COLUMNS: readonly Column[] = [
  { id: 'dossier', sort: null },
  { id: 'acted', sort: null },
  { id: 'unit', sort: 'unit' },
  { id: 'procedure', sort: 'procedure' },
  { id: 'status', sort: null },
  { id: 'due', sort: 'due' },
  { id: 'left', sort: null },
  { id: 'step', sort: null },
  { id: 'accepted', sort: 'accepted' },
];

/** The columns of a group's list: where work goes on, who holds it; where it ended, when. */
export function columnsOf(group: ListedState): readonly Column[] {
  if (!group.startsWith('finished')) return COLUMNS;
  return COLUMNS.map((column) => (column.id === 'step' ? { id: 'finished', sort: 'finished' } : column));
}

/** How a header says its order to screen readers. */
export function ariaSort(column: Column, sort: SortOrder): 'ascending' | 'descending' | 'none' | undefined {
  if (column.sort === null) return undefined;
  if (sort === column.sort) return 'ascending';
  return sort === `-${column.sort}` ? 'descending' : 'none';
}

/** The order after a header was pressed: ascending first, then turned round. */
export function nextSort(column: Column, sort: SortOrder): SortOrder | undefined {
  if (column.sort === null) return undefined;
  return sort === column.sort ? `-${column.sort}` : column.sort;
}

/** What tells a row from all others: several units may use the same number. */
export function rowKey(row: Pick<DossierRow, 'unit_path' | 'dossier_id'>): string {
  return `${row.unit_path} ${row.dossier_id}`;
}

/** A dossier as texts. */
export interface RowView {
  id: string;
  key: string;
  mood: DueView['mood'];
  cells: Record<Column['id'], string>;
  /** What was done about it, in words; empty where nothing was. */
  acted: string;
  /** What a screen reader says of the row. */
  label: string;
  simulated: boolean;
}

/** Writes a dossier as a row of the list, at `now` (epoch ms). */
export function rowView(row: DossierRow, now: number, { t, has, unitName, formats }: Words): RowView {
  const due = dueView(row, now, formats.value);
  const said = dueKey(due, row.due_at, now);
  const left = said === null ? MISSING : t(said, { span: due.span });
  const status = `status.${row.status}`;
  const moment = (at: number | null): string => (at === null ? MISSING : formats.value.dateTime(at));
  const { chase = null, apologised = 0 } = row;
  const acted = [
    ...(chase === null
      ? []
      : [{ shape: CHASE_SHAPES[chase], text: t('desk.chase_is', { state: t(`chase.state.${chase}`) }) }]),
    ...(apologised === 0 ? [] : [{ shape: SLIP_SHAPE, text: t('desk.apologies.sent') }]),
  ];
  const cells = {
    dossier: row.dossier_id,
    acted: acted.map(({ shape }) => shape).join(' '),
    unit: unitName(row.unit),
    procedure: row.procedure_name || row.procedure_code || row.field_name || MISSING,
    status: has(status) ? t(status) : String(row.status),
    due: row.due_at === null ? t('desk.no_due') : moment(row.due_at),
    left,
    step: row.step_holder || MISSING,
    accepted: moment(row.accepted_at),
    finished: moment(row.finished_at),
  };
  return {
    id: row.dossier_id,
    key: rowKey(row),
    mood: due.mood,
    cells,
    acted: acted.map(({ text }) => text).join(', '),
    label: [
      ...[cells.dossier, cells.unit, cells.procedure, cells.status, said === null ? cells.due : left],
      ...acted.map(({ text }) => text),
    ].join(', '),
    simulated: row.simulated === 1,
  };
}
