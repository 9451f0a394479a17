import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { TrailPage } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { AuditRowSchema } from '../../trail/audit-event.ts';

const PageSchema = z.object({
  rows: z.array(AuditRowSchema.omit({ prev_hash: true, hash: true })),
  next: z.string().nullable().describe('`before` of the page after; null when there is none'),
}) satisfies z.ZodType<TrailPage>;

/** What was done, for administrators. */
export default function trailRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/trail',
    {
      config: { access: 'administer' },
      schema: {
        tags: ['accounts'],
        summary: 'What accounts, tokens and visitors did, the newest first',
        querystring: z.strictObject({
          account: z.string().max(64).optional().describe('id of an account, a session or a token'),
          action: z.string().max(128).optional(),
          before: z.string().max(128).optional().describe('`next` of the page before'),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: PageSchema, 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      if (!app.readTrail) throw new IocError('IOC_NOT_FOUND', 'nothing is noted here');
      return app.readTrail(request.query);
    },
  );
}
