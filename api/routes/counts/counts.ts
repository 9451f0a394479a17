import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CountPage } from '../../contract-lists.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { askList, sendList, told } from '../ask-list.ts';
import { LIST_PARAMS, ListOfRecordsSchema, listParams } from '../list-query.ts';
import { CURSOR_PARAMS, cursorOf, cursorParams } from '../log-cursor.ts';

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
/** Rows of a file at most. */
const MOST_LINES = 1_000_000;

/** Longest stretch that is listed. */
const MOST_DAYS = 366;

const QuerySchema = ListOfRecordsSchema.extend({
  metric: z.string().min(1).max(400).describe('a metric, or several with commas between'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_DAYS)
    .optional()
    .describe('today and the days before it; 1 when neither it nor from is said'),
  from: z.iso.datetime({ offset: true }).optional().describe('what happened from this instant on, in place of days'),
  place: z.string().min(1).max(200).optional().describe('the place of a reading, or its subject where it has none'),
  after: z.string().max(400).optional().describe('next_cursor of the page before'),
});
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  sum: z.number().nullable(),
  next: z.string().nullable().describe('the cursor of the next page; null where there is none'),
  rows: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      metric: z.string(),
      subject: z.string(),
      place: z.string(),
      source: z.string(),
      observed_at: z.number(),
      value: z.number(),
      value_unit: z.string(),
      simulated: z.int(),
    }),
  ),
}) satisfies z.ZodType<CountPage>;
const RowSchema = z.object({
  ...PageSchema.shape.rows.element.omit({ unit: true, observed_at: true }).shape,
  unit_path: z.string(),
  seen_at: z.number(),
});
const HEADS = ['Lúc', 'Đơn vị', 'Chỉ số', 'Nơi đo', 'Giá trị', 'Đơn vị đo', 'Nguồn'];

/** The instant of a text (epoch ms), not further back than days may reach. Throws `IOC_BAD_REQUEST`. */
function sinceOf(from: string, now: number): number {
  const since = Date.parse(from);
  if (since < now - MOST_DAYS * 86_400_000)
    throw new IocError('IOC_BAD_REQUEST', `from is older than ${MOST_DAYS} days`);
  return since;
}

/** What was counted in a stretch of time: the readings that a sum was made of. */
export default function countsRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const columns = {
    ...{ id: text, unit_path: text, metric: text, subject: text, place: text, source: text },
    ...{
      seen_at: { type: 'instant' } as const,
      value: number,
      value_unit: text,
      simulated: number,
      total: number,
      sum: number,
    },
  };
  const query = ownQuery('routes/counts/list.sql', ['reading_event'], {
    description: 'What was counted, newest first',
    params: {
      ...LIST_PARAMS,
      ...CURSOR_PARAMS,
      page: { type: 'UInt32', default: 500 },
      metric: { type: 'String', default: '' },
      days: { type: 'UInt16', default: 1 },
      since: { type: 'Float64', default: 0 },
      place: { type: 'String', default: '' },
    },
    rows: columns,
  });
  const paramsOf = ({ after, metric, days, from, place = '', ...asked }: z.infer<typeof QuerySchema>) => ({
    ...listParams(asked),
    ...cursorParams(after),
    ...{
      metric,
      place,
      days: from === undefined ? (days ?? 1) : 0,
      since: from === undefined ? 0 : sinceOf(from, app.clock()),
    },
  });
  const failures = { 400: FailureSchema, 404: FailureSchema, 503: FailureSchema };

  app.get(
    '/counts',
    {
      schema: {
        tags: ['readings'],
        summary: 'What was counted in a stretch of time, newest first, and its sum',
        querystring: QuerySchema,
        response: { 200: PageSchema, ...failures },
      },
    },
    async (request) => {
      const { query: asked } = request;
      // one more than a page has: whether there is another
      const page = asked.limit + 1;
      const list = await askList(request, asked, query, () => ({ ...paramsOf(asked), page }));
      const { at, count, sum } = list;
      const read = list.records.slice(0, asked.limit).map((record) => RowSchema.parse(record));
      const next = list.records.length > asked.limit ? cursorOf(read) : null;
      return { at, count, sum, next, rows: read.map((row) => told(row, list.codeOf)) };
    },
  );

  app.get(
    '/counts/export.csv',
    {
      schema: {
        tags: ['readings'],
        summary: 'What was counted in a stretch of time, as CSV',
        querystring: QuerySchema.omit({ limit: true, after: true }),
        response: failures,
      },
    },
    async (request, reply) => {
      const { query: asked } = request;
      return sendList(request, reply, asked, {
        query,
        paramsOf: () => ({ ...paramsOf({ ...asked, limit: 1 }), page: MOST_LINES }),
        ...{ file: 'so-dem', name: 'Số đếm', heads: HEADS },
        cells: (record, { nameOf, timeOf }) => {
          const { seen_at, unit_path, metric, place, subject, value, value_unit, source } = RowSchema.parse(record);
          return [timeOf(seen_at), nameOf(unit_path), metric, place || subject, value, value_unit, source];
        },
      });
    },
  );
}
