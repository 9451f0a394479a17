import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type {
  Apology,
  Chased,
  DossierFilter,
  DossierGroup,
  DossierSort,
  DueAge,
  SummaryBy,
} from '#api/contract-dossiers.ts';
import { AGES, APOLOGIES, CHASED, GROUPS } from '../http/dossier-schemas.ts';

/** How a list is ordered; `-` before it turns it round. */
export type SortOrder = DossierSort | `-${DossierSort}`;

const SORTS = [
  'due',
  '-due',
  'accepted',
  '-accepted',
  'finished',
  '-finished',
  'unit',
  '-unit',
  'procedure',
  '-procedure',
] as const satisfies readonly SortOrder[];

/** Which dossiers a list holds: those of a group, or all, whatever their state. */
export type ListedState = DossierGroup | 'all';
export const STATES = ['all', ...GROUPS] as const satisfies readonly ListedState[];

/** The parts of a filter that are any text. Instants are ISO texts, as they travel. */
const FREE = [
  'unit',
  'at',
  'known_at',
  'procedure',
  'field',
  'channel',
  'handler',
  'step',
  'ids',
  'q',
  'accepted_from',
  'accepted_to',
  'finished_from',
  'finished_to',
  'due_from',
  'due_to',
  'own',
] as const satisfies readonly (keyof DossierFilter)[];
type FreeKey = (typeof FREE)[number];

/**
 * What the desk shows, kept in the address under the names that the API knows, so that a link from a board needs no translation and a
 * list can be sent to a colleague.
 */
export interface DeskFilter extends Partial<Record<FreeKey, string>> {
  rule: 'province' | '766';
  state: ListedState;
  age?: DueAge | undefined;
  /** Overdue dossiers by whether a slip of apology was sent. */
  apology?: Apology | undefined;
  /** Whether a chase about them is open. */
  chased?: Chased | undefined;
  sort: SortOrder;
}

/** A change of a filter; undefined takes a part away. */
export type FilterChange = Partial<DeskFilter>;

/** Longest page that the API gives. */
export const PAGE_ROWS = 200;

/** The first value of a parameter that is not empty. */
export function one(value: LocationQuery[string] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === null || text === undefined || text === '' ? undefined : text;
}

/** Whether all dossiers of a state are still in progress. */
function isOpen(state: ListedState): boolean {
  return state.startsWith('open') || state === 'running' || state === 'paused';
}

function defaultSort(state: ListedState): SortOrder {
  if (state.startsWith('finished')) return '-finished';
  return isOpen(state) ? 'due' : '-accepted';
}

/** The state of a list that says none: what is searched for may stand anywhere; an age is of open dossiers; else it is what is to be done, the overdue. */
export function defaultState({ q, age }: Pick<DeskFilter, 'q' | 'age'>): ListedState {
  if (age) return 'open';
  return q === undefined ? 'open_overdue' : 'all';
}

/** Reads the filter of an address. What it does not say, or says wrongly, is the default: overdue dossiers by the province's rule. */
export function readFilter(query: LocationQuery): DeskFilter {
  const free: Partial<Record<FreeKey, string>> = {};
  for (const key of FREE) {
    const text = one(query[key]);
    if (text !== undefined) free[key] = text;
  }
  const age = AGES.find((known) => known === one(query.age));
  const apology = APOLOGIES.find((known) => known === one(query.apology));
  const chased = CHASED.find((known) => known === one(query.chased));
  const state = STATES.find((known) => known === one(query.state)) ?? defaultState({ q: free.q, age });
  return {
    ...free,
    rule: one(query.rule) === '766' ? '766' : 'province',
    state,
    age,
    apology,
    chased,
    sort: SORTS.find((known) => known === one(query.sort)) ?? defaultSort(state),
  };
}

/** The parameters of a filter as they stand in an address, without its order and without `leave`. */
function written(filter: DeskFilter, leave: readonly (keyof DeskFilter)[] = []): URLSearchParams {
  const found = new URLSearchParams();
  for (const key of ['state', 'rule', 'age', 'apology', 'chased', ...FREE] as const) {
    const value = filter[key];
    if (value !== undefined && value !== '' && !leave.includes(key)) found.set(key, value);
  }
  return found;
}

/** The parameters of a filter as they are asked for: the API gives all states where none is said. */
function params(filter: DeskFilter, leave: readonly (keyof DeskFilter)[] = []): URLSearchParams {
  return written(filter, filter.state === 'all' ? [...leave, 'state'] : leave);
}

/** The address of a filter; `query` is the present one: what is not the filter's in it (theme, open dossier) is kept. */
export function writeFilter(filter: DeskFilter, query: LocationQuery): LocationQueryRaw {
  // a figure was counted by the filter that it led to, not by another
  const own = new Set<string>([...FREE, 'state', 'rule', 'age', 'apology', 'chased', 'sort', 'figure']);
  const kept = Object.fromEntries(Object.entries(query).filter(([key]) => !own.has(key)));
  const said = Object.fromEntries(written(filter, filter.rule === 'province' ? ['rule'] : []));
  return { ...kept, ...said, ...(filter.sort === defaultSort(filter.state) ? {} : { sort: filter.sort }) };
}

/** A filter after a change. Another state takes its own order; an age is of open dossiers only, an apology of overdue ones. */
export function changeFilter(filter: DeskFilter, change: FilterChange): DeskFilter {
  const next = { ...filter, ...change };
  if (change.age !== undefined && change.state === undefined) next.state = 'open';
  if (change.apology !== undefined && change.state === undefined) next.state = 'open_overdue';
  if (next.age !== undefined && !isOpen(next.state)) next.age = undefined;
  // those of the unit itself: of another unit it would be another question
  if (change.unit !== undefined && change.own === undefined) next.own = undefined;
  if (next.state !== 'open' && next.state !== 'open_overdue') next.apology = undefined;
  if (next.state !== filter.state && change.sort === undefined) next.sort = defaultSort(next.state);
  return next;
}

/** The request of a page of the list. */
export function listUrl(filter: DeskFilter, after?: string): string {
  const found = params(filter);
  found.set('sort', filter.sort);
  found.set('limit', String(PAGE_ROWS));
  if (after !== undefined) found.set('after', after);
  return `/api/dossiers?${found.toString()}`;
}

/** The same filter now, whatever instant it is of: how many its list has. */
export function presentCountUrl(filter: DeskFilter): string {
  return countUrl({ ...filter, at: undefined, known_at: undefined });
}

/** A filter in every state: the rest of it is what is looked for. */
export const IN_EVERY_STATE: FilterChange = { state: 'all', age: undefined, apology: undefined, chased: undefined };

/** How many a filter holds. */
export function countUrl(filter: DeskFilter): string {
  const found = params(filter);
  found.set('limit', '1');
  return `/api/dossiers?${found.toString()}`;
}

/** What a breakdown leaves out of the filter: its own part, so that it offers the alternatives. Units are gone down into instead. */
const OWN_PART: Record<SummaryBy, readonly (keyof DeskFilter)[]> = {
  unit: [],
  procedure: ['procedure'],
  field: ['field'],
  channel: ['channel'],
  handler: ['handler'],
  step: ['step'],
  age: ['age'],
  apology: ['apology'],
  chased: ['chased'],
};

/** The request of the counts by group, or of their breakdown. */
export function summaryUrl(filter: DeskFilter, by?: SummaryBy): string {
  const found = params(filter, ['state', ...(by === undefined ? (['age', 'apology'] as const) : OWN_PART[by])]);
  if (by !== undefined) found.set('group_by', by);
  return `/api/dossiers/summary?${found.toString()}`;
}

/** The file of the list, or of its summary by unit (Biểu 06a). */
export function exportUrl(filter: DeskFilter, what: 'list' | 'summary', format: 'csv' | 'xlsx'): string {
  if (what === 'summary') {
    const found = params(filter, ['state', 'age', 'apology']);
    found.set('group_by', 'unit');
    return `/api/dossiers/summary.${format}?${found.toString()}`;
  }
  return `/api/dossiers/export.${format}?${params(filter).toString()}`;
}

type Instant = Pick<DeskFilter, 'at' | 'known_at'>;

/** The request of one dossier, at the instant that the list is of; of this unit, where several use the number. */
export function dossierUrl(id: string, filter: Instant, unit?: string): string {
  return withInstant(`/api/dossiers/${encodeURIComponent(id)}`, filter, unit ? { unit } : {});
}

/** The request of the slip of apology of a dossier. */
export function apologyUrl(id: string, filter: Instant, unit?: string): string {
  return withInstant('/api/apologies', filter, { dossier: id, ...(unit && { unit }) });
}

/** The request of the chases that ask about a dossier. */
export function chasesUrl(id: string, filter: Instant, unit?: string): string {
  return withInstant('/api/chases', filter, { dossier: id, ...(unit && { unit }) });
}

function withInstant(path: string, filter: Instant, others: Record<string, string> = {}): string {
  const found = new URLSearchParams(others);
  if (filter.at !== undefined) found.set('at', filter.at);
  if (filter.known_at !== undefined) found.set('known_at', filter.known_at);
  const query = found.toString();
  return query === '' ? path : `${path}?${query}`;
}
