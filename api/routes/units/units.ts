import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { UnitFigures } from '../../contract.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf, unitInScope } from '../../session.ts';
import { CountsSchema } from '../dossiers/dossiers.ts';
import { summaryQuery } from '../dossiers/queries.ts';
import { LensQuerySchema, lensOf } from '../lens-query.ts';
import { toInfo, UnitInfoSchema } from '../province/province.ts';
import { toRecords } from '../records.ts';

const counts = CountsSchema.nullable().describe('null: no dossier is known');
const UnitSchema = z.object({
  at: z.number(),
  unit: UnitInfoSchema,
  counts,
  children: z.array(z.object({ unit: UnitInfoSchema, counts })),
}) satisfies z.ZodType<UnitFigures>;

/** A unit: where its dossiers stand, and those of the units right below it. */
export default function unitRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const summary = summaryQuery();
  app.get(
    '/units/:code',
    {
      schema: {
        tags: ['units'],
        summary: 'Where the dossiers of a unit stand',
        params: z.object({ code: z.string().max(64) }),
        querystring: LensQuerySchema.omit({ unit: true }),
        response: { 200: UnitSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async ({ params, query }) => {
      const { units } = app.book.dashboards().province;
      const unit = unitInScope(sessionOf(units), units, params.code);
      const answer = await app.gate.pass(() => app.store.run(summary, {}, lensOf(unit, query, app.clock())));
      const byPath = new Map(toRecords(answer).map((row) => [row.unit_path, CountsSchema.parse(row)]));
      return {
        at: answer.at,
        unit: toInfo(unit),
        counts: byPath.get(unit.path) ?? null,
        children: units.units
          .filter(({ parent }) => parent === unit.code)
          .map((child) => ({ unit: toInfo(child), counts: byPath.get(child.path) ?? null })),
      };
    },
  );
}
