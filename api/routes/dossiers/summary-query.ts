import type { Relation } from '#ingest/clickhouse/relations.ts';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { SummaryBy } from '../../contract-dossiers.ts';
import type { Lens } from '../../lens.ts';
import { ownQuery } from '../../sql.ts';
import type { Answer, Params, Store } from '../../store.ts';
import { FILTER_PARAMS } from './filter.ts';
import { dossierQuery, filled, overOpen, type DossierQuery } from './queries.ts';

/** Most lines of a summary: more values than any breakdown has. */
export const MOST_LINES = 5000;

/** What a line of a summary stands for, in SQL: its key, and a name that goes with it. */
interface Breakdown {
  key: string;
  label: string;
  /** The dimension of the kept counts that has the same keys; none where they are not kept. */
  dimension?: string;
}

const NAMELESS = "''";
/** The scope itself, or the unit right below it. */
const UNIT =
  "concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/'))";

/** What a summary is by: one line in all, or a line a value. */
export type Breaking = SummaryBy | 'total';

const BREAKDOWNS: Record<Breaking, Breakdown> = {
  total: { key: NAMELESS, label: NAMELESS, dimension: 'total' },
  unit: { key: UNIT, label: NAMELESS, dimension: 'total' },
  procedure: { key: 'toString(procedure_code)', label: 'toString(procedure_name)', dimension: 'procedure' },
  field: { key: 'toString(field_code)', label: 'toString(field_name)', dimension: 'field' },
  channel: { key: 'toString(channel)', label: NAMELESS, dimension: 'channel' },
  handler: { key: 'toString(handler_path)', label: NAMELESS, dimension: 'handler' },
  step: { key: 'toString(step_holder)', label: NAMELESS },
  age: { key: 'age', label: NAMELESS },
  apology: { key: 'apology', label: NAMELESS },
  chased: { key: 'chased', label: NAMELESS },
};

const ROWS = {
  key: { type: 'text' },
  label: { type: 'text' },
  outcome: { type: 'text' },
  dossiers: { type: 'number' },
} as const;
const MOST_ROWS = MOST_LINES * OUTCOMES.length;

/** A breakdown's own query. The bound on rows is above the one of a board's query, which is drawn whole. */
function fill(query: LoadedQuery, by: string, texts: Readonly<Record<string, string>>): LoadedQuery {
  return { ...filled(query, texts), id: `${query.id}.${by}`, max_rows: MOST_ROWS };
}

/** The number of dossiers in each outcome, by a breakdown. */
export function summaryQuery(by: Breaking): DossierQuery {
  const { key, label } = BREAKDOWNS[by];
  const { all, open, recalled } = dossierQuery('summary.sql', {
    description: 'Number of dossiers in each outcome',
    params: FILTER_PARAMS,
    rows: ROWS,
    max_rows: 1,
  });
  const own = (query: LoadedQuery) => fill(query, by, { key, label });
  return {
    all: own(all),
    open: own(open),
    recalled: { all: own(recalled.all), open: own(recalled.open) },
  };
}

/** The two halves of a summary that is read from what is kept. */
export interface KeptSummary {
  open: LoadedQuery;
  closed: LoadedQuery;
}

/** The same counts from what is kept of closed dossiers, where nothing but unit and rule narrows them; undefined where none are kept. */
export function keptSummaryQuery(by: Breaking): KeptSummary | undefined {
  const { key, label, dimension } = BREAKDOWNS[by];
  const { rule } = FILTER_PARAMS;
  if (dimension === undefined || rule === undefined) return undefined;
  const half = (name: string, relation: Relation, texts: Readonly<Record<string, string>>): LoadedQuery => {
    const query = ownQuery(`routes/dossiers/summary-${name}.sql`, [relation], {
      description: `Number of ${name} dossiers in each outcome, from what is kept`,
      params: { rule },
      rows: ROWS,
      max_rows: 1,
    });
    return fill(query, by, texts);
  };
  const open = half('open', 'dossier_open', { key, label });
  return {
    open: { ...open, sql: overOpen(open.sql) },
    closed: half('closed', 'dossier_total', {
      key: by === 'unit' ? key : 'toString(value)',
      label: label === NAMELESS ? NAMELESS : 'toString(title)',
      dimension: `'${dimension}'`,
    }),
  };
}

/** Asks both halves at once: most of either is planning, which the engine does one thread a query. Their rows add up by key. */
export async function runKeptSummary(
  store: Pick<Store, 'run'>,
  { open, closed }: KeptSummary,
  params: Params,
  lens: Lens,
): Promise<Answer> {
  const [now, past] = await Promise.all([store.run(open, params, lens), store.run(closed, params, lens)]);
  return { ...now, rows: [...now.rows, ...past.rows] };
}

/** The queries of every breakdown, read once. */
export function summaryQueries(): (by: Breaking) => { written: DossierQuery; kept: KeptSummary | undefined } {
  const made = new Map<Breaking, ReturnType<ReturnType<typeof summaryQueries>>>();
  return (by) => {
    const known = made.get(by) ?? { written: summaryQuery(by), kept: keptSummaryQuery(by) };
    made.set(by, known);
    return known;
  };
}
