import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { DOSSIER_STATES } from '../http/schemas.ts';
import type { DossierState } from '../http/schemas.ts';

/** What the desk shows: kept in the address, so that a list can be sent to a colleague. */
export interface DeskFilter {
  /** Code of a unit; undefined for everything the viewer may see. */
  unit: string | undefined;
  state: DossierState;
  /** Cursor of the page; undefined for the first. */
  after: string | undefined;
}

export const PAGE_ROWS = 100;

function one(value: LocationQuery[string] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === null || text === undefined || text === '' ? undefined : text;
}

/** Reads the filter of an address; what it does not say, or says wrongly, is the default: overdue dossiers of all units. */
export function readFilter(query: LocationQuery): DeskFilter {
  const state = one(query.state);
  return {
    unit: one(query.unit),
    state: DOSSIER_STATES.find((known) => known === state) ?? 'overdue',
    after: one(query.after),
  };
}

/** The address of a filter, with other parameters of `query` kept. */
export function writeFilter(filter: DeskFilter, query: LocationQuery): LocationQueryRaw {
  return { ...query, unit: filter.unit, state: filter.state, after: filter.after };
}

/** The request of a filter's page. */
export function listUrl(filter: DeskFilter): string {
  const params = new URLSearchParams({ state: filter.state, limit: String(PAGE_ROWS) });
  if (filter.unit !== undefined) params.set('unit', filter.unit);
  if (filter.after !== undefined) params.set('after', filter.after);
  return `/api/dossiers?${params.toString()}`;
}

/** The request of the counts beside the states. */
export function summaryUrl(filter: Pick<DeskFilter, 'unit'>): string {
  return filter.unit === undefined
    ? '/api/dossiers/summary'
    : `/api/dossiers/summary?${new URLSearchParams({ unit: filter.unit }).toString()}`;
}
