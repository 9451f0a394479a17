import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OUTCOMES, type Outcome } from '#ingest/dossier/outcome.ts';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { DossierGroup, SummaryLine, SummaryReply } from '../../contract-dossiers.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { UNKNOWN_UNIT } from '../../session.ts';
import { toRecords } from '../records.ts';
import { isLive } from '../../lens.ts';
import { FilterSchema, isPlain } from './filter.ts';
import { DOSSIER_GROUPS, groupCounts, noCounts, outcomesOf } from './outcome-groups.ts';
import { paramsOf, placeOf, type Place } from './place.ts';
import { SUMMARY_BY } from './queries.ts';
import { querySet } from './query-set.ts';
import { MOST_LINES, runKeptSummary, summaryQueries } from './summary-query.ts';
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

const CountSchema = z.object({ key: z.string(), label: z.string(), outcome: z.enum(OUTCOMES), dossiers: z.int() });

/**
 * The rows of summary.sql as they are replied, the longest line first; paths of units become codes, with the unit's name. Of a group
 * only its outcomes are counted, and lines without any are left out.
 */
export function readSummary(answer: Rows, { units }: Pick<Place, 'units'>, group?: DossierGroup): SummaryLine[] {
  const counted = new Set<string>(group === undefined ? OUTCOMES : outcomesOf(group));
  const lines = new Map<string, { label: string; total: number; counts: Record<Outcome, number> }>();
  for (const record of toRecords(answer)) {
    const { key, label, outcome, dossiers } = CountSchema.parse(record);
    if (!counted.has(outcome) || dossiers === 0) continue;
    const line = lines.get(key) ?? { label, total: 0, counts: noCounts() };
    lines.set(key, line);
    if (label > line.label) line.label = label;
    line.total += dossiers;
    line.counts[outcome] += dossiers;
  }
  const byPath = new Map(units.units.map((unit) => [unit.path, unit]));
  return [...lines]
    .toSorted(([a, { total }], [b, { total: other }]) => other - total || (a < b ? -1 : 1))
    .slice(0, MOST_LINES)
    .map(([key, { label, counts }]) => {
      const unit = byPath.get(key);
      // the units that are not in the tree are asked for together
      const code = key === units.unknownPath ? UNKNOWN_UNIT : key;
      return { key: unit?.code ?? code, label: unit?.name ?? label, counts: groupCounts(counts) };
    });
}

/** How many dossiers are in each group: the counts of the lists. */
export default function summaryRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const summaries = summaryQueries();
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
    async (request) => {
      const {
        query: { group_by, ...filter },
      } = request;
      const place = placeOf(request, filter);
      const { written, kept } = summaries(group_by ?? 'total');
      const { lens } = place;
      const isKept = kept && isLive(lens) && isPlain(filter);
      const answer = await app.gate.pass(() =>
        isKept
          ? runKeptSummary(app.store, kept, { rule: filter.rule }, lens)
          : app.store.run(querySet(written, filter, place), paramsOf(place, filter), lens),
      );
      const lines = readSummary(answer, place, filter.state);
      return { at: answer.at, rule: filter.rule, by: group_by ?? null, lines };
    },
  );
}
