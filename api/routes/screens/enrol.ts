import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CODE_MS, makeCode, MOST_ASKING, steadyAgent } from '../../auth/screen-rules.ts';
import type { Screens, Standing } from '../../auth/screens.ts';
import { digest, makeSecret } from '../../auth/secret.ts';
import type { Claim, Enrolment, EnrolReason } from '../../contract-screens.ts';
import { IocError } from '../../errors.ts';
import { SCREEN_COOKIE } from '../../plugins/auth.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { keeperOf } from '../session/enter.ts';

const EnrolledSchema = z.object({ state: z.literal('enrolled'), board: z.string() });
const EnrolmentSchema = z.discriminatedUnion('state', [
  EnrolledSchema,
  z.object({
    state: z.literal('waiting'),
    reason: z.enum(['new', 'expired', 'administrator', 'copied', 'other_browser']),
    code: z.string(),
    secret: z.string(),
    now: z.number(),
    lapses_at: z.number(),
  }),
]) satisfies z.ZodType<Enrolment>;
const ClaimSchema = z.discriminatedUnion('state', [
  EnrolledSchema,
  z.object({ state: z.literal('waiting') }),
]) satisfies z.ZodType<Claim>;
const failures = { 400: FailureSchema, 401: FailureSchema, 404: FailureSchema, 429: FailureSchema, 503: FailureSchema };
const isPublic = { access: 'public' } as const;

/** How a browser becomes a screen: it asks for a code, shows it, and fetches its token once somebody has confirmed it. */
export default function enrolRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['screens'];
  const door = () => {
    const { screenDoor } = app;
    const keeper = keeperOf(app);
    if (!screenDoor) throw new IocError('IOC_NOT_FOUND');
    if (!keeper.isLoaded()) throw new IocError('IOC_STORE_AWAY');
    return { keeper, screens: keeper.directory.screens, door: screenDoor };
  };
  const send = (request: FastifyRequest, reply: FastifyReply, token: string): void => {
    void reply.setCookie(SCREEN_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https',
      maxAge: Math.floor(app.screenLimits.life_ms / 1000),
    });
  };

  app.post(
    '/screens/enrol',
    {
      config: isPublic,
      schema: {
        tags,
        summary: 'Asks to be a screen: a code to show, for ten minutes, and a secret to fetch the token with',
        body: z
          .strictObject({ board: z.string().max(64).optional().describe('the board that it was opened at') })
          .nullish(),
        response: { 200: EnrolmentSchema, ...failures },
      },
    },
    async (request) => {
      const { keeper, screens, door: at } = door();
      const { screen: token, agent } = app.credentialsOf(request.headers);
      // what another process has done a moment ago may already answer
      await keeper.read();
      const found = token === undefined ? undefined : at.enter(token, agent);
      if (found?.is === 'known') return { state: 'enrolled' as const, board: found.screen.board };
      const now = Date.now();
      if (screens.countAsking(request.ip, now) >= MOST_ASKING) throw new IocError('IOC_TOO_MANY');
      const [code, secret] = [freeCode(screens, now), makeSecret()];
      const was = found && 'screen' in found ? found.screen.id : undefined;
      const data = { code, digest: digest(secret), address: request.ip, agent: steadyAgent(agent), was };
      const board = request.body?.board;
      await keeper.keep([{ type: 'screen.asked', subject: randomUUID(), actor: request.ip, data: { ...data, board } }]);
      return { state: 'waiting' as const, reason: reasonOf(found), code, secret, now, lapses_at: now + CODE_MS };
    },
  );

  app.post(
    '/screens/claim',
    {
      config: isPublic,
      schema: {
        tags,
        summary: 'Fetches the token, as a cookie, once the code was confirmed',
        body: z.strictObject({ secret: z.string().max(64) }),
        response: { 200: ClaimSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { screens, door: at } = door();
      const asking = screens.askingBy(digest(request.body.secret));
      const screen = asking && screens.enrolledFor(asking.id);
      if (asking && !screen && Date.now() - asking.at < CODE_MS) return { state: 'waiting' as const };
      // until the token was used the reply that brought it may have been lost, and it is handed out again
      if (!screen || screen.revoked || screen.current !== undefined) throw new IocError('IOC_CODE_UNKNOWN');
      send(request, reply, await at.issue(screen));
      return { state: 'enrolled' as const, board: screen.board };
    },
  );

  app.post(
    '/screens/own/renew',
    {
      config: { access: 'read' },
      schema: {
        tags,
        summary: 'A screen has its token replaced, where it has come of age',
        response: { 204: z.null(), ...failures },
      },
    },
    async (request, reply) => {
      if (sessionOf(request).kind !== 'screen') throw new IocError('IOC_SCREEN_UNKNOWN');
      const { screen = '', agent } = app.credentialsOf(request.headers);
      const token = await door().door.renew(screen, agent);
      if (token !== undefined) send(request, reply, token);
      return reply.code(204).send(null);
    },
  );
}

/** How a browser ceased to be a screen. */
function reasonOf(found: Standing | undefined): EnrolReason {
  if (!found || found.is === 'unknown' || found.is === 'known') return 'new';
  return found.is === 'revoked' ? (found.screen.revoked?.reason ?? 'administrator') : found.is;
}

/** A code that nobody shows. */
function freeCode(screens: Screens, now: number): string {
  for (;;) {
    const code = makeCode();
    if (!screens.askingOf(code, now)) return code;
  }
}
