import * as z from 'zod/mini';
import type { ApologiesReply, Chase, ChasePage, ChaseState, DeadlinesReply } from '#api/contract-chases.ts';
import type {
  ApplicantReply,
  Apology,
  Chased,
  DossierDetail,
  DossierGroup,
  DossierPage,
  DossierRow,
  DueAge,
  IntegrityReply,
  RulesReply,
  SummaryBy,
  SummaryReply,
} from '#api/contract-dossiers.ts';

/** What a list can be asked for and a summary counts, in the order of the desk. */
export const GROUPS = [
  'received',
  'open',
  'running',
  'open_overdue',
  'open_due_soon',
  'open_in_time',
  'paused',
  'finished',
  'finished_late',
  'finished_on_time',
  'finished_early',
  'withdrawn',
  'rejected',
  'stopped',
  'waiting',
  'unknown',
] as const satisfies readonly DossierGroup[];

/** Ages of the promise, latest first. */
export const AGES = [
  'late_31d',
  'late_16_30d',
  'late_8_15d',
  'late_4_7d',
  'late_1_3d',
  'due_24h',
  'due_3wd',
  'due_later',
  'no_due',
] as const satisfies readonly DueAge[];

/** Overdue dossiers by whether a slip of apology was sent. */
export const APOLOGIES = ['missing', 'sent'] as const satisfies readonly Apology[];

/** Dossiers by whether a chase about them is open. */
export const CHASED = ['open', 'none'] as const satisfies readonly Chased[];

export const SUMMARY_BY = [
  'unit',
  'procedure',
  'field',
  'channel',
  'handler',
  'step',
  'age',
  'apology',
  'chased',
] as const satisfies readonly SummaryBy[];

/** States of a chase, most pressing first. */
export const CHASE_STATES = [
  'escalated',
  'sent',
  'acknowledged',
  'answered',
  'closed',
] as const satisfies readonly ChaseState[];

const instant = z.nullable(z.number());
const rule = z.enum(['province', '766']);
const text = z.object({ vi: z.string(), en: z.string() });
const outcome = z.enum([
  'unknown',
  'waiting',
  'open_in_time',
  'open_due_soon',
  'open_overdue',
  'paused',
  'finished_early',
  'finished_on_time',
  'finished_late',
  'withdrawn',
  'rejected',
  'stopped',
]);

/** Number of dossiers in each group. */
export const CountsSchema = z.record(z.enum(GROUPS), z.number()) satisfies z.ZodMiniType<Record<DossierGroup, number>>;
export type Counts = z.infer<typeof CountsSchema>;

/** `GET /api/dossiers/summary`. */
export const SummarySchema = z.object({
  at: z.number(),
  rule,
  by: z.nullable(z.enum(SUMMARY_BY)),
  lines: z.array(z.object({ key: z.string(), label: z.string(), counts: CountsSchema })),
}) satisfies z.ZodMiniType<SummaryReply>;

const DossierRowSchema = z.object({
  dossier_id: z.string(),
  unit_path: z.string(),
  unit: z.string(),
  status: z.number(),
  since: instant,
  outcome,
  accepted_at: instant,
  due_at: instant,
  first_due_at: instant,
  finished_at: instant,
  returned_at: instant,
  supplement_requests: z.number(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_code: z.string(),
  field_name: z.string(),
  channel: z.number(),
  handler_path: z.string(),
  handler: z.string(),
  step_holder: z.string(),
  simulated: z.number(),
  chase: z.optional(z.nullable(z.enum(CHASE_STATES))),
  apologised: z.optional(z.number()),
}) satisfies z.ZodMiniType<DossierRow>;

/** `GET /api/dossiers` and `GET /api/chases/:id/dossiers`. */
export const DossierPageSchema = z.object({
  at: z.number(),
  rule,
  count: z.number(),
  rows: z.array(DossierRowSchema),
  next: z.nullable(z.string()),
}) satisfies z.ZodMiniType<DossierPage>;

/** A chase; the reply of acknowledging, answering and closing one, too. */
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
  simulated: z.number(),
  steps: z.array(z.enum(['acknowledge', 'answer', 'close'])),
}) satisfies z.ZodMiniType<Chase>;

/** `GET /api/chases`. */
export const ChasePageSchema = z.object({
  at: z.number(),
  rows: z.array(ChaseSchema),
}) satisfies z.ZodMiniType<ChasePage>;

/** Reply of `POST /api/chases`. */
export const SentChasesSchema = z.object({ chases: z.array(ChaseSchema) });

/** `GET /api/dossiers/:id`. */
export const DossierDetailSchema = z.object({
  at: z.number(),
  dossier: DossierRowSchema,
  applicant_kind: z.number(),
  pauses: z.array(z.object({ from: z.number(), to: instant, status: z.number() })),
  clock: z.object({
    own_due_at: instant,
    own_due_from: z.nullable(z.enum(['limit', 'source'])),
    source_due_at: instant,
    difference_ms: instant,
    difference_working_ms: instant,
    paused_ms: z.number(),
    paused_working_ms: z.number(),
    used_working_ms: instant,
    left_working_ms: instant,
    source_left_working_ms: instant,
    day_working_ms: z.number(),
  }),
  judgements: z.array(z.object({ rule, outcome, on_time: z.nullable(z.boolean()) })),
  forecast: z.nullable(
    z.object({
      probability: z.number(),
      level: z.enum(['procedure_unit', 'procedure', 'all', 'passed']),
      share: z.number(),
      open: z.number(),
      late: z.number(),
    }),
  ),
  steps: z.array(
    z.object({
      type: z.string(),
      observed_at: z.number(),
      received_at: z.number(),
      source: z.string(),
      status: z.number(),
      due_at: instant,
      step_holder: z.string(),
      handler: z.string(),
      simulated: z.number(),
    }),
  ),
  other_units: z.array(z.string()),
  may_see_applicant: z.boolean(),
}) satisfies z.ZodMiniType<DossierDetail>;

/** `GET /api/apologies` and the reply of `POST`. */
export const ApologiesSchema = z.object({
  at: z.number(),
  rows: z.array(
    z.object({
      dossier_id: z.string(),
      unit: z.string(),
      sent_at: z.number(),
      sent_by: z.string(),
      promised_at: instant,
    }),
  ),
}) satisfies z.ZodMiniType<ApologiesReply>;

/** `GET /api/dossiers/:id/applicant`. */
export const ApplicantSchema = z.object({
  name: z.string(),
  phone: z.string(),
  email: z.string(),
}) satisfies z.ZodMiniType<ApplicantReply>;

/** What can be found, in the order of the page. */
export const FINDINGS = [
  'finish_told_later_in_burst',
  'finish_equals_promise',
  'finish_out_of_pause',
  'supplement_repeated',
  'finish_outside_hours',
  'finish_undated',
] as const satisfies readonly IntegrityReply['findings'][number]['code'][];

/** `GET /api/integrity`. */
export const IntegritySchema = z.object({
  at: z.number(),
  from: z.number(),
  to: z.number(),
  dossiers: z.number(),
  findings: z.array(
    z.object({
      code: z.enum(FINDINGS),
      unit: z.string(),
      unit_path: z.string(),
      count: z.number(),
      of: z.number(),
      text,
      dossier_ids: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodMiniType<IntegrityReply>;

/** `GET /api/dossiers/rules`. */
export const RulesSchema = z.object({
  rules: z.array(z.object({ id: rule, name: text, definition: text })),
  outcomes: z.array(z.object({ id: outcome, name: text })),
}) satisfies z.ZodMiniType<RulesReply>;

/** `GET /api/chases/deadlines`. */
export const DeadlinesSchema = z.object({
  at: z.number(),
  deadlines: z.array(z.object({ id: z.enum(['today', 'working_1', 'working_3']), at: z.number() })),
}) satisfies z.ZodMiniType<DeadlinesReply>;
