import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ReadingPage } from '../../contract-lists.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { askList, told } from '../ask-list.ts';
import { LIST_PARAMS, ListOfRecordsSchema, listParams, MOST_RECORDS } from '../list-query.ts';

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;

const QuerySchema = ListOfRecordsSchema.extend({
  metric: z.string().min(1).max(200).optional().describe('a metric, or several with commas between'),
  fresh_s: z.coerce
    .number()
    .int()
    .min(0)
    .max(31_536_000)
    .default(0)
    .describe('leaves out what is older than so many seconds; 0: nothing'),
});
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  sum: z.number().nullable(),
  rows: z.array(
    z.object({
      unit: z.string(),
      metric: z.string(),
      subject: z.string(),
      place: z.string(),
      observed_at: z.number(),
      value: z.number(),
      value_unit: z.string(),
      simulated: z.int(),
    }),
  ),
}) satisfies z.ZodType<ReadingPage>;
const RowSchema = z.object({
  ...PageSchema.shape.rows.element.omit({ unit: true, observed_at: true }).shape,
  unit_path: z.string(),
  seen_at: z.number(),
});

/** The readings that a figure was made of. */
export default function readingsRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = ownQuery('routes/readings/list.sql', ['reading'], {
    description: 'The newest reading of each series',
    params: { ...LIST_PARAMS, metric: { type: 'String', default: '' }, fresh_s: { type: 'UInt32', default: 0 } },
    rows: {
      ...{ unit_path: text, metric: text, subject: text, place: text, seen_at: { type: 'instant' } },
      ...{ value: number, value_unit: text, simulated: number, total: number, sum: number },
    },
    max_rows: MOST_RECORDS,
  });
  app.get(
    '/readings',
    {
      schema: {
        tags: ['readings'],
        summary: 'The newest reading of each series, largest first',
        querystring: QuerySchema,
        response: { 200: PageSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { query: asked } = request;
      const { codeOf, records, at, count, sum } = await askList(request, asked, query, () => ({
        ...listParams(asked),
        metric: asked.metric ?? '',
        fresh_s: asked.fresh_s,
      }));
      return { at, count, sum, rows: records.map((record) => told(RowSchema.parse(record), codeOf)) };
    },
  );
}
