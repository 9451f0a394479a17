import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { PeriodSchema } from '#ingest/schema/entry.ts';
import type { EntryPage } from '../../contract-lists.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { placeOf } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { LIST_PARAMS, ListOfRecordsSchema, listParams, totalOf } from '../list-query.ts';
import { toRecords } from '../records.ts';
import { sendSheet } from '../send-sheet.ts';

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
const SumSchema = z.object({ sum: z.number().nullable() });
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
      const { lens, units } = placeOf(request, request.query);
      const { query, params } = ask(request.query);
      const answer = await app.gate.pass(() => app.store.run(query, params, lens));
      const records = toRecords(answer);
      const codes = codesByPath(units);
      const rows = records.map((record) => {
        const { unit_path, seen_at, ...row } = RowSchema.parse(record);
        return { ...row, unit: codes.get(unit_path) ?? '', observed_at: seen_at };
      });
      const sum = records.length === 0 ? null : SumSchema.parse(records[0]).sum;
      return { at: answer.at, count: totalOf(records), sum, rows };
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
      const place = placeOf(request, request.query);
      request.acted = { target: 'csv', unit: place.unit.code };
      const { query, params } = ask({ ...request.query, limit: 1 });
      const parts = app.store.stream(query, { ...params, page: MOST_LINES }, place.lens);
      const { zone } = app.book.dashboards().province.calendar;
      const names = new Map(place.units.units.map(({ path, name }) => [path, name]));
      const columns = Object.keys(query.rows);
      const lines = async function* () {
        for await (const rows of parts)
          for (const record of toRecords({ columns, rows })) {
            const { unit_path, seen_at, metric, period, value, actor, note, source } = RowSchema.parse(record);
            const at = new Date(seen_at + DateTime.fromMillis(seen_at, { zone }).offset * 60_000);
            yield [names.get(unit_path) ?? unit_path, metric, period, value, at, actor, source, note];
          }
      };
      return sendSheet(reply, 'csv', `so-nhap-${place.unit.code}`, { name: 'Số nhập', heads: [HEADS], rows: lines() });
    },
  );
}
