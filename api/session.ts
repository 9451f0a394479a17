import type { FastifyRequest } from 'fastify';
import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Role } from './auth/roles.ts';
import { IocError } from './errors.ts';

/** Who asks, what they may do, and the path that is the most they may see (`/H49/`). */
export interface Session {
  /** Somebody who logged in, a service token, a screen on a wall, or somebody who did not say who they are. */
  kind: 'account' | 'token' | 'screen' | 'visitor';
  /** Of the session, the token or the screen; empty for a visitor. */
  id: string;
  /** Of the account; empty but for one. */
  account: string;
  /** How they are named where something they did is kept. */
  actor: string;
  role: Role;
  scope: string;
}

/** The session of a request, which the auth plugin has found. Throws `IOC_SIGNED_OUT` where there is none: a route that asks is never public. */
export function sessionOf({ session }: Pick<FastifyRequest, 'session'>): Session {
  if (!session) throw new IocError('IOC_SIGNED_OUT');
  return session;
}

/**
 * The unit that a session looks at: the one asked for, or the session's own. A request narrows the scope and never widens it.
 * Throws `IOC_UNIT_UNKNOWN`, the same for a unit that is foreign and for one that does not exist.
 */
export function unitInScope(session: Pick<Session, 'scope'>, units: UnitIndex, asked?: string): PlacedUnit {
  const own = units.units.find((unit) => unit.path === session.scope);
  const unit = asked === undefined ? own : units.byCode(asked);
  if (!unit?.path.startsWith(session.scope)) throw new IocError('IOC_UNIT_UNKNOWN');
  return unit;
}

/** Stands for all units that are not in the tree, where a unit is asked for. */
export const UNKNOWN_UNIT = '?';

/** The place where dossiers of units are that are not in the tree; undefined for a session that does not see the whole province. */
export function unknownUnit(
  { scope }: Pick<Session, 'scope'>,
  { root, unknownPath }: UnitIndex,
): PlacedUnit | undefined {
  return scope === root.path ? { ...root, code: UNKNOWN_UNIT, parent: root.code, path: unknownPath } : undefined;
}
