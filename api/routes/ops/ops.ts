import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';

const OkSchema = z.object({ ok: z.literal(true) });
const ReadySchema = z.object({ ok: z.literal(true), boards: z.int(), faults: z.int(), now: z.number() });

/** For those who run the machine: is the process up, can it answer, what does it count. */
export default function opsRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/api/health',
    {
      config: { access: 'public' },
      schema: { tags: ['operations'], summary: 'The process is up', response: { 200: OkSchema } },
    },
    () => ({ ok: true as const }),
  );
  app.get(
    '/api/ready',
    {
      config: { access: 'public' },
      schema: {
        tags: ['operations'],
        summary: 'The database answers and boards are loaded',
        response: { 200: ReadySchema, 503: FailureSchema },
      },
    },
    async () => {
      await app.store.ping();
      const { boards } = app.book.dashboards();
      if (boards.size === 0) throw new IocError('IOC_NOT_READY', 'no board is loaded');
      return { ok: true as const, boards: boards.size, faults: app.book.faults().length, now: app.clock() };
    },
  );
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    // counts of everything: for those who see everything
    if (sessionOf(request).scope !== app.book.dashboards().province.units.root.path)
      throw new IocError('IOC_FORBIDDEN');
    return reply.type(app.metrics.registry.contentType).send(await app.metrics.registry.metrics());
  });
}
