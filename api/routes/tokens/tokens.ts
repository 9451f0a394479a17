import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RoleSchema, ShownSchema, unitOfRole, UnitSchema } from '../../auth/account-rules.ts';
import { issueToken, LONGEST_DAYS } from '../../auth/issue-token.ts';
import type { TokenInfo } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { keeperOf } from '../session/enter.ts';

const InfoSchema = z.object({
  id: z.string(),
  shown: z.string(),
  role: RoleSchema,
  unit: z.string().nullable(),
  made_at: z.number(),
  made_by: z.string(),
  expires_at: z.number(),
  revoked: z.boolean(),
}) satisfies z.ZodType<TokenInfo>;
const failures = { 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 404: FailureSchema, 503: FailureSchema };
const config = { access: 'administer' } as const;

/** Service tokens, for administrators: what scripts and other systems ask with. */
export default function tokenRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['tokens'];

  app.get(
    '/tokens',
    { config, schema: { tags, summary: 'All service tokens', response: { 200: z.array(InfoSchema), ...failures } } },
    () => [...keeperOf(app).directory.tokens.values()].toSorted((a, b) => b.made_at - a.made_at),
  );

  app.post(
    '/tokens',
    {
      config,
      schema: {
        tags,
        summary: 'Issues a service token; its text is in this reply and nowhere else',
        body: z.strictObject({
          shown: ShownSchema,
          role: RoleSchema,
          unit: UnitSchema.optional(),
          days: z.int().min(1).max(LONGEST_DAYS),
        }),
        response: { 201: InfoSchema.extend({ token: z.string() }), ...failures },
      },
    },
    async (request, reply) => {
      const { shown, role, days } = request.body;
      const keeper = keeperOf(app);
      const unit = unitOfRole(role, request.body.unit, app.book.dashboards().province.units);
      const subject = randomUUID();
      const { token, event } = issueToken({
        subject,
        shown,
        role,
        unit,
        days,
        actor: sessionOf(request).actor,
        now: Date.now(),
      });
      await keeper.keep([event]);
      const issued = keeper.directory.tokens.get(subject);
      if (!issued) throw new IocError('IOC_INTERNAL');
      request.acted = { target: subject };
      reply.code(201);
      return { ...issued, token };
    },
  );

  app.delete(
    '/tokens/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Revokes a service token',
        params: z.object({ id: z.string().max(64) }),
        response: { 204: z.null(), ...failures },
      },
    },
    async (request, reply) => {
      const keeper = keeperOf(app);
      const token = keeper.directory.tokens.get(request.params.id);
      if (!token) throw new IocError('IOC_TOKEN_UNKNOWN');
      request.acted = { target: token.id };
      const { actor } = sessionOf(request);
      await keeper.keep([{ type: 'token.revoked', subject: token.id, actor, data: {} }]);
      return reply.code(204).send(null);
    },
  );
}
