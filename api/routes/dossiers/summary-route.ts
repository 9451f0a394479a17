import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { SummaryLine, SummaryReply } from '../../contract-dossiers.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { toRecords } from '../records.ts';
import { FilterSchema } from './filter.ts';
import { querySet } from './list-route.ts';
import { DOSSIER_GROUPS, groupCounts } from './outcome-groups.ts';
import { paramsOf, placeOf, type Place } from './place.ts';
import { SUMMARY_BY, summaryQuery } from './queries.ts';
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

/** The rows of summary.sql as they are replied; paths of units become codes, with the unit's name. */
export function readSummary(answer: Rows, { units }: Pick<Place, 'units'>): SummaryLine[] {
  const byPath = new Map(units.units.map((unit) => [unit.path, unit]));
  return toRecords(answer).map((record) => {
    const { key, label } = KeySchema.parse(record);
    const counts = OutcomesSchema.parse(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, record[outcome]])));
    const unit = byPath.get(key);
    return { key: unit?.code ?? key, label: unit?.name ?? label, counts: groupCounts(counts) };
  });
}

/** How many dossiers are in each group: the counts of the lists. */
export default function summaryRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = summaryQuery();
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
      const params = { ...paramsOf(place, filter), by: group_by ?? '' };
      const answer = await app.gate.pass(() => app.store.run(querySet(query, filter), params, place.lens));
      return { at: answer.at, rule: filter.rule, by: group_by ?? null, lines: readSummary(answer, place) };
    },
  );
}
