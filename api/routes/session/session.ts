import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NameSchema, PasswordSchema, ShownSchema } from '../../auth/account-rules.ts';
import type { Account } from '../../auth/directory.ts';
import type { Keeper } from '../../auth/keeper.ts';
import { hashPassword, isPassword } from '../../auth/password.ts';
import { may, ROLES } from '../../auth/roles.ts';
import { digest, makeSecret } from '../../auth/secret.ts';
import { createThrottle } from '../../auth/throttle.ts';
import type { LoginWays, Who } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { SESSION_COOKIE } from '../../plugins/auth.ts';
import { sessionOf, type Session } from '../../session.ts';

const WhoSchema = z.object({
  kind: z.enum(['account', 'token', 'screen', 'visitor']),
  actor: z.string(),
  role: z.enum(ROLES),
  unit: z.string(),
  may_act: z.boolean(),
  may_administer: z.boolean(),
}) satisfies z.ZodType<Who>;
const WaysSchema = z.object({ visitors: z.boolean(), accounts: z.boolean() }) satisfies z.ZodType<LoginWays>;
const failures = { 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 429: FailureSchema, 503: FailureSchema };
const isPublic = { access: 'public' } as const;
/** Everybody who is somebody: what a viewer does to their own session is no act on the province. */
const isOwn = { access: 'read' } as const;

/** Logging in and out, who one is, and the first account. */
export default function sessionRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const throttle = createThrottle();
  const tags = ['session'];
  const who = (session: Session): Who => ({
    kind: session.kind,
    actor: session.actor,
    role: session.role,
    unit: app.book.dashboards().province.units.units.find(({ path }) => path === session.scope)?.code ?? '',
    may_act: may(session.role, 'act'),
    may_administer: may(session.role, 'administer'),
  });
  const open = async (request: FastifyRequest, reply: FastifyReply, account: Account, via: string): Promise<Who> => {
    const secret = makeSecret();
    const keeper = keeperOf(app);
    const agent = (request.headers['user-agent'] ?? '').slice(0, 256);
    const data = { account: account.id, digest: digest(secret), via, address: request.ip, agent };
    const before = app.credentialsOf(request.headers).cookie;
    const old = before === undefined ? undefined : keeper.directory.sessionBy(digest(before));
    // whoever had the browser's cookie before this log-in has nothing of it afterwards
    await keeper.keep([
      ...(old
        ? [{ type: 'session.ended', subject: old.id, actor: account.shown, data: { reason: 'login' } } as const]
        : []),
      { type: 'session.opened', subject: randomUUID(), actor: account.shown, data },
    ]);
    setCookie(reply, request, secret, app.sessionLimits.absolute_ms);
    const session = app.identify({ cookie: secret });
    if (!session) throw new IocError('IOC_LOGIN_WRONG');
    request.session = session;
    return who(session);
  };

  app.get(
    '/session',
    { config: isOwn, schema: { tags, summary: 'Who is looking', response: { 200: WhoSchema, ...failures } } },
    (request) => who(sessionOf(request)),
  );

  app.get(
    '/session/ways',
    { config: isPublic, schema: { tags, summary: 'What can be logged in with', response: { 200: WaysSchema } } },
    () => ({ visitors: app.identify({}) !== undefined, accounts: app.keeper !== undefined }),
  );

  app.post(
    '/session',
    {
      config: isPublic,
      schema: {
        tags,
        summary: 'Logs in',
        body: z.strictObject({ name: z.string().max(64), password: z.string().max(256) }),
        response: { 200: WhoSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { directory, isLoaded } = keeperOf(app);
      if (!isLoaded()) throw new IocError('IOC_STORE_AWAY');
      const name = request.body.name.trim().toLowerCase();
      const names = [`name ${name}`, `address ${request.ip}`];
      throttle.check(names);
      const account = directory.accountNamed(name);
      const isRight = await isPassword(account?.hash, request.body.password);
      if (!account || !isRight || account.disabled || (account.demo && !app.demo)) {
        throttle.failed(names);
        // a name that nobody has may be a password in the wrong field
        if (account) request.acted = { target: account.name };
        throw new IocError('IOC_LOGIN_WRONG');
      }
      throttle.passed(`name ${name}`);
      return open(request, reply, account, 'password');
    },
  );

  app.delete(
    '/session',
    { config: isPublic, schema: { tags, summary: 'Logs out', response: { 204: z.null(), ...failures } } },
    async (request, reply) => {
      const session = app.identify(app.credentialsOf(request.headers));
      request.session = session;
      if (session?.kind === 'account')
        await keeperOf(app).keep([
          { type: 'session.ended', subject: session.id, actor: session.actor, data: { reason: 'logout' } },
        ]);
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/session/password',
    {
      config: isOwn,
      schema: {
        tags,
        summary: 'Changes the own password; every other session of the account ends',
        body: z.strictObject({ old: z.string().max(256), password: PasswordSchema }),
        response: { 204: z.null(), ...failures },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const keeper = keeperOf(app);
      const account = keeper.directory.accounts.get(session.account);
      if (!account || account.demo) throw new IocError('IOC_FORBIDDEN');
      throttle.check([`password ${account.id}`]);
      if (!(await isPassword(account.hash, request.body.old))) {
        throttle.failed([`password ${account.id}`]);
        throw new IocError('IOC_LOGIN_WRONG');
      }
      const others = [...keeper.directory.sessions.values()].filter(
        (other) => other.account === account.id && other.id !== session.id,
      );
      await keeper.keep([
        {
          type: 'account.password',
          subject: account.id,
          actor: session.actor,
          data: { hash: await hashPassword(request.body.password) },
        },
        ...others.map(
          ({ id }) =>
            ({ type: 'session.ended', subject: id, actor: session.actor, data: { reason: 'password' } }) as const,
        ),
      ]);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/setup',
    {
      config: isPublic,
      schema: {
        tags,
        summary: 'Makes the first account, with the token of the set-up link, and logs in',
        body: z.strictObject({
          token: z.string().max(64),
          name: NameSchema,
          shown: ShownSchema,
          password: PasswordSchema,
        }),
        response: { 200: WhoSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { token, name, shown, password } = request.body;
      const keeper = keeperOf(app);
      const hasOne = [...keeper.directory.accounts.values()].some(({ role, demo }) => role === 'admin' && !demo);
      const names = [`setup ${request.ip}`];
      throttle.check(names);
      if (hasOne || !keeper.directory.isSetupOffered(digest(token))) {
        throttle.failed(names);
        throw new IocError('IOC_FORBIDDEN', 'the set-up link is of no use any more');
      }
      const hash = await hashPassword(password);
      const data = { name, shown, role: 'admin', unit: null, hash, demo: false } as const;
      await keeper.keep([{ type: 'account.made', subject: randomUUID(), actor: shown, data }]);
      const account = keeper.directory.accountNamed(name);
      if (!account) throw new IocError('IOC_INTERNAL');
      return open(request, reply, account, 'setup');
    },
  );
}

/** The keeper of accounts. Throws `IOC_NOT_FOUND` where none are kept. */
export function keeperOf({ keeper }: FastifyInstance): Keeper {
  if (!keeper) throw new IocError('IOC_NOT_FOUND', 'no accounts are kept here');
  return keeper;
}

/** Sets the cookie of a session: out of reach of scripts, not sent along by other sites, over TLS alone where there is TLS. */
export function setCookie(reply: FastifyReply, request: FastifyRequest, secret: string, max_ms: number): void {
  reply.setCookie(SESSION_COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: Math.floor(max_ms / 1000),
  });
}
