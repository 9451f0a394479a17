import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DossierCounts, DossierLine, DossierList, DossierSummary } from '../../contract.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf, unitInScope } from '../../session.ts';
import { LensQuerySchema, lensOf } from '../lens-query.ts';
import { toRecords } from '../records.ts';
import { NO_DUE, readCursor, writeCursor } from './cursor.ts';
import { DOSSIER_STATES, listQuery, MOST_ROWS, summaryQuery } from './queries.ts';

const DossierSchema = z.object({
  dossier_id: z.string(),
  unit_path: z.string(),
  unit: z.string().describe('code of the unit that received it; empty when the unit is not in the tree'),
  status: z.int(),
  status_at: z.number(),
  accepted_at: z.number().nullable(),
  due_at: z.number().nullable(),
  finished_at: z.number().nullable(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_name: z.string(),
  channel: z.int(),
  handler_path: z.string(),
  step_holder: z.string(),
  simulated: z.int(),
}) satisfies z.ZodType<DossierLine>;
const ListSchema = z.object({
  at: z.number().describe('the instant that the list is true for'),
  rows: z.array(DossierSchema),
  next: z.string().nullable().describe('`after` of the next page'),
}) satisfies z.ZodType<DossierList>;

/** Counts of one unit by state. */
export const CountsSchema = z.object({
  open: z.int(),
  overdue: z.int(),
  due_soon: z.int().describe('due within 24 hours'),
  paused: z.int(),
  received_today: z.int(),
  finished_today: z.int(),
}) satisfies z.ZodType<DossierCounts>;
const SummarySchema = z.object({
  at: z.number(),
  counts: CountsSchema.nullable().describe('null: no dossier is known'),
}) satisfies z.ZodType<DossierSummary>;

const ListQuerySchema = LensQuerySchema.extend({
  state: z.enum(DOSSIER_STATES).default('open'),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(100),
  after: z.string().max(1024).optional().describe('`next` of the page before'),
});

/** Dossiers: the lists that figures lead to, and how long each list is. */
export default function dossierRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const list = listQuery();
  const summary = summaryQuery();
  const failures = { 400: FailureSchema, 404: FailureSchema, 503: FailureSchema };
  const place = (query: z.output<typeof LensQuerySchema>) => {
    const { units } = app.book.dashboards().province;
    return { units, lens: lensOf(unitInScope(sessionOf(units), units, query.unit), query, app.clock()) };
  };

  app.get(
    '/dossiers',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'Dossiers in one state, soonest due first',
        querystring: ListQuerySchema,
        response: { 200: ListSchema, ...failures },
      },
    },
    async ({ query }) => {
      const { units, lens } = place(query);
      const after = query.after === undefined ? undefined : readCursor(query.after);
      const params = { state: query.state, page: query.limit, after_due: after?.due ?? -1, after_id: after?.id ?? '' };
      const answer = await app.gate.pass(() => app.store.run(list, params, lens));
      const codes = new Map(units.units.map(({ path, code }) => [path, code]));
      const rows = z
        .array(DossierSchema.omit({ unit: true }))
        .parse(toRecords(answer))
        .map((row) => ({ ...row, unit: codes.get(row.unit_path) ?? '' }));
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return {
        at: answer.at,
        rows,
        next: last ? writeCursor({ due: last.due_at ?? NO_DUE, id: last.dossier_id }) : null,
      };
    },
  );
  app.get(
    '/dossiers/summary',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'How many dossiers are in each state',
        querystring: LensQuerySchema,
        response: { 200: SummarySchema, ...failures },
      },
    },
    async ({ query }) => {
      const { lens } = place(query);
      const answer = await app.gate.pass(() => app.store.run(summary, {}, lens));
      const own = toRecords(answer).find(({ unit_path }) => unit_path === lens.scope);
      return { at: answer.at, counts: own ? CountsSchema.parse(own) : null };
    },
  );
}
