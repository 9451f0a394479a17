import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import type { RuleId } from '#ingest/dossier/rules.ts';
import type { DossierCount } from '#dashboards/schema/reconciliation.ts';
import { FilterSchema } from '../dossiers/filter.ts';
import { querySet } from '../dossiers/list-route.ts';
import { isOpenGroup } from '../dossiers/outcome-groups.ts';
import { paramsOf, placeOf } from '../dossiers/place.ts';
import { summaryQuery } from '../dossiers/queries.ts';
import { readSummary } from '../dossiers/summary-route.ts';
import type { PeriodSpan } from './period.ts';

/** The parameters of the list that a count is of, as the desk has them, but for the unit. */
export type CountedList = Readonly<Record<string, string>>;

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

/** Makes the counter: it asks once for each list, by the words of the summaries. Throws as they do. */
export function createCounter(app: FastifyInstance, unit: string): (list: CountedList) => Promise<OwnCounts> {
  const known = new Map<string, Promise<OwnCounts>>();
  const query = summaryQuery();
  const count = async (list: CountedList): Promise<OwnCounts> => {
    const filter = FilterSchema.parse({ ...list, unit });
    const place = placeOf(app, filter);
    const params = { ...paramsOf(place, filter), by: 'unit' };
    const answer = await app.gate.pass(() => app.store.run(querySet(query, filter), params, place.lens));
    const { state = 'received' } = filter;
    const lines = readSummary(answer, place, state).map(({ key, counts }) => [key, counts[state]] as const);
    return { whole: lines.reduce((sum, [, some]) => sum + some, 0), below: new Map(lines) };
  };
  return (list) => {
    const name = JSON.stringify(list);
    const counted = known.get(name) ?? count(list);
    known.set(name, counted);
    return counted;
  };
}
