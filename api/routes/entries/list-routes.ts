import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PeriodSchema } from '#ingest/schema/entry.ts';
import type { EntryPage } from '../../contract-lists.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { askList, sendList, told } from '../ask-list.ts';
import { LIST_PARAMS, ListOfRecordsSchema, listParams } from '../list-query.ts';

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
/** Rows of a file at most: some thousands are stated a year. */
const MOST_LINES = 100_000;

const QuerySchema = ListOfRecordsSchema.extend({
  metric: z.string().min(1).max(2_000).optional().describe('a metric, or several with commas between'),
  period: z
    .union([z.literal('newest'), PeriodSchema])
    .optional()
    .describe('a period, or the newest of each metric'),
  history: z.literal('1').optional().describe('all that was ever stated, in place of what stands'),
});
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  sum: z.number().nullable().describe('of what stands; null for the history'),
  rows: z.array(
    z.object({
      unit: z.string(),
      metric: z.string(),
      period: z.string(),
      value: z.number().nullable().describe('null: what was said before is taken back'),
      actor: z.string(),
      note: z.string(),
      source: z.string(),
      observed_at: z.number(),
      simulated: z.int(),
    }),
  ),
}) satisfies z.ZodType<EntryPage>;
const RowSchema = z.object({
  ...PageSchema.shape.rows.element.omit({ unit: true, observed_at: true }).shape,
  unit_path: z.string(),
  seen_at: z.number(),
});
const HEADS = ['Đơn vị', 'Chỉ số', 'Kỳ', 'Giá trị', 'Lúc', 'Người nêu', 'Nguồn', 'Ghi chú'];

/** Figures that were stated, by hand or by a source. */
export default function entryListRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const written = (value: { type: 'number'; nullable?: boolean }) => ({
    params: {
      ...LIST_PARAMS,
      page: { type: 'UInt32', default: 500 } as const,
      metric: { type: 'String', default: '' } as const,
      period: { type: 'String', default: '' } as const,
      newest: { type: 'UInt8', default: 0 } as const,
    },
    rows: {
      ...{ unit_path: text, metric: text, period: text, value, actor: text, note: text, source: text },
      ...{
        seen_at: { type: 'instant' } as const,
        simulated: number,
        total: number,
        sum: { ...number, nullable: true },
      },
    },
    max_rows: 10_000,
  });
  const standing = ownQuery('routes/entries/standing.sql', ['entry'], {
    description: 'Figures that stand, newest period first',
    ...written(number),
  });
  const history = ownQuery('routes/entries/history.sql', ['entry_event'], {
    description: 'Figures that were ever stated, the last word first',
    ...written({ ...number, nullable: true }),
  });
  const ask = ({ metric = '', period, history: all, ...asked }: z.infer<typeof QuerySchema>) => ({
    query: all === undefined ? standing : history,
    params: {
      ...listParams(asked),
      metric,
      period: period === undefined || period === 'newest' ? '' : period,
      ...(all === undefined && { newest: period === 'newest' ? 1 : 0 }),
    },
  });
  const failures = { 400: FailureSchema, 404: FailureSchema, 503: FailureSchema };

  app.get(
    '/entries',
    {
      schema: {
        tags: ['entries'],
        summary: 'Figures that were stated, and their sum',
        querystring: QuerySchema,
        response: { 200: PageSchema, ...failures },
      },
    },
    async (request) => {
      const { query: asked } = request;
      const { query, params } = ask(asked);
      const { codeOf, records, at, count, sum } = await askList(request, asked, query, () => params);
      return { at, count, sum, rows: records.map((record) => told(RowSchema.parse(record), codeOf)) };
    },
  );

  app.get(
    '/entries/export.csv',
    {
      schema: {
        tags: ['entries'],
        summary: 'Figures that were stated, as CSV',
        querystring: QuerySchema.omit({ limit: true }),
        response: failures,
      },
    },
    async (request, reply) => {
      const { query: asked } = request;
      const { query, params } = ask({ ...asked, limit: 1 });
      return sendList(request, reply, asked, {
        query,
        paramsOf: () => ({ ...params, page: MOST_LINES }),
        ...{ file: 'so-nhap', name: 'Số nhập', heads: HEADS },
        cells: (record, { nameOf, timeOf }) => {
          const { unit_path, seen_at, metric, period, value, actor, note, source } = RowSchema.parse(record);
          return [nameOf(unit_path), metric, period, value, timeOf(seen_at), actor, source, note];
        },
      });
    },
  );
}
