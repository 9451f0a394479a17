import { z } from 'zod';
import type { DossierState } from '../../dossier/fold.ts';

const instant = z.string().transform((text) => Date.parse(`${text.replace(' ', 'T')}Z`));
const maybe = instant.nullable();

/** A row of the relation `dossier` as JSONEachRow gives it, read with instants as epoch ms. Its first columns are those of `DossierState`. */
export const DossierRowSchema = z.object({
  dossier_id: z.string(),
  status: z.number(),
  clock: z.enum(['unknown', 'waiting', 'running', 'paused', 'ended']),
  since: maybe,
  closed: z
    .enum(['', 'finished', 'rejected', 'withdrawn', 'stopped'])
    .transform((closed): DossierState['closed'] => (closed === '' ? null : closed)),
  submitted_at: maybe,
  accepted_at: maybe,
  due_at: maybe,
  due_since: maybe,
  first_due_at: maybe,
  first_due_since: maybe,
  finished_at: maybe,
  returned_at: maybe,
  pauses: z.array(z.strictObject({ from: instant, to: maybe, status: z.number() })),
  supplement_requests: z.number(),
  waited_ms: z.coerce.number(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_code: z.string(),
  field_name: z.string(),
  channel: z.number(),
  applicant_kind: z.number(),
  handler_path: z.string(),
  handler: z.string(),
  step_holder: z.string(),
  first_received_at: instant,
  last_received_at: instant,
  first_observed_at: instant,
  last_observed_at: instant,
  events: z.number(),
  simulated: z.union([z.literal(0), z.literal(1)]),
  outcome_province: z.string(),
  overdue_from_province: maybe,
  soon_from_province: maybe,
  on_time_province: z.number().nullable(),
  outcome_766: z.string(),
  overdue_from_766: maybe,
  soon_from_766: maybe,
  on_time_766: z.number().nullable(),
});
export type DossierRow = z.output<typeof DossierRowSchema>;
