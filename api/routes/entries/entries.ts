import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EntryMetricSchema, PeriodSchema } from '#ingest/schema/entry.ts';
import type { PostEvents } from '../../actions/event-poster.ts';
import type { EntryRequest } from '../../contract-index.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf, unitInScope } from '../../session.ts';

/** Most figures of one request: a form of some pages. */
const MOST_FIGURES = 200;

const RequestSchema = z.strictObject({
  unit: z.string().max(64).optional(),
  period: PeriodSchema,
  figures: z
    .array(z.strictObject({ metric: EntryMetricSchema, value: z.number().nullable() }))
    .min(1)
    .max(MOST_FIGURES)
    .refine((figures) => new Set(figures.map(({ metric }) => metric)).size === figures.length, 'a metric stands twice'),
  note: z.string().trim().max(1_000).optional(),
}) satisfies z.ZodType<EntryRequest>;

/** Figures that people enter by hand: each is an event, and the newest of a unit, metric and period stands. */
export default function entryRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.post(
    '/entries',
    {
      schema: {
        tags: ['entries'],
        summary: 'Enters figures of a unit and a period by hand; null takes one back',
        body: RequestSchema,
        response: {
          201: z.object({ at: z.number(), stored: z.int() }),
          ...{ 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
        },
      },
    },
    async (request, reply) => {
      const {
        body: { unit, period, figures, note = '' },
      } = request;
      const { units } = app.book.dashboards().province;
      const session = sessionOf(request);
      const { code } = unitInScope(session, units, unit);
      request.acted = { target: period, unit: code };
      const at = app.clock();
      const { actor } = session;
      const stored = await post(
        figures.map(({ metric, value }) => ({
          id: randomUUID(),
          type: 'entry.made',
          subject: metric,
          unit: code,
          at,
          data: { metric, period, value, actor, note },
        })),
      );
      reply.code(201);
      return { at, stored };
    },
  );
}
