import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LetterPage } from '../../contract.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { placeOf } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { MOST_RECORDS, totalOf } from '../list-query.ts';
import { toRecords } from '../records.ts';

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
const instant = { type: 'instant' } as const;
const word = { type: 'String' as const, default: '' };

/** The parameters that narrow dead letters: see letters-filter.sql. */
export const LETTER_PARAMS = { from: { type: 'Float64' as const, default: 0 }, source: word, code: word };

const QuerySchema = LensQuerySchema.extend({
  source: z.string().min(1).max(256).optional(),
  code: z.string().min(1).max(64).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('received from then on; all that is kept when absent'),
  state: z.enum(['open', 'mended']).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_RECORDS).default(200),
});
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  open: z.int(),
  rows: z.array(
    z.object({
      ...{ id: z.string(), received_at: z.number(), entry: z.string(), source: z.string(), unit: z.string() },
      ...{ code: z.string(), reason: z.string(), payload: z.string(), simulated: z.boolean() },
      mended_at: z.number().nullable(),
    }),
  ),
  groups: z.array(
    z.object({
      ...{ source: z.string(), code: z.string(), entry: z.string() },
      ...{ count: z.int(), open: z.int(), newest_at: z.number() },
    }),
  ),
}) satisfies z.ZodType<LetterPage>;
const RowSchema = z.object({
  ...{ id: z.string(), unit_path: z.string(), received: z.number(), entry: z.string(), source: z.string() },
  ...{
    code: z.string(),
    reason: z.string(),
    payload: z.string(),
    simulated: z.number(),
    mended: z.number().nullable(),
  },
});
const GroupSchema = z.tuple([z.string(), z.string(), z.string(), z.number(), z.number(), z.number()]);

/** The events that were refused, as they were kept. */
export default function letterRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const list = ownQuery('routes/sources/letters.sql', ['dead_letter', 'intake_event'], {
    description: 'Dead letters, newest first',
    params: { ...LETTER_PARAMS, state: word, page: { type: 'UInt16', default: 200 } },
    rows: {
      ...{ id: text, unit_path: text, received: instant, entry: text, source: text, code: text, reason: text },
      ...{
        payload: text,
        simulated: number,
        mended: { ...instant, nullable: true },
        total: number,
        open_total: number,
      },
    },
    max_rows: MOST_RECORDS,
  });
  const groups = ownQuery('routes/sources/letter-groups.sql', ['dead_letter', 'intake_event'], {
    description: 'Dead letters by source and reason',
    params: LETTER_PARAMS,
    rows: { source: text, code: text, entry: text, letters: number, open_letters: number, newest_at: instant },
    max_rows: 500,
  });
  app.get(
    '/sources/letters',
    {
      schema: {
        tags: ['sources'],
        summary: 'Refused events as they were kept (redacted), grouped by reason',
        querystring: QuerySchema,
        response: { 200: PageSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { source = '', code = '', from, state = '', limit } = request.query;
      const { lens, units } = placeOf(request, request.query);
      const narrowed = { source, code, from: from === undefined ? 0 : Date.parse(from) };
      const [page, grouped] = await app.gate.pass(() =>
        Promise.all([
          app.store.run(list, { ...narrowed, state, page: limit }, lens),
          // the groups of all, so that another can be chosen
          app.store.run(groups, { ...narrowed, source: '', code: '' }, lens),
        ]),
      );
      const records = toRecords(page);
      const codes = codesByPath(units);
      return {
        at: page.at,
        count: totalOf(records),
        open: z.number().parse(records[0]?.open_total ?? 0),
        rows: records.map((record) => {
          const { unit_path, received, mended, simulated, ...row } = RowSchema.parse(record);
          return {
            ...{ ...row, received_at: received, mended_at: mended, simulated: simulated > 0 },
            unit: codes.get(unit_path) ?? '',
          };
        }),
        groups: grouped.rows.map((row) => {
          const [source, code, entry, count, open, newest_at] = GroupSchema.parse(row);
          return { source, code, entry, count, open, newest_at };
        }),
      };
    },
  );
}
