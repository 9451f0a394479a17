import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { UnitFigures } from '../../contract-units.ts';
import type { SummaryLine } from '../../contract-dossiers.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { CountsSchema, readSummary } from '../dossiers/summary-route.ts';
import { FilterSchema } from '../dossiers/filter.ts';
import { DOSSIER_GROUPS } from '../dossiers/outcome-groups.ts';
import { paramsOf, placeOf } from '../dossiers/place.ts';
import { keptSummaryQuery, runKeptSummary, summaryQuery } from '../dossiers/summary-query.ts';
import { isLive } from '../../lens.ts';
import { toInfo, UnitInfoSchema } from '../province/province.ts';

const counts = CountsSchema.nullable().describe('null: no dossier is known');
const UnitSchema = z.object({
  at: z.number(),
  rule: z.enum(RULE_IDS),
  unit: UnitInfoSchema,
  counts,
  own: counts,
  unknown: counts,
  children: z.array(z.object({ unit: UnitInfoSchema, counts })),
}) satisfies z.ZodType<UnitFigures>;

/** A unit: where its dossiers stand, and those of the units right below it. */
export default function unitRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { all: summary } = summaryQuery('unit');
  const kept = keptSummaryQuery('unit');
  app.get(
    '/units/:code',
    {
      schema: {
        tags: ['units'],
        summary: 'Where the dossiers of a unit stand',
        params: z.object({ code: z.string().max(64) }),
        querystring: FilterSchema.pick({ at: true, known_at: true, rule: true }),
        response: { 200: UnitSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const {
        params: { code },
        query,
      } = request;
      const filter = { ...query, unit: code };
      const place = placeOf(request, filter);
      const { lens } = place;
      const answer = await app.gate.pass(() =>
        kept && isLive(lens)
          ? runKeptSummary(app.store, kept, { rule: filter.rule }, lens)
          : app.store.run(summary, paramsOf(place, filter), lens),
      );
      const lines = readSummary(answer, place);
      const byCode = new Map(lines.map((line) => [line.key, line.counts]));
      return {
        at: answer.at,
        rule: filter.rule,
        unit: toInfo(place.unit),
        counts: sumOf(lines),
        own: byCode.get(place.unit.code) ?? null,
        // keys of paths that are not in the tree stay paths
        unknown: sumOf(lines.filter(({ key }) => place.units.byCode(key) === undefined)),
        children: place.units.units
          .filter(({ parent }) => parent === place.unit.code)
          .map((child) => ({ unit: toInfo(child), counts: byCode.get(child.code) ?? null })),
      };
    },
  );
}

/** Counts of some lines together; null of none. */
function sumOf(lines: readonly SummaryLine[]): z.output<typeof CountsSchema> | null {
  if (lines.length === 0) return null;
  const total = (group: (typeof DOSSIER_GROUPS)[number]) => lines.reduce((sum, { counts: one }) => sum + one[group], 0);
  return CountsSchema.parse(Object.fromEntries(DOSSIER_GROUPS.map((group) => [group, total(group)])));
}
