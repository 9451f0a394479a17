import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';
import { IocError } from './errors.ts';

/** Who asks: the path that is the most they may see (`/H49/`). */
export interface Session {
  scope: string;
  /** How they are named where something they did is kept. */
  actor: string;
}

/** Who acts while there are no accounts. */
const DUTY_OFFICER = 'Trực ban';

/**
 * The session of a request or a socket. There are no accounts yet, so everybody sees the province; REST and sockets both ask
 * here, and nowhere else, so that accounts have one place to come in.
 */
export function sessionOf(units: UnitIndex): Session {
  return { scope: units.root.path, actor: DUTY_OFFICER };
}

/**
 * The unit that a session looks at: the one asked for, or the session's own. A request narrows the scope and never widens it.
 * Throws `IOC_UNIT_UNKNOWN`, the same for a unit that is foreign and for one that does not exist.
 */
export function unitInScope(session: Session, units: UnitIndex, asked?: string): PlacedUnit {
  const own = units.units.find((unit) => unit.path === session.scope);
  const unit = asked === undefined ? own : units.byCode(asked);
  if (!unit?.path.startsWith(session.scope)) throw new IocError('IOC_UNIT_UNKNOWN');
  return unit;
}
