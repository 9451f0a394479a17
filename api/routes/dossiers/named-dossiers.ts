import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MOST_CHASED } from '#ingest/schema/chase.ts';
import type { RuleId } from '#ingest/dossier/rules.ts';
import type { DossierPage, DossierRow } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FilterSchema } from './filter.ts';
import { dossierPages } from './page.ts';
import type { Place } from './place.ts';
import { MOST_ROWS } from './queries.ts';

/** Longest list of numbers: it travels as a parameter, and a server takes one of at most 128 KiB. */
const LONGEST_IDS = 100_000;

/** Dossiers that a request is about, by their numbers. */
export const NamedSchema = z
  .array(z.string().min(1).max(256))
  .min(1)
  .max(MOST_CHASED)
  .refine(
    (ids) => encodeURIComponent(JSON.stringify(ids)).length <= LONGEST_IDS,
    'too many long numbers for one request',
  );

/** Gives dossiers by their numbers, as one page, judged by a rule set (the province's unless told); those that are not there, or out of scope, are left out. */
export function namedDossiers(
  app: FastifyInstance,
): (place: Place, ids: readonly string[], rule?: RuleId) => Promise<DossierPage> {
  const pageOf = dossierPages(app);
  return (place, ids, rule = 'province') => {
    const filter = FilterSchema.parse({ rule });
    return pageOf(place, { ...filter, ids: [...new Set(ids)] }, { sort: 'due', descending: 0, limit: MOST_ROWS });
  };
}

/** The rows, when each of the numbers is among them. Throws `IOC_DOSSIER_UNKNOWN` otherwise. */
export function allFound(ids: readonly string[], rows: DossierRow[]): DossierRow[] {
  const found = new Set(rows.map(({ dossier_id }) => dossier_id));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length > 0) throw new IocError('IOC_DOSSIER_UNKNOWN', missing.slice(0, 10).join(', '));
  return rows;
}

/** The numbers by code of the unit that received them; `elsewhere` stands for a unit that is not in the tree. */
export function idsByUnit(
  rows: readonly Pick<DossierRow, 'unit' | 'dossier_id'>[],
  elsewhere: string,
): Map<string, string[]> {
  const byUnit = new Map<string, string[]>();
  for (const { unit, dossier_id } of rows) {
    const code = unit || elsewhere;
    byUnit.set(code, [...(byUnit.get(code) ?? []), dossier_id]);
  }
  return byUnit;
}
