import { z } from 'zod';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Rows } from '../../contract.ts';
import type { DossierRow } from '../../contract-dossiers.ts';
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
}) satisfies z.ZodType<DossierRow>;

const ListedSchema = DossierRowSchema.omit({ unit: true });
const PlaceSchema = z.object({ rank: z.number(), text: z.string(), total: z.int(), dossier_id: z.string() });

/** The rows of list.sql as they are replied, the length of the whole list, and the cursor after the last row. */
export function readList(answer: Rows, units: UnitIndex): { rows: DossierRow[]; count: number; last: string | null } {
  const codes = codesByPath(units);
  const records = toRecords(answer);
  const last = records.length === 0 ? null : PlaceSchema.parse(records.at(-1));
  return {
    rows: records.map((record) => {
      const row = ListedSchema.parse(record);
      return { ...row, unit: codes.get(row.unit_path) ?? '' };
    }),
    count: last?.total ?? 0,
    last: last && writeCursor({ ...last, id: last.dossier_id }),
  };
}

/** Codes of units by path. */
export function codesByPath(units: UnitIndex): Map<string, string> {
  return new Map(units.units.map(({ path, code }) => [path, code]));
}
