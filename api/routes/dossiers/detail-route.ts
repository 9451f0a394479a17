import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readClock, type Terms } from '#ingest/dossier/dossier-clock.ts';
import { forecastLate, shareAt, type Forecast } from '#ingest/dossier/forecast.ts';
import { foldDossier } from '#ingest/dossier/fold.ts';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import { RULE_IDS, RULE_SETS } from '#ingest/dossier/rules.ts';
import { HOURS_PER_DAY } from '#ingest/dossier/working-time.ts';
import type { Rows } from '../../contract.ts';
import type { DossierDetail } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { isLive } from '../../lens.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { toRecords } from '../records.ts';
import { maySeeApplicants } from './applicant-route.ts';
import { createCurves, curvesQuery, type CurvesOf } from './curves.ts';
import { placeOf, type Place } from './place.ts';
import { eventsQuery } from './queries.ts';
import { codesByPath, DossierRowSchema } from './rows.ts';

const ms = z.number().nullable();
const rule = z.enum(RULE_IDS);
const StepSchema = z.object({
  type: z.string(),
  observed_at: z.number(),
  received_at: z.number(),
  source: z.string(),
  status: z.int(),
  due_at: ms,
  step_holder: z.string(),
  handler: z.string(),
  simulated: z.int(),
});
const ClockSchema = z.object({
  own_due_at: ms,
  own_due_from: z.enum(['limit', 'source']).nullable(),
  source_due_at: ms,
  difference_ms: ms,
  difference_working_ms: ms,
  paused_ms: z.number(),
  paused_working_ms: z.number(),
  used_working_ms: ms,
  left_working_ms: ms,
  source_left_working_ms: ms,
  day_working_ms: z.number(),
});
const DetailSchema = z.object({
  at: z.number(),
  dossier: DossierRowSchema,
  applicant_kind: z.int(),
  pauses: z.array(z.object({ from: z.number(), to: ms, status: z.int() })),
  clock: ClockSchema,
  judgements: z.array(z.object({ rule, outcome: z.enum(OUTCOMES), on_time: z.boolean().nullable() })),
  forecast: z
    .object({
      probability: z.number(),
      level: z.enum(['procedure_unit', 'procedure', 'all', 'passed']),
      share: z.number(),
      open: z.int(),
      late: z.int(),
    })
    .nullable(),
  steps: z.array(StepSchema),
  other_units: z.array(z.string()),
  may_see_applicant: z.boolean(),
}) satisfies z.ZodType<DossierDetail>;

const flag = z.union([z.literal(0), z.literal(1)]);
const EventSchema = StepSchema.extend({
  unit_path: z.string(),
  event_key: z.string(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_code: z.string(),
  field_name: z.string(),
  channel: z.int(),
  applicant_kind: z.int(),
  handler_path: z.string(),
  simulated: flag,
});

/**
 * A dossier told from its events by the same fold that keeps it: that of the first unit within `unit` that uses the number, the unit itself before those below
 * it. Throws `IOC_DOSSIER_UNKNOWN` when there is none.
 */
function detailOf(
  dossier_id: string,
  answer: Rows & { at: number },
  { units, unit, timeOf }: Place,
): Omit<DossierDetail, 'forecast' | 'may_see_applicant'> {
  const all = z.array(EventSchema).parse(toRecords(answer));
  const paths = [...new Set(all.map(({ unit_path }) => unit_path))].sort();
  const path = paths.find((each) => each.startsWith(unit.path));
  const events = all.filter(({ unit_path }) => unit_path === path);
  const [first] = events;
  if (!first) throw new IocError('IOC_DOSSIER_UNKNOWN');
  const { at } = answer;
  const codes = codesByPath(units);
  const state = foldDossier(events);
  const time = timeOf(state.handler_path || first.unit_path);
  const terms: Terms = { time, limit: null };
  const clock = readClock(state, at, terms);
  const judgements = RULE_IDS.map((id) => ({ rule: id, ...RULE_SETS[id].judge(state, at, terms) }));
  const { pauses, applicant_kind, ...known } = state;
  return {
    at,
    dossier: DossierRowSchema.parse({
      ...known,
      dossier_id,
      unit_path: first.unit_path,
      unit: codes.get(first.unit_path) ?? '',
      outcome: judgements[0]?.outcome,
    }),
    applicant_kind,
    pauses,
    clock: ClockSchema.parse({ ...clock, day_working_ms: HOURS_PER_DAY * 3_600_000 }),
    judgements: judgements.map(({ rule: id, outcome, on_time }) => ({ rule: id, outcome, on_time })),
    steps: events.map((event) => StepSchema.parse(event)),
    other_units: paths.flatMap((each) => (each === path ? [] : (codes.get(each) ?? []))),
  };
}

/** The forecast of a dossier that runs towards a promise; null for any other. */
async function forecastOf(
  { at, dossier }: Pick<DossierDetail, 'at' | 'dossier'>,
  place: Place,
  curvesOf: CurvesOf,
): Promise<Forecast | null> {
  const share = shareAt(dossier, at);
  // what was learnt since would be told to the past; and folding all dossiers of then takes too long
  if (share === null || !dossier.outcome.startsWith('open') || !isLive(place.lens)) return null;
  return forecastLate(share, await curvesOf({ ...dossier, lens: place.lens }));
}

/** One dossier with its clock and everything that happened to it. */
export default function detailRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = eventsQuery();
  const curves = curvesQuery();
  const curvesOf = createCurves({
    run: (params, lens) => app.gate.pass(() => app.store.run(curves, params, lens)),
    clock: () => app.clock(),
  });
  app.get(
    '/dossiers/:id',
    {
      schema: {
        tags: ['dossiers'],
        summary:
          'One dossier: its state, its clock, its events; of the unit that is named, where several use the number',
        params: z.object({ id: z.string().min(1).max(256) }),
        querystring: LensQuerySchema,
        response: { 200: DetailSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const {
        params: { id },
        query: asked,
      } = request;
      const place = placeOf(request, asked);
      const whole = placeOf(request, { ...asked, unit: undefined });
      const answer = await app.gate.pass(() => app.store.run(query, { dossier: id }, whole.lens));
      const detail = detailOf(id, answer, place);
      request.acted = { target: id, unit: detail.dossier.unit };
      const forecast = await forecastOf(detail, place, curvesOf);
      return { ...detail, forecast, may_see_applicant: maySeeApplicants(app, request.session) };
    },
  );
}
