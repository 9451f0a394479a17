import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { DossierGroup, SummaryLine, SummaryReply } from '../../contract-dossiers.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { toRecords } from '../records.ts';
import { isLive } from '../../lens.ts';
import { FilterSchema, isPlain } from './filter.ts';
import { DOSSIER_GROUPS, groupCounts, outcomesOf } from './outcome-groups.ts';
import { paramsOf, placeOf, type Place } from './place.ts';
import { apologySummaryQuery, KEPT_BY, keptSummaryQuery, SUMMARY_BY, summaryQuery } from './queries.ts';
import { querySet } from './query-set.ts';
import type { Rows } from '../../contract.ts';

/** What a summary is asked with. */
export const SummaryQuerySchema = FilterSchema.extend({
  group_by: z.enum(SUMMARY_BY).optional().describe('one line in all when absent'),
});

/** Counts of all groups, as they are replied. */
export const CountsSchema = z.record(z.enum(DOSSIER_GROUPS), z.int());

const SummarySchema = z.object({
  at: z.number().describe('the instant that it is true for'),
  rule: z.enum(RULE_IDS),
  by: z.enum(SUMMARY_BY).nullable(),
  lines: z.array(z.object({ key: z.string(), label: z.string(), counts: CountsSchema })),
}) satisfies z.ZodType<SummaryReply>;

const KeySchema = z.object({ key: z.string(), label: z.string() });
const OutcomesSchema = z.record(z.enum(OUTCOMES), z.int());

function isKeptBy(by: string): boolean {
  return by === '' || KEPT_BY.some((kept) => kept === by);
}

/**
 * The rows of summary.sql as they are replied; paths of units become codes, with the unit's name. Of a group only its outcomes are
 * counted, and lines without any are left out.
 */
export function readSummary(answer: Rows, { units }: Pick<Place, 'units'>, group?: DossierGroup): SummaryLine[] {
  const counted = new Set<string>(group === undefined ? OUTCOMES : outcomesOf(group));
  const byPath = new Map(units.units.map((unit) => [unit.path, unit]));
  return toRecords(answer).flatMap((record) => {
    const { key, label } = KeySchema.parse(record);
    const counts = OutcomesSchema.parse(
      Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counted.has(outcome) ? record[outcome] : 0])),
    );
    if (Object.values(counts).every((count) => count === 0)) return [];
    const unit = byPath.get(key);
    return [{ key: unit?.code ?? key, label: unit?.name ?? label, counts: groupCounts(counts) }];
  });
}

/** How many dossiers are in each group: the counts of the lists. */
export default function summaryRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = summaryQuery();
  const byApology = apologySummaryQuery();
  const kept = keptSummaryQuery();
  app.get(
    '/dossiers/summary',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'How many dossiers are in each group',
        querystring: SummaryQuerySchema,
        response: { 200: SummarySchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async ({ query: { group_by, ...filter } }) => {
      const place = placeOf(app, filter);
      const by = group_by ?? '';
      const isKept = isLive(place.lens) && isPlain(filter) && isKeptBy(by);
      const [asked, params] = isKept
        ? [kept, { rule: filter.rule, by }]
        : [querySet(by === 'apology' ? byApology : query, filter, place), { ...paramsOf(place, filter), by }];
      const answer = await app.gate.pass(() => app.store.run(asked, params, place.lens));
      const lines = readSummary(answer, place, filter.state);
      return { at: answer.at, rule: filter.rule, by: group_by ?? null, lines };
    },
  );
}
