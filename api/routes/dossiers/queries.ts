import { recalled, type Recalled } from '#ingest/clickhouse/recall.ts';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { DossierSort, SummaryBy } from '../../contract-dossiers.ts';
import { ownQuery } from '../../sql.ts';
import { FILTER_PARAMS } from './filter.ts';

/** Longest page of a list. */
export const MOST_ROWS = 1000;
/** Most events of a dossier that are read; a real one has some dozens. */
export const MOST_EVENTS = 2000;

/** What each order goes by, in SQL: an instant, or a text. */
const ORDERS = {
  due: { instant: 'due_at', text: "''" },
  accepted: { instant: 'accepted_at', text: "''" },
  finished: { instant: 'finished_at', text: "''" },
  unit: { instant: 'NULL', text: 'unit_path' },
  procedure: { instant: 'NULL', text: 'procedure_name' },
} as const satisfies Record<DossierSort, { instant: string; text: string }>;
export const SORTS = ['due', 'accepted', 'finished', 'unit', 'procedure'] as const satisfies readonly DossierSort[];
export const SUMMARY_BY = [
  'unit',
  'procedure',
  'field',
  'channel',
  'handler',
  'step',
  'age',
  'apology',
  'chased',
] as const satisfies readonly SummaryBy[];

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const instant = { type: 'instant' } as const;
const maybe = { type: 'instant', nullable: true } as const;

/**
 * A query over all dossiers, and the same over those in progress: a small set that is kept beside them. Either is also asked as of an
 * instant of the past.
 */
export interface DossierQuery {
  all: LoadedQuery;
  open: LoadedQuery;
  recalled: Record<'all' | 'open', LoadedQuery>;
}

/** Columns of filter.sql that are made of other relations. A unit that is not in the tree is asked through the province. */
const MARKED = {
  apology:
    "if(outcome = 'open_overdue', if((unit_path, dossier_id) IN (SELECT unit_path, dossier_id FROM apology), 'sent', 'missing'), '')",
  chased:
    "if((replaceOne(unit_path, '/?/', '/'), dossier_id) IN (SELECT c.unit_path, arrayJoin(c.dossier_ids) FROM chase AS c WHERE c.closed_at IS NULL), 'open', 'none')",
};
/** The same where nothing asks for them: to plan them costs more than all the rest of a page. */
const UNMARKED = { apology: "''", chased: "''" };

/** Where the SQL of a query over dossiers names their set. */
const FROM_DOSSIER = /\bFROM dossier\n/g;

/** The same SQL over the dossiers in progress alone. */
export function overOpen(sql: string): string {
  return sql.replace(FROM_DOSSIER, 'FROM dossier_open\n');
}

/** Puts texts for the `$names` of an SQL file. */
export function filled(query: LoadedQuery, texts: Readonly<Record<string, string>>): LoadedQuery {
  return { ...query, sql: query.sql.replaceAll(/\$(\w+)\b/g, (name, word: string) => texts[word] ?? name) };
}

/** A query over dossiers, with `texts` for the `$names` of its file, and the same over each of the other sets. */
export function dossierQuery(
  file: string,
  written: Parameters<typeof ownQuery>[2],
  texts: Readonly<Record<string, string>> = {},
): DossierQuery {
  const loaded = ownQuery(`routes/dossiers/${file}`, ['dossier', 'apology', 'chase'], written);
  const all = filled(loaded, { ...MARKED, ...texts });
  const recall = (relation: Recalled): LoadedQuery => ({
    ...all,
    id: `${all.id}.recalled.${relation}`,
    sql: all.sql.replace(FROM_DOSSIER, () => `FROM ${recalled(relation)}\n`),
  });
  return {
    all,
    open: { ...all, id: `${all.id}.open`, sql: overOpen(all.sql), relations: ['dossier_open', 'apology', 'chase'] },
    recalled: { all: recall('dossier'), open: recall('dossier_open') },
  };
}

/** Which dossiers stand on a page in this order: list.sql. `isMarked` where slips or chases narrow it. */
export function listQuery(sort: DossierSort, isMarked: boolean): DossierQuery {
  const written: Parameters<typeof ownQuery>[2] = {
    description: 'Keys of dossiers, narrowed and in order',
    params: {
      ...FILTER_PARAMS,
      descending: { type: 'UInt8', default: 0, allowed: [0, 1] },
      after_rank: { type: 'Float64', default: 0 },
      after_text: { type: 'String', default: '' },
      after_unit: { type: 'String', default: '' },
      after_id: { type: 'String', default: '' },
      page: { type: 'UInt16', default: 100 },
    },
    rows: { unit_path: text, dossier_id: text, opened_on: text, rank: number, text, total: number },
    // a page, and one that tells that more follow
    max_rows: MOST_ROWS + 1,
  };
  return dossierQuery('list.sql', written, { ...(isMarked ? MARKED : UNMARKED), ...ORDERS[sort] });
}

/** What is said of the dossiers of a page: listed.sql. */
export function listedQuery(): DossierQuery {
  return dossierQuery('listed.sql', {
    description: 'Dossiers by their keys',
    params: {
      ...FILTER_PARAMS,
      keys: { type: 'String', default: '[]' },
      days: { type: 'String', default: '[]' },
    },
    rows: {
      dossier_id: text,
      unit_path: text,
      status: number,
      since: maybe,
      outcome: text,
      accepted_at: maybe,
      due_at: maybe,
      first_due_at: maybe,
      finished_at: maybe,
      returned_at: maybe,
      supplement_requests: number,
      procedure_code: text,
      procedure_name: text,
      field_code: text,
      field_name: text,
      channel: number,
      handler_path: text,
      handler: text,
      step_holder: text,
      simulated: number,
    },
    max_rows: MOST_ROWS,
  });
}

/** What was done about the dossiers of a page: marks.sql. */
export function marksQuery(): LoadedQuery {
  return ownQuery('routes/dossiers/marks.sql', ['apology', 'chase'], {
    description: 'Open chases and slips of apology of dossiers, by their keys',
    params: { keys: { type: 'String', default: '[]' } },
    rows: { unit_path: text, dossier_id: text, chase: text, apologised: number },
    max_rows: MOST_ROWS,
  });
}

/** The events of one dossier. */
export function eventsQuery(): LoadedQuery {
  return ownQuery('routes/dossiers/events.sql', ['dossier_event'], {
    description: 'Events of one dossier, as they happened',
    params: { dossier: { type: 'String', default: '' } },
    rows: {
      unit_path: text,
      event_key: text,
      type: text,
      source: text,
      observed_at: instant,
      received_at: instant,
      status: number,
      due_at: maybe,
      procedure_code: text,
      procedure_name: text,
      field_code: text,
      field_name: text,
      channel: number,
      applicant_kind: number,
      handler_path: text,
      handler: text,
      step_holder: text,
      simulated: number,
    },
    max_rows: MOST_EVENTS,
  });
}
