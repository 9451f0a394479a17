import { z } from 'zod';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Rows } from '../../contract.ts';
import type { DossierRow } from '../../contract-dossiers.ts';
import { CHASE_STATES } from '../chases/states.ts';
import { toRecords } from '../records.ts';
import { writeCursor } from './cursor.ts';

const instant = z.number().nullable();

/** A dossier in a list, as it is replied. */
export const DossierRowSchema = z.object({
  dossier_id: z.string(),
  unit_path: z.string(),
  unit: z.string().describe('code of the unit that received it; empty when the unit is not in the tree'),
  status: z.int(),
  since: instant,
  outcome: z.enum(OUTCOMES),
  accepted_at: instant,
  due_at: instant,
  first_due_at: instant,
  finished_at: instant,
  returned_at: instant,
  supplement_requests: z.int(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_code: z.string(),
  field_name: z.string(),
  channel: z.int(),
  handler_path: z.string(),
  handler: z.string(),
  step_holder: z.string(),
  simulated: z.int(),
  chase: z.enum(CHASE_STATES).nullable().optional(),
  apologised: z.int().optional(),
}) satisfies z.ZodType<DossierRow>;

const ListedSchema = DossierRowSchema.omit({ unit: true, chase: true, apologised: true });
const MarksSchema = z.object({
  unit_path: z.string(),
  dossier_id: z.string(),
  chase: z.enum(['', ...CHASE_STATES]).transform((state) => (state === '' ? null : state)),
  apologised: z.int(),
});
const KeySchema = z.object({
  unit_path: z.string(),
  dossier_id: z.string(),
  opened_on: z.string(),
  rank: z.number(),
  text: z.string(),
  total: z.int(),
});
/** A dossier by its key, with its place in the order of a list. */
export type DossierKey = Omit<z.output<typeof KeySchema>, 'total'>;

/**
 * The rows of list.sql: the keys of a page of at most `limit`, the length of the whole list, and the cursor after the last of the page when more follow.
 * Past the end there is no row that could say the length: then it is 0.
 */
export function readKeys(answer: Rows, limit = Infinity): { keys: DossierKey[]; count: number; next: string | null } {
  const found = toRecords(answer).map((record) => KeySchema.parse(record));
  const keys = found.slice(0, limit);
  const last = keys.at(-1);
  const next = last && found.length > limit ? writeCursor({ ...last, id: last.dossier_id }) : null;
  return { keys, count: last?.total ?? 0, next };
}

/** What is said of the dossiers of a page: the rows of listed.sql, and those of marks.sql. */
export interface Said {
  listed: Rows;
  marks: Rows;
}

/** The rows of listed.sql and marks.sql as they are replied, in the order of the keys. */
export function readListed(answers: readonly Said[], keys: readonly DossierKey[], units: UnitIndex): DossierRow[] {
  const codes = codesByPath(units);
  const name = (row: Pick<DossierKey, 'unit_path' | 'dossier_id'>) => `${row.unit_path}\0${row.dossier_id}`;
  const rows = answers.flatMap(({ listed }) => toRecords(listed)).map((record) => ListedSchema.parse(record));
  const marks = answers.flatMap((said) => toRecords(said.marks)).map((record) => MarksSchema.parse(record));
  const marked = new Map(marks.map((mark) => [name(mark), mark]));
  const byKey = new Map(
    rows.map((row) => {
      const { chase = null, apologised = 0 } = marked.get(name(row)) ?? {};
      return [name(row), { ...row, chase, apologised, unit: codes.get(row.unit_path) ?? '' }];
    }),
  );
  return keys.flatMap((key) => byKey.get(name(key)) ?? []);
}

/** Codes of units by path. */
export function codesByPath(units: UnitIndex): Map<string, string> {
  return new Map(units.units.map(({ path, code }) => [path, code]));
}
