import { z } from 'zod';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { IocError } from '../errors.ts';
import type { Account } from './directory.ts';
import { PASSWORD_LENGTH } from './password.ts';
import { ROLES, WHOLE_ROLES, type Role } from './roles.ts';

/** What an account is logged in with, whatever its case. */
export const NameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, '2 to 64 of a–z, 0–9, dot, dash, underscore');
export const ShownSchema = z.string().trim().min(1).max(128);
export const PasswordSchema = z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max);
export const RoleSchema = z.enum(ROLES);
/** Code of a unit; null is the whole province. */
export const UnitSchema = z.string().min(1).max(64).nullable();

/** The unit of a screen as it is kept: null for the whole province, else the canonical code. Throws `IOC_UNIT_UNKNOWN`. */
export function unitOfScreen(unit: string | null, units: UnitIndex): string | null {
  if (unit === null) return null;
  const placed = units.byCode(unit);
  if (!placed) throw new IocError('IOC_UNIT_UNKNOWN');
  return placed.code === units.root.code ? null : placed.code;
}

/**
 * The unit of an account or a token as it is kept: null for the whole province, else the canonical code. Throws `IOC_BAD_REQUEST` for a role of the whole
 * province with a unit below it, and for a role of one unit without any; `IOC_UNIT_UNKNOWN`.
 */
export function unitOfRole(role: Role, unit: string | null | undefined, units: UnitIndex): string | null {
  const placed = unit === null || unit === undefined ? undefined : units.byCode(unit);
  if (unit !== null && unit !== undefined && !placed) throw new IocError('IOC_UNIT_UNKNOWN');
  const below = placed && placed.code !== units.root.code ? placed.code : null;
  if (WHOLE_ROLES.includes(role)) {
    if (below !== null) throw new IocError('IOC_BAD_REQUEST', `${role} sees the whole province`);
    return null;
  }
  if (!placed) throw new IocError('IOC_BAD_REQUEST', `${role} is of a unit`);
  return placed.code;
}

/** Whether an account is an administrator's that needs no provider: one has to stay, else nobody could come in while a provider is away. */
export function isLocalAdmin({ role, demo, external }: Account): boolean {
  return role === 'admin' && !demo && !external;
}
