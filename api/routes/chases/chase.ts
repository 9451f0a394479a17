import { z } from 'zod';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Rows } from '../../contract.ts';
import type { Chase } from '../../contract-chases.ts';
import type { Session } from '../../session.ts';
import { ownQuery } from '../../sql.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { toRecords } from '../records.ts';
import { CHASE_STATES } from './states.ts';
import { CHASE_STEPS, isPossible, isTheirs } from './steps.ts';

/** Longest list of chases. */
export const MOST_CHASES = 1000;

const instant = z.number().nullable();

/** A chase, as it is replied. */
export const ChaseSchema = z.object({
  chase_id: z.string(),
  unit: z.string(),
  unit_path: z.string(),
  state: z.enum(CHASE_STATES),
  dossier_ids: z.array(z.string()),
  text: z.string(),
  sent_at: z.number(),
  sent_by: z.string(),
  deadline_at: z.number(),
  acknowledged_at: instant,
  acknowledged_by: z.string(),
  answered_at: instant,
  answered_by: z.string(),
  answer: z.string(),
  closed_at: instant,
  closed_by: z.string(),
  escalated_at: instant,
  simulated: z.int(),
  steps: z.array(z.enum(CHASE_STEPS)),
}) satisfies z.ZodType<Chase>;

const RowSchema = ChaseSchema.omit({ unit: true, escalated_at: true, steps: true }).extend({
  dossier_ids: z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(z.array(z.string())),
});

/** The chases of list.sql. */
export function chaseQuery(): LoadedQuery {
  const number = { type: 'number' } as const;
  const text = { type: 'text' } as const;
  const at = { type: 'instant' } as const;
  const maybe = { type: 'instant', nullable: true } as const;
  return ownQuery('routes/chases/list.sql', ['chase'], {
    description: 'Chases and where they stand',
    params: {
      chase: { type: 'String', default: '' },
      dossier: { type: 'String', default: '' },
      state: { type: 'String', default: '', allowed: ['', ...CHASE_STATES] },
      page: { type: 'UInt16', default: 200 },
    },
    rows: {
      ...{ chase_id: text, unit_path: text, state: text, dossier_ids: text, text },
      ...{ sent_at: at, sent_by: text, deadline_at: at, acknowledged_at: maybe, acknowledged_by: text },
      ...{ answered_at: maybe, answered_by: text, answer: text, closed_at: maybe, closed_by: text, simulated: number },
    },
    max_rows: MOST_CHASES,
  });
}

/** The rows of list.sql as they are replied to whoever looks. */
export function readChases(answer: Rows, units: UnitIndex, viewer: Pick<Session, 'scope' | 'actor'>): Chase[] {
  const codes = codesByPath(units);
  return toRecords(answer).map((record) => {
    const row = RowSchema.parse(record);
    const escalated_at = row.state === 'escalated' ? row.deadline_at : null;
    const steps = CHASE_STEPS.filter((step) => isPossible(step, row) && isTheirs(step, row, viewer, units.root.path));
    return { ...row, unit: codes.get(row.unit_path) ?? '', escalated_at, steps };
  });
}
