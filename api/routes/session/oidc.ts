import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { externalName, takeIn } from '../../auth/oidc/external-account.ts';
import { placeOf } from '../../auth/oidc/groups.ts';
import type { Oidc } from '../../auth/oidc/oidc.ts';
import { AttemptSchema, type Attempt } from '../../auth/oidc/provider.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { keeperOf, openSession, WhoSchema } from './enter.ts';
import { keepToken } from './leave-provider.ts';

/** The cookie of a log-in that was begun. */
const ATTEMPT_COOKIE = 'toan-canh-oidc';
const ATTEMPT_PATH = '/api/session/oidc';
/** How long somebody may take at the provider, in seconds. */
const ATTEMPT_S = 600;
const failures = { 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 404: FailureSchema, 503: FailureSchema };
const config = { access: 'public' } as const;

/**
 * Logging in by an OpenID provider. The provider sends the browser to a page of the web app, which brings the answer here by a request of its own: so it has the
 * origin of every write, the cookies that other sites cannot send, and no route here that redirects anywhere.
 */
export default function oidcRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['session'];
  const ready = async () => {
    const { oidc } = app;
    if (!oidc) throw new IocError('IOC_NOT_FOUND', 'no provider is configured');
    const keeper = keeperOf(app);
    if (!keeper.isLoaded()) throw new IocError('IOC_STORE_AWAY');
    const places = await oidc.places();
    if (!places) throw new IocError('IOC_OIDC_OFF');
    return { oidc, keeper, places };
  };
  const cookie = ({ isSecure }: Oidc) => ({
    path: ATTEMPT_PATH,
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: isSecure,
  });

  app.post(
    '/session/oidc/begin',
    {
      config,
      schema: {
        tags,
        summary: 'Begins a log-in by the OpenID provider: where to send the browser',
        response: { 200: z.object({ url: z.url() }), ...failures },
      },
    },
    async (_request, reply) => {
      const { oidc } = await ready();
      const { url, attempt } = await oidc.provider.begin();
      reply.setCookie(ATTEMPT_COOKIE, written(attempt), { ...cookie(oidc), maxAge: ATTEMPT_S });
      return { url };
    },
  );

  app.post(
    '/session/oidc',
    {
      config,
      schema: {
        tags,
        summary: 'Logs in with the answer of the OpenID provider',
        body: z.strictObject({
          answer: z.string().max(8_192).describe('the query string that it sent the browser with'),
        }),
        response: { 200: WhoSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { oidc, keeper, places } = await ready();
      const attempt = read(request.cookies[ATTEMPT_COOKIE]);
      reply.clearCookie(ATTEMPT_COOKIE, cookie(oidc));
      if (!attempt) throw new IocError('IOC_OIDC_REFUSED');
      const identity = await oidc.provider.finish(request.body.answer, attempt);
      const name = externalName(oidc.issuer, identity.subject);
      request.acted = { target: name };
      const account = await takeIn(keeper, name, identity, placeOf(places, identity.groups));
      const who = await openSession(app, request, reply, account, oidc.name);
      keepToken(app, reply, oidc, identity.id_token);
      return who;
    },
  );
}

function written(attempt: Attempt): string {
  return Buffer.from(JSON.stringify(attempt)).toString('base64url');
}

/** What a cookie says was begun; undefined for one that is not ours. */
function read(cookie: string | undefined): Attempt | undefined {
  if (cookie === undefined) return undefined;
  try {
    return AttemptSchema.safeParse(JSON.parse(Buffer.from(cookie, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
