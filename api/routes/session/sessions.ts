import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OpenSession } from '../../auth/directory.ts';
import { may } from '../../auth/roles.ts';
import type { SessionInfo } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf, type Session } from '../../session.ts';
import { keeperOf } from './enter.ts';

const InfoSchema = z.object({
  id: z.string(),
  opened_at: z.number(),
  seen_at: z.number(),
  via: z.string(),
  address: z.string(),
  agent: z.string(),
  own: z.boolean(),
}) satisfies z.ZodType<SessionInfo>;

/** Open sessions: everybody sees and ends their own, an administrator those of all. */
export default function openSessionRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['session'];
  const failures = { 401: FailureSchema, 404: FailureSchema, 503: FailureSchema };
  const openOf = (account: string): OpenSession[] => {
    const { idle_ms, absolute_ms } = app.sessionLimits;
    const now = Date.now();
    return [...keeperOf(app).directory.sessions.values()].filter(
      (session) =>
        session.account === account && now - session.seen_at < idle_ms && now - session.opened_at < absolute_ms,
    );
  };
  const mayEnd = (session: Session, account: string) =>
    may(session.role, 'administer') || (session.account !== '' && session.account === account);

  app.get(
    '/sessions',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'Open sessions of the own account, or, for an administrator, of another',
        querystring: z.strictObject({ account: z.string().max(64).optional() }),
        response: { 200: z.array(InfoSchema), ...failures },
      },
    },
    (request) => {
      const session = sessionOf(request);
      const account = request.query.account ?? session.account;
      if (!mayEnd(session, account)) throw new IocError('IOC_SESSION_UNKNOWN');
      return openOf(account)
        .toSorted((a, b) => b.seen_at - a.seen_at)
        .map(({ id, opened_at, seen_at, via, address, agent }) => ({
          ...{ id, opened_at, seen_at, via, address, agent },
          own: id === session.id,
        }));
    },
  );

  app.delete(
    '/sessions/:id',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'Ends a session: one of the own, or, for an administrator, any',
        params: z.object({ id: z.string().max(64) }),
        response: { 204: z.null(), ...failures },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const open = keeperOf(app).directory.sessions.get(request.params.id);
      // a foreign one is answered like one that does not exist
      if (!open || !mayEnd(session, open.account)) throw new IocError('IOC_SESSION_UNKNOWN');
      request.acted = { target: keeperOf(app).directory.accounts.get(open.account)?.name ?? open.id };
      await keeperOf(app).keep([
        { type: 'session.ended', subject: open.id, actor: session.actor, data: { reason: 'ended' } },
      ]);
      return reply.code(204).send(null);
    },
  );
}
