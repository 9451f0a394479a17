import cookies from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { createOidc, type Oidc, type OidcOptions } from '../auth/oidc/oidc.ts';
import { createScreenDoor, type ScreenDoor } from '../auth/screen-door.ts';
import { SCREEN_LIMITS, type ScreenLimits } from '../auth/screen-rules.ts';
import {
  createIdentify,
  screenSession,
  type Credentials,
  type Identify,
  type SessionLimits,
} from '../auth/identify.ts';
import type { Keeper } from '../auth/keeper.ts';
import { may, type Access, type Role } from '../auth/roles.ts';
import { IocError } from '../errors.ts';
import type { Session } from '../session.ts';
import { isSameOrigin } from '../socket/io.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Who shows these credentials. */
    identify: Identify;
    /** Accounts; undefined where none are kept. */
    keeper: Keeper | undefined;
    /** Log-in by an OpenID provider; undefined where none is configured. */
    oidc: Oidc | undefined;
    /** Whether the accounts of the demo province count. */
    demo: boolean;
    sessionLimits: SessionLimits;
    screenLimits: ScreenLimits;
    /** Where screens come in; undefined where no accounts are kept. */
    screenDoor: ScreenDoor | undefined;
    /** What a screen is now, by its id: its open socket showed a secret that has rotated since. */
    screenNow: (id: string) => Session | undefined;
    /** What a request or a handshake shows. */
    credentialsOf: (headers: ShownHeaders) => Credentials;
  }
  interface FastifyRequest {
    /** Who asks; set before any handler runs, absent on public routes for those who are not known. */
    session: Session | undefined;
  }
  interface FastifyContextConfig {
    /** What a route asks for. @default to look for GET and HEAD, to act for the rest */
    access?: Access;
  }
}

/** The headers that say who asks. */
interface ShownHeaders {
  cookie?: string | undefined;
  authorization?: string | undefined;
  'user-agent'?: string | undefined;
}

/** Who may come in, and how long they may stay. */
export interface AuthPluginOptions {
  /** Accounts; without them everybody is a visitor. Ended with the app. */
  keeper?: Keeper | undefined;
  /** What those may do who have not logged in; nothing when absent. */
  visitors?: Role | undefined;
  demo?: boolean;
  /** Log-in by an OpenID provider; off when absent. */
  oidc?: OidcOptions | undefined;
  limits?: Partial<SessionLimits>;
  screens?: Partial<ScreenLimits>;
  /** The wall clock, epoch ms. @default Date.now */
  now?: () => number;
}

/** A session lives two hours without a request, and a shift of twelve at most. */
export const SESSION_LIMITS: SessionLimits = { idle_ms: 2 * 3_600_000, absolute_ms: 12 * 3_600_000 };
/** The cookie of a session. */
export const SESSION_COOKIE = 'toan-canh';
/** The cookie of a screen. */
export const SCREEN_COOKIE = 'toan-canh-man-hinh';
/** How old the last sign of a session is before the next is kept: one event in ten minutes, not one a request. */
const SEEN_MS = 10 * 60_000;

/**
 * Finds who asks, before anything else is done, and turns away who may not. Every route but the public ones has a session afterwards; where a
 * path is not one of the API's (the web app's files) there is nothing to protect.
 */
export default fp<AuthPluginOptions>(
  async (app: FastifyInstance, options) => {
    const { keeper, visitors, demo = false, now = Date.now } = options;
    const limits = { ...SESSION_LIMITS, ...options.limits };
    await app.register(cookies);
    const units = () => app.book.dashboards().province.units;
    const screenLimits = { ...SCREEN_LIMITS, ...options.screens };
    app.decorate('screenLimits', screenLimits);
    const failed = (err: unknown) => app.log.warn({ err }, 'what happened to a screen could not be kept');
    const door = keeper && createScreenDoor({ keeper, limits: screenLimits, now, failed });
    const identify = createIdentify({ keeper, door, units, limits, visitors, demo, now });
    app.decorate('identify', identify);
    app.decorate('keeper', keeper);
    const noGroups = (faults: readonly string[]) =>
      app.log.error({ faults }, 'log-in by the OpenID provider is off: its groups file cannot be used');
    const oidc = options.oidc && createOidc(options.oidc, { units, failed: noGroups });
    app.decorate('oidc', oidc);
    // what is wrong is said at the start, not at the first log-in
    await oidc?.places();
    app.decorate('demo', demo);
    app.decorate('sessionLimits', limits);
    app.decorate('screenDoor', door);
    app.decorate('screenNow', (id) => {
      const screen = keeper?.directory.screens.all.get(id);
      return (
        screen && screenSession(screen, (unit) => (unit === null ? units().root.path : units().byCode(unit)?.path))
      );
    });
    app.decorate('credentialsOf', ({ cookie, authorization, 'user-agent': agent }) => {
      const cookies = cookie === undefined ? {} : app.parseCookie(cookie);
      return {
        cookie: cookies[SESSION_COOKIE],
        screen: cookies[SCREEN_COOKIE],
        bearer: /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1],
        agent,
      };
    });
    app.decorateRequest('session', undefined);

    const noteSeen = async (session: Session): Promise<void> => {
      const open = keeper?.directory.sessions.get(session.id);
      if (!open) return;
      const isDue = now() - open.seen_at >= SEEN_MS;
      open.seen_at = now();
      if (isDue) await keeper?.keep([{ type: 'session.seen', subject: session.id, actor: session.actor, data: {} }]);
    };

    const admit = (request: FastifyRequest): void => {
      const access = accessOf(request);
      const shown = app.credentialsOf(request.headers);
      // a page of another origin can make a browser send its cookies, but not say that it is this one
      if (isWrite(request) && shown.bearer === undefined && !isSameOrigin(request))
        throw new IocError('IOC_FORBIDDEN', 'the request comes from a page of another origin');
      if (access === 'public') return;
      const session = identify(shown);
      if (!session) throw new IocError('IOC_SIGNED_OUT');
      if (!may(session.role, access)) throw new IocError('IOC_FORBIDDEN');
      request.session = session;
      if (session.kind === 'account')
        noteSeen(session).catch((err: unknown) => app.log.warn({ err }, 'a session could not be noted as seen'));
    };
    app.addHook('onRequest', (request, _reply, done) => {
      admit(request);
      done();
    });
    app.addHook('onClose', async () => keeper?.stop());
  },
  { name: 'auth', dependencies: ['boards'] },
);

function isWrite({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

/** What a request asks for. A path that no route has is the web app's, or nothing. */
function accessOf(request: FastifyRequest): Access {
  const { config, url } = request.routeOptions;
  if (config.access) return config.access;
  const isOurs = url !== undefined && /^\/(api|metrics)(\/|$)/.test(url);
  if (!isOurs) return 'public';
  return isWrite(request) ? 'act' : 'read';
}
