import type { FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import type { RuleId } from '#ingest/dossier/rules.ts';
import type { DossierCount } from '#dashboards/schema/reconciliation.ts';
import type { SummaryLine } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FilterSchema } from '../dossiers/filter.ts';
import { querySet } from '../dossiers/query-set.ts';
import { isOpenGroup } from '../dossiers/outcome-groups.ts';
import { paramsOf, placeOf } from '../dossiers/place.ts';
import { summaryQuery } from '../dossiers/summary-query.ts';
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

/** What a counter counts with. `slow` is shared by all: lists that took too long, and until when they are not asked again (epoch ms). */
export interface CounterOptions {
  request: FastifyRequest;
  unit: string;
  slow: Map<string, number>;
}

/** How long a list that took too long is left alone: what is open at a past instant is a fold of everything, and would take as long again. */
const REST_MS = 300_000;

/**
 * Makes the counter: lists that differ by their state only are counted by one question, in the words of the summaries. Undefined for one that
 * takes too long; throws otherwise as they do.
 */
export function createCounter({
  request,
  unit,
  slow,
}: CounterOptions): (list: CountedList) => Promise<OwnCounts | undefined> {
  const known = new Map<string, Promise<SummaryLine[] | undefined>>();
  const app = request.server;
  const query = summaryQuery('unit');
  const ask = async (list: CountedList): Promise<SummaryLine[]> => {
    const filter = FilterSchema.parse({ ...list, unit });
    const place = placeOf(request, filter);
    const params = paramsOf(place, filter);
    const answer = await app.gate.pass(() => app.store.run(querySet(query, filter, place), params, place.lens));
    return readSummary(answer, place, filter.state);
  };
  const askOnce = async (name: string, list: CountedList): Promise<SummaryLine[] | undefined> => {
    const rests = slow.get(name);
    if (rests !== undefined && rests > app.clock()) return undefined;
    slow.delete(name);
    try {
      return await ask(list);
    } catch (error) {
      if (!(error instanceof IocError) || error.code !== 'IOC_QUERY_TIMEOUT') throw error;
      slow.set(name, app.clock() + REST_MS);
      return undefined;
    }
  };
  return async (list) => {
    const { state } = list;
    const widest: CountedList = { ...list, state: widestOf(state) };
    const name = JSON.stringify({ ...widest, unit });
    const asked = known.get(name) ?? askOnce(name, widest);
    known.set(name, asked);
    const lines = (await asked)?.map(({ key, counts }) => [key, counts[state]] as const);
    return lines && { whole: lines.reduce((sum, [, some]) => sum + some, 0), below: new Map(lines) };
  };
}

/** The state that holds all those of the same list. */
function widestOf(state: DossierCount['state']): DossierCount['state'] {
  if (isOpenGroup(state)) return 'open';
  return state === 'received' ? state : 'finished';
}
