import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { namedFigures } from '#dashboards/schema/reconciliation.ts';
import { PeriodSchema } from '#ingest/schema/entry.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import type { ReconciliationCount, ReconciliationLine, ReconciliationReply } from '../../contract-reconciliation.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import type { Params } from '../../store.ts';
import { placeOf, type Place } from '../dossiers/place.ts';
import { toRecords } from '../records.ts';
import { byDifference } from './compare.ts';
import { createCounter, listOf } from './counted.ts';
import { readStated, unitsBelow } from './figures.ts';
import { lineOf, type NamedRule } from './lines.ts';
import { monthOf, spanOfPeriod, type PeriodSpan } from './period.ts';
import { reconciliationQueries, type ReconciliationQueries } from './queries.ts';
import { describeRule, ReconciliationReplySchema } from './reply.ts';

const FirstHeardSchema = z.object({ unit: z.string(), since: z.number() });

/** Đối soát: what is stated against its parts, against the units below, and against our own count. */
export default function reconciliationRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const queries = reconciliationQueries();
  const slow = new Map<string, number>();
  app.get(
    '/reconciliations',
    {
      schema: {
        tags: ['reconciliations'],
        summary: 'Which stated figures add up, and which differ',
        querystring: z.strictObject({
          unit: z.string().max(64).optional(),
          period: PeriodSchema.optional().describe(
            '`2026`, `2026-H1`, `2026-Q4`, `2026-11`, a day; when absent the one stated last, this month when none is',
          ),
        }),
        response: { 200: ReconciliationReplySchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request): Promise<ReconciliationReply> => {
      const { unit, period } = request.query;
      const place = placeOf(request, { unit });
      const { zone } = app.book.dashboards().province.calendar;
      const rules = [...app.book.dashboards().reconciliations];
      const metrics = rules.flatMap(([, rule]) => namedFigures(rule).map(({ figure }) => figure.metric)).join(',');
      const periods = toRecords(await ask('periods', place, { metrics })).map((record) => String(record.period));
      const asked = period ?? periods[0] ?? monthOf(place.at, zone);
      const answer = await ask('stated', place, { period: asked, metrics });
      const countsOf = ownCounts(request, place, spanIn(asked, zone), zone);
      const known = { units: place.units, figure: readStated(answer), countsOf };
      const looked = [place.unit, ...unitsBelow(place.units, place.unit)];
      const lines = await Promise.all(looked.flatMap((each) => rules.map((rule) => lineOf(rule, each, known))));
      return {
        at: answer.at,
        unit: place.unit.code,
        period: asked,
        rules: rules.map(describeRule),
        lines: lines.filter((line) => line !== undefined).sort(inOrder),
        periods,
      };
    },
  );

  const ask = (name: keyof ReconciliationQueries, { lens }: Pick<Place, 'lens'>, params: Params = {}) =>
    app.gate.pass(() => app.store.run(queries[name], params, lens));

  /** Our own counts for a rule and a unit; asked of the database when the first rule needs them. */
  const ownCounts = (request: FastifyRequest, place: Place, span: PeriodSpan, zone: string) => {
    const count = createCounter({ request, unit: place.unit.code, slow });
    let heard: Promise<Map<string, number>> | undefined;
    const firstHeard = async () => {
      const rows = toRecords(await ask('firstHeard', place)).map((record) => FirstHeardSchema.parse(record));
      return new Map(rows.map(({ unit, since }) => [unit, since]));
    };
    return async ([, rule]: NamedRule, unit: PlacedUnit): Promise<ReconciliationCount[]> => {
      if (rule.kind !== 'ours') return [];
      const isWhole = unit === place.unit;
      const since = await (heard ??= firstHeard());
      const first = isWhole ? Math.min(...since.values()) : (since.get(unit.path) ?? Infinity);
      return Promise.all(
        [rule.count, ...(rule.of ? [rule.of] : [])].map(async (counted) => {
          const list = listOf(counted, rule.rule, span, { now: place.at, zone });
          const query = { ...list, unit: unit.code };
          // nothing is known of a time before the first dossier: that is missing, not 0
          if (first >= span.until) return { count: null, missing: 'no_dossier', query };
          const counts = await count(list);
          if (!counts) return { count: null, missing: 'too_slow', query };
          return { count: isWhole ? counts.whole : (counts.below.get(unit.code) ?? 0), missing: null, query };
        }),
      );
    };
  };
}

/** Greatest difference first; of what is incomplete, first what was stated and cannot be held against anything yet. */
function inOrder(left: ReconciliationLine, right: ReconciliationLine): number {
  return byDifference(left, right) || Number(left.stated.value === null) - Number(right.stated.value === null);
}

/** The span of a period. Throws `IOC_BAD_REQUEST` for a day that there is not. */
function spanIn(period: string, zone: string): PeriodSpan {
  try {
    return spanOfPeriod(period, zone);
  } catch {
    throw new IocError('IOC_BAD_REQUEST', `there is no ${period}`);
  }
}
