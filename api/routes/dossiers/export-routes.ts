import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { OUTCOMES } from '#ingest/dossier/outcome.ts';
import { OUTCOME_NAMES, RULE_SETS } from '#ingest/dossier/rules.ts';
import { DOSSIER_STATUSES } from '#ingest/schema/status.ts';
import type { Cell } from '../../contract.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { toRecords } from '../records.ts';
import { sendSheet } from '../send-sheet.ts';
import { FILTER_PARAMS, FilterSchema } from './filter.ts';
import { FORM_BY, FORM_HEADS, FORM_SPANS, formLines, formNote, formQuery } from './form-06a.ts';
import { paramsOf, placeOf, type Place } from './place.ts';
import { dossierQuery, listQuery } from './queries.ts';
import { querySet } from './query-set.ts';
import { readKeys } from './rows.ts';
import { MOST_XLSX_ROWS, SHEET_FORMATS, type SheetCell } from './sheet.ts';

const instant = z.number().nullable();
const LineSchema = z.object({
  dossier_id: z.string(),
  unit_path: z.string(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_name: z.string(),
  channel: z.number(),
  status: z.number(),
  outcome: z.enum(OUTCOMES),
  accepted_at: instant,
  due_at: instant,
  finished_at: instant,
  returned_at: instant,
  handler_path: z.string(),
  handler: z.string(),
  step_holder: z.string(),
});

/** Headings that the shipped mapping of imports reads again: a list goes out and comes in as the same dossiers. */
const HEADS = [
  'Số hồ sơ',
  'Đơn vị tiếp nhận',
  'Mã thủ tục',
  'Tên thủ tục',
  'Lĩnh vực',
  'Kênh nộp',
  'Trạng thái hồ sơ',
  'Tình hình giải quyết',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày kết thúc xử lý',
  'Ngày trả kết quả',
  'Đơn vị xử lý',
  'Đang giữ hồ sơ',
];
const CHANNELS = ['', 'Trực tiếp', 'Trực tuyến', 'Bưu chính công ích'];

/** Lists and the form as files. They are streamed: nothing of their length is held. */
export default function exportRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const text = { type: 'text' } as const;
  const number = { type: 'number' } as const;
  const maybe = { type: 'instant', nullable: true } as const;
  const rows = dossierQuery('export.sql', {
    description: 'Dossiers, narrowed, for a file',
    params: FILTER_PARAMS,
    rows: {
      ...{ dossier_id: text, unit_path: text, procedure_code: text, procedure_name: text, field_name: text },
      ...{ channel: number, status: number, outcome: text },
      ...{ accepted_at: maybe, due_at: maybe, finished_at: maybe, returned_at: maybe },
      ...{ handler_path: text, handler: text, step_holder: text },
    },
  });
  const count = listQuery('due', true);
  const form = formQuery();
  const FileSchema = z.object({ format: z.enum(SHEET_FORMATS) });
  const failures = { 400: FailureSchema, 404: FailureSchema, 503: FailureSchema };

  app.get(
    '/dossiers/export.:format',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'A list as CSV or XLSX',
        params: FileSchema,
        querystring: FilterSchema,
        response: failures,
      },
    },
    async (request, reply) => {
      const {
        params: { format },
        query: filter,
      } = request;
      const place = placeOf(request, filter);
      request.acted = { target: format, unit: place.unit.code };
      const params = paramsOf(place, filter);
      const first = await app.gate.pass(() =>
        app.store.run(querySet(count, filter, place), { ...params, page: 1 }, place.lens),
      );
      const { count: all } = readKeys(first);
      if (format === 'xlsx' && all > MOST_XLSX_ROWS)
        throw new IocError(
          'IOC_BAD_REQUEST',
          `${all} dossiers do not fit into one sheet: narrow the list, or take CSV`,
        );
      const parts = app.store.stream(querySet(rows, filter, place), params, place.lens);
      return sendSheet(reply, format, `ho-so-${place.unit.code}`, {
        name: 'Hồ sơ',
        heads: [HEADS],
        rows: listed(parts, place, app.book.dashboards().province.calendar.zone),
      });
    },
  );

  app.get(
    '/dossiers/summary.:format',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'Biểu 06a as CSV or XLSX: the period from `from` to `at`',
        params: FileSchema,
        querystring: FilterSchema.extend({
          group_by: z.enum(FORM_BY).default('field'),
          from: z.iso.datetime({ offset: true }).optional().describe('begin of the period; of the year when absent'),
        }),
        response: failures,
      },
    },
    async (request, reply) => {
      const {
        params: { format },
        query: { group_by, from, ...filter },
      } = request;
      const place = placeOf(request, filter);
      request.acted = { target: format, unit: place.unit.code };
      const { zone } = app.book.dashboards().province.calendar;
      const begin =
        from === undefined ? DateTime.fromMillis(place.at, { zone }).startOf('year').toMillis() : Date.parse(from);
      if (begin > place.at) throw new IocError('IOC_BAD_REQUEST', 'from has not come yet, or is after at');
      const params = { ...paramsOf(place, filter), by: group_by, from: begin };
      const answer = await app.gate.pass(() => app.store.run(querySet(form, filter, place), params, place.lens));
      const day = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('dd/MM/yyyy HH:mm');
      const lines = formLines(answer, place.units);
      return sendSheet(reply, format, `bieu-06a-${place.unit.code}`, {
        name: 'Biểu 06a',
        heads: FORM_HEADS,
        spans: FORM_SPANS,
        rows: [
          ...lines,
          [],
          [
            '',
            `${place.unit.name}, từ ${day(begin)} đến ${day(answer.at)}; cách tính: ${RULE_SETS[filter.rule].name.vi}`,
          ],
          ['', formNote(answer)],
        ],
      });
    },
  );
}

/** Rows of export.sql as a person reads them: names for codes, local time. */
async function* listed(parts: AsyncIterable<Cell[][]>, { units }: Place, zone: string): AsyncGenerator<SheetCell[]> {
  const names = new Map(units.units.map(({ path, name }) => [path, name]));
  const local = (at: number | null): Date | null =>
    at === null ? null : new Date(at + DateTime.fromMillis(at, { zone }).offset * 60_000);
  const statuses = new Map(Object.entries(DOSSIER_STATUSES).map(([code, { vi }]) => [Number(code), vi]));
  const columns = Object.keys(LineSchema.shape);
  for await (const rows of parts) {
    for (const record of toRecords({ columns, rows })) {
      const line = LineSchema.parse(record);
      yield [
        ...[line.dossier_id, names.get(line.unit_path) ?? line.unit_path],
        ...[line.procedure_code, line.procedure_name, line.field_name],
        ...[CHANNELS[line.channel] ?? '', statuses.get(line.status) ?? '', OUTCOME_NAMES[line.outcome].vi],
        ...[local(line.accepted_at), local(line.due_at), local(line.finished_at), local(line.returned_at)],
        ...[names.get(line.handler_path) ?? line.handler, line.step_holder],
      ];
    }
  }
}
