import { may, ROLES, WHOLE_ROLES, type Role } from '#api/auth/roles.ts';
import { choices } from '#dashboards/load/suggest.ts';
import type { PlacedUnit, UnitIndex } from '#ingest/schema/unit-index.ts';

/** Who is asked about: what they see, and what their role may do, in words. */
export interface Viewer {
  unit: PlacedUnit;
  says: string[];
}

/** How many of the nearest codes a message names. */
const NEAREST = 12;

/**
 * Reads `unit:H49.02` (whoever is of that unit) or `role:leader` (a role of the whole province). Throws an Error that says what is
 * allowed.
 */
export function readViewer(text: string, units: UnitIndex): Viewer {
  const [, what, name = ''] = /^(unit|role):(.+)$/.exec(text) ?? [];
  const whole = WHOLE_ROLES.map((role) => `role:${role}`).join(', ');
  if (what === undefined) throw new Error(`--as ${JSON.stringify(text)} is not right; allowed: unit:<code>, ${whole}`);
  if (what === 'role') {
    const role = ROLES.find((each) => each === name);
    if (role === undefined) throw new Error(`unknown role "${name}"; ${choices(name, WHOLE_ROLES)}`);
    if (!WHOLE_ROLES.includes(role)) throw new Error(`${role} is of a unit; allowed: unit:<code>, ${whole}`);
    return { unit: units.root, says: [mayOf(role)] };
  }
  const unit = units.byCode(name);
  if (!unit) {
    const codes = units.units.map(({ code }) => code);
    throw new Error(`unknown unit "${name}"; ${choices(name, codes, NEAREST)}`);
  }
  return { unit, says: ROLES.filter((role) => !WHOLE_ROLES.includes(role)).map(mayOf) };
}

function mayOf(role: Role): string {
  const does = (['read', 'act', 'administer'] as const).map(
    (access) => `${may(role, access) ? 'may' : 'may not'} ${access}`,
  );
  return `${role}: ${does.join(', ')}`;
}
