import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import type { RuleId } from '#ingest/dossier/rules.ts';
import type { DossierCount } from '#dashboards/schema/reconciliation.ts';
import type { SummaryLine } from '../../contract-dossiers.ts';
import { FilterSchema } from '../dossiers/filter.ts';
import { querySet } from '../dossiers/list-route.ts';
import { isOpenGroup } from '../dossiers/outcome-groups.ts';
import { paramsOf, placeOf } from '../dossiers/place.ts';
import { summaryQuery } from '../dossiers/queries.ts';
import { readSummary } from '../dossiers/summary-route.ts';
import type { PeriodSpan } from './period.ts';

/** The parameters of the list that a count is of, as the desk has them, but for the unit. */
export interface CountedList extends Readonly<Record<string, string>> {
  readonly state: DossierCount['state'];
}

/** Our own counts of one list: of the whole scope, and by code of the units right below it that have any. */
export interface OwnCounts {
  whole: number;
  below: ReadonlyMap<string, number>;
}

/**
 * The list of a count for a period: accepted in it, finished in it, or open at its end. The end is the present instant while the period
 * lasts, and then no part of the list.
 */
export function listOf(
  { state, channel }: DossierCount,
  rule: RuleId,
  { since, until }: PeriodSpan,
  { now, zone }: { now: number; zone: string },
): CountedList {
  const iso = (instant: number) => DateTime.fromMillis(instant, { zone }).toISO() ?? '';
  const when = state === 'received' ? 'accepted' : 'finished';
  return {
    state,
    rule,
    ...(channel !== undefined && { channel: String(channel) }),
    ...(!isOpenGroup(state) && { [`${when}_from`]: iso(since), [`${when}_to`]: iso(until) }),
    ...(isOpenGroup(state) && until <= now && { at: iso(until - 1) }),
  };
}

/** Makes the counter: lists that differ by their state only are counted by one question, in the words of the summaries. Throws as they do. */
export function createCounter(app: FastifyInstance, unit: string): (list: CountedList) => Promise<OwnCounts> {
  const known = new Map<string, Promise<SummaryLine[]>>();
  const query = summaryQuery();
  const ask = async (list: CountedList): Promise<SummaryLine[]> => {
    const filter = FilterSchema.parse({ ...list, unit });
    const place = placeOf(app, filter);
    const params = { ...paramsOf(place, filter), by: 'unit' };
    const answer = await app.gate.pass(() => app.store.run(querySet(query, filter), params, place.lens));
    return readSummary(answer, place, filter.state);
  };
  return async (list) => {
    const { state } = list;
    const widest: CountedList = { ...list, state: widestOf(state) };
    const name = JSON.stringify(widest);
    const asked = known.get(name) ?? ask(widest);
    known.set(name, asked);
    const lines = (await asked).map(({ key, counts }) => [key, counts[state]] as const);
    return { whole: lines.reduce((sum, [, some]) => sum + some, 0), below: new Map(lines) };
  };
}

/** The state that holds all those of the same list. */
function widestOf(state: DossierCount['state']): DossierCount['state'] {
  if (isOpenGroup(state)) return 'open';
  return state === 'received' ? state : 'finished';
}
