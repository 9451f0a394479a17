import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { BoardSchema } from '#dashboards/schema/board.ts';
import { MetricSchema } from '#dashboards/schema/metric.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import type { BoardFile, BoardSummary, ResolvedBoard } from '../../contract.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf, unitInScope } from '../../session.ts';

const FileFaultSchema = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  path: z.string(),
  message: z.string(),
});
const BoardSummarySchema = z.object({
  id: z.string(),
  title: TextSchema,
  questions: z.array(TextSchema),
  of_unit: z.boolean(),
  fault: z.array(FileFaultSchema),
}) satisfies z.ZodType<BoardSummary>;
const ResolvedBoardSchema = z.object({
  id: z.string(),
  revision: z.string(),
  board: BoardSchema,
  metrics: z.record(z.string(), MetricSchema),
  keys: z.record(z.string(), z.record(z.string(), z.string())),
  unit: z.object({ code: z.string(), path: z.string() }),
  chosen: z.record(z.string(), z.union([z.string(), z.number()])),
}) satisfies z.ZodType<ResolvedBoard>;

const BoardFileSchema = z.object({ file: z.string(), text: z.string() }) satisfies z.ZodType<BoardFile>;

/** The dashboards folder, whose files editors read. */
export interface BoardRouteOptions {
  folder: string;
}

/** The boards that are served, and what is wrong with their files. */
export default function boardRoutes(instance: FastifyInstance, { folder }: BoardRouteOptions): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['boards'];
  app.get('/boards', { schema: { tags, summary: 'All boards', response: { 200: z.array(BoardSummarySchema) } } }, () =>
    [...app.book.dashboards().boards]
      .sort(([, one], [, other]) => one.order - other.order)
      .map(([id, { title, questions, of_unit }]) => ({
        id,
        title,
        questions,
        of_unit,
        fault: app.book.faultsOf(id),
      })),
  );
  app.get(
    '/boards/:id',
    {
      schema: {
        tags,
        summary: 'One board, resolved for the viewer',
        params: z.object({ id: z.string() }),
        querystring: z
          .object({ unit: z.string().optional().describe('code of a unit within the scope') })
          .catchall(z.string().max(64))
          .describe('the variables of the board by name; what is no choice counts for nothing'),
        response: { 200: ResolvedBoardSchema, 404: FailureSchema },
      },
    },
    (request) => {
      const { params, query } = request;
      const { units } = app.book.dashboards().province;
      const { unit, ...said } = query;
      const view = app.book.view(params.id, unitInScope(sessionOf(request), units, unit), said);
      if (!view) throw new IocError('IOC_BOARD_UNKNOWN');
      return view.board;
    },
  );
  app.get(
    '/boards/:id/file',
    {
      config: { access: 'edit' },
      schema: {
        tags,
        summary: 'The text of the file of a board, as it is on disk',
        params: z.object({
          id: z
            .string()
            .max(64)
            .regex(/^[a-z0-9][a-z0-9-]*$/),
        }),
        response: { 200: BoardFileSchema, 401: FailureSchema, 403: FailureSchema, 404: FailureSchema },
      },
    },
    async ({ params: { id } }) => {
      const file = `boards/${id}.yaml`;
      const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
      if (text === undefined) throw new IocError('IOC_BOARD_UNKNOWN');
      return { file, text };
    },
  );
  app.get(
    '/faults',
    {
      schema: {
        tags,
        summary: 'Broken files, with the place of each fault',
        response: { 200: z.array(FileFaultSchema) },
      },
    },
    () => [...app.book.faults()],
  );
}
