import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { IocError } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Keeper } from './keeper.ts';
import type { Role } from './roles.ts';
import type { ScreenDoor } from './screen-door.ts';
import type { Screen } from './screens.ts';
import { digest } from './secret.ts';

/** How long a session lives, in milliseconds: without a request, and at most. */
export interface SessionLimits {
  idle_ms: number;
  absolute_ms: number;
}

/** What somebody shows: the cookie of a session, the bearer token of a script, the cookie of a screen. */
export interface Credentials {
  cookie?: string | undefined;
  bearer?: string | undefined;
  /** The token of a screen, and the name of the browser that shows it. */
  screen?: string | undefined;
  agent?: string | undefined;
}

/** What is needed to know who asks. */
export interface IdentifyOptions {
  /** None where accounts are not kept: everybody is a visitor. */
  keeper: Keeper | undefined;
  /** Where screens come in; none without accounts. */
  door: ScreenDoor | undefined;
  units: () => UnitIndex;
  limits: SessionLimits;
  /** What a visitor may do; nothing when absent. */
  visitors: Role | undefined;
  /** Whether accounts of the demo province count. */
  demo: boolean;
  /** The wall clock, epoch ms. */
  now: () => number;
}

/** Finds who asks; undefined for nobody that is known. Throws `IOC_STORE_AWAY` while it cannot be known. */
export type Identify = (credentials: Credentials) => Session | undefined;

/** How a visitor is named where something they did is kept. */
const VISITOR = 'Khách';

/**
 * Makes the one place that decides who a request or a socket is of. A token that is shown but unknown is nobody, not a visitor; so
 * is a screen that was put out. */
export function createIdentify({ keeper, door, units, limits, visitors, demo, now }: IdentifyOptions): Identify {
  const scopeOf = (unit: string | null): string | undefined =>
    unit === null ? units().root.path : units().byCode(unit)?.path;

  const byToken = (secret: string): Session | undefined => {
    const token = keeper?.directory.tokenBy(digest(secret));
    const scope = token && scopeOf(token.unit);
    if (!token || scope === undefined || token.revoked || token.expires_at <= now()) return undefined;
    return { kind: 'token', id: token.id, account: '', actor: token.shown, role: token.role, scope };
  };

  const bySession = (secret: string): Session | undefined => {
    const session = keeper?.directory.sessionBy(digest(secret));
    const account = session && keeper?.directory.accounts.get(session.account);
    const scope = account && scopeOf(account.unit);
    if (!session || !account || scope === undefined || account.disabled || (account.demo && !demo)) return undefined;
    if (now() - session.opened_at >= limits.absolute_ms || now() - session.seen_at >= limits.idle_ms) return undefined;
    return { kind: 'account', id: session.id, account: account.id, actor: account.shown, role: account.role, scope };
  };

  return ({ bearer, cookie, screen, agent }) => {
    const isShown = bearer !== undefined || cookie !== undefined || screen !== undefined;
    if (keeper && !keeper.isLoaded() && isShown) throw new IocError('IOC_STORE_AWAY');
    if (bearer !== undefined) return byToken(bearer);
    const session = cookie === undefined ? undefined : bySession(cookie);
    if (session) return session;
    if (screen !== undefined && door) {
      const found = door.enter(screen, agent);
      return found.is === 'known' ? screenSession(found.screen, scopeOf) : undefined;
    }
    if (visitors === undefined) return undefined;
    return { kind: 'visitor', id: '', account: '', actor: VISITOR, role: visitors, scope: units().root.path };
  };
}

/** What a screen is: it looks at its unit and does nothing; undefined while its unit is not served. */
export function screenSession(
  screen: Screen,
  scopeOf: (unit: string | null) => string | undefined,
): Session | undefined {
  const scope = scopeOf(screen.unit);
  if (scope === undefined || screen.revoked) return undefined;
  return { kind: 'screen', id: screen.id, account: '', actor: screen.shown, role: 'viewer', scope };
}
