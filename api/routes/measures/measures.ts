import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { namedFigures } from '#dashboards/schema/reconciliation.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/** What readings and entries measure, by name. */
export default function measureRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/measures',
    {
      schema: {
        tags: ['readings'],
        summary: 'Names of what is measured, by metric',
        response: { 200: z.record(z.string(), TextSchema) },
      },
    },
    () => {
      const { measures, reconciliations } = app.book.dashboards();
      const stated = [...reconciliations.values()].flatMap(namedFigures);
      return Object.fromEntries([...stated.map(({ figure }) => [figure.metric, figure.name] as const), ...measures]);
    },
  );
}
