import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deviceCookie, deviceOf } from '../../auth/device.ts';
import { isLocalAdmin, NameSchema, PasswordSchema, ShownSchema } from '../../auth/account-rules.ts';
import { hashPassword, isPassword } from '../../auth/password.ts';
import { digest } from '../../auth/secret.ts';
import { createThrottle } from '../../auth/throttle.ts';
import type { LeftSession, LoginWays } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { SESSION_COOKIE } from '../../plugins/auth.ts';
import { sessionOf } from '../../session.ts';
import { NO_NAME } from '../../trail/audit-event.ts';
import { keepDevice, keeperOf, openSession, whoOf, WhoSchema } from './enter.ts';
import { leaveProvider } from './leave-provider.ts';

const WaysSchema = z.object({
  visitors: z.boolean(),
  accounts: z.boolean(),
  oidc: z.string().nullable(),
}) satisfies z.ZodType<LoginWays>;
const LeftSchema = z.object({ url: z.url().nullable() }) satisfies z.ZodType<LeftSession>;
const failures = { 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 429: FailureSchema, 503: FailureSchema };
const isPublic = { access: 'public' } as const;
/** Everybody who is somebody: what a viewer does to their own session is no act on the province. */
const isOwn = { access: 'read' } as const;

/** Logging in and out, who one is, and the first account. */
export default function sessionRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const throttle = createThrottle();
  const tags = ['session'];
  app.get(
    '/session',
    { config: isOwn, schema: { tags, summary: 'Who is looking', response: { 200: WhoSchema, ...failures } } },
    (request) => whoOf(app, sessionOf(request)),
  );

  app.get(
    '/session/ways',
    { config: isPublic, schema: { tags, summary: 'What can be logged in with', response: { 200: WaysSchema } } },
    async () => ({
      visitors: app.identify({}) !== undefined,
      accounts: app.keeper !== undefined,
      oidc: app.oidc && (await app.oidc.places()) ? app.oidc.name : null,
    }),
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
      const account = directory.accountNamed(name);
      const known = account && deviceOf(account, request.cookies[deviceCookie(account)]);
      const attempt = { what: `name ${name}`, address: request.ip, known };
      throttle.begin(attempt);
      const isRight = await isPassword(account?.hash, request.body.password);
      if (!account || !isRight || account.disabled || (account.demo && !app.demo)) {
        // a name that nobody has may be a password in the wrong field: only that nobody has it is noted
        request.acted = { target: account?.name ?? NO_NAME };
        throw new IocError('IOC_LOGIN_WRONG');
      }
      throttle.passed(attempt);
      const who = await openSession(app, request, reply, account, 'password');
      if (known === undefined) keepDevice(reply, request, account);
      return who;
    },
  );

  app.delete(
    '/session',
    { config: isPublic, schema: { tags, summary: 'Logs out', response: { 200: LeftSchema, ...failures } } },
    async (request, reply) => {
      const session = app.identify(app.credentialsOf(request.headers));
      request.session = session;
      if (session?.kind === 'account')
        await keeperOf(app).keep([
          { type: 'session.ended', subject: session.id, actor: session.actor, data: { reason: 'logout' } },
        ]);
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return { url: await leaveProvider(app, request, reply, session) };
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
      if (!account || account.demo || account.hash === null) throw new IocError('IOC_FORBIDDEN');
      const attempt = { what: `password ${account.id}`, address: request.ip, known: session.id };
      throttle.begin(attempt);
      if (!(await isPassword(account.hash, request.body.old))) throw new IocError('IOC_LOGIN_WRONG');
      throttle.passed(attempt);
      const others = [...keeper.directory.sessions.values()].filter(
        (other) => other.account === account.id && other.id !== session.id,
      );
      const hash = await hashPassword(request.body.password);
      await keeper.keep([
        { type: 'account.password', subject: account.id, actor: session.actor, data: { hash } },
        ...others.map(
          ({ id }) =>
            ({ type: 'session.ended', subject: id, actor: session.actor, data: { reason: 'password' } }) as const,
        ),
      ]);
      keepDevice(reply, request, { ...account, hash });
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
      const hasOne = [...keeper.directory.accounts.values()].some(isLocalAdmin);
      // nobody guesses the token; strangers who try must not keep its holder waiting
      const attempt = { what: 'setup', address: request.ip, known: request.ip };
      throttle.begin(attempt);
      if (hasOne || !keeper.directory.isSetupOffered(digest(token))) throw new IocError('IOC_SETUP_USED');
      throttle.passed(attempt);
      const hash = await hashPassword(password);
      const data = { name, shown, role: 'admin', unit: null, hash, demo: false, external: false } as const;
      await keeper.keep([{ type: 'account.made', subject: randomUUID(), actor: shown, data }]);
      const account = keeper.directory.accountNamed(name);
      if (!account) throw new IocError('IOC_INTERNAL');
      const who = await openSession(app, request, reply, account, 'setup');
      keepDevice(reply, request, account);
      return who;
    },
  );
}
