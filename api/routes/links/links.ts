import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LinkPage } from '../../contract-lists.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { askList } from '../ask-list.ts';
import { LIST_PARAMS, ListOfRecordsSchema, listParams, MOST_RECORDS } from '../list-query.ts';

const STATES = ['up', 'down', 'silent'] as const;
const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
const maybe = { type: 'instant', nullable: true } as const;

const QuerySchema = ListOfRecordsSchema.extend({
  state: z
    .string()
    .regex(/^(up|down|silent)(,(up|down|silent))*$/)
    .optional()
    .describe('up, down or silent, or several with commas between'),
  ring: z.string().min(1).max(2_000).optional().describe('a ring, or several with commas between'),
  link: z.string().min(1).max(8_000).optional().describe('a link, or several with commas between'),
});
const instant = z.number().nullable();
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  rows: z.array(
    z.object({
      link_id: z.string(),
      unit: z.string(),
      from_unit: z.string(),
      ring: z.string(),
      state: z.enum(STATES),
      alive_at: instant,
      sample_at: instant,
      latency_ms: z.number().nullable(),
      loss_ratio: z.number().nullable(),
      simulated: z.int(),
    }),
  ),
}) satisfies z.ZodType<LinkPage>;
const RowSchema = z.object({
  ...PageSchema.shape.rows.element.omit({ unit: true, sample_at: true, latency_ms: true, loss_ratio: true }).shape,
  unit_path: z.string(),
  sampled_at: instant,
  latency: z.number().nullable(),
  loss: z.number().nullable(),
});

/** The links that a figure counted. */
export default function linksRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = ownQuery('routes/links/list.sql', ['link'], {
    description: 'Links and how they are',
    params: {
      ...LIST_PARAMS,
      states: { type: 'String', default: '' },
      ring: { type: 'String', default: '' },
      link: { type: 'String', default: '' },
    },
    rows: {
      ...{ link_id: text, unit_path: text, from_unit: text, ring: text, state: text },
      ...{ alive_at: maybe, sampled_at: maybe, simulated: number, total: number },
      ...{ latency: { type: 'number', nullable: true }, loss: { type: 'number', nullable: true } },
    },
    max_rows: MOST_RECORDS,
  });
  app.get(
    '/links',
    {
      schema: {
        tags: ['links'],
        summary: 'Links and how they are, the lost ones first',
        querystring: QuerySchema,
        response: { 200: PageSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { query: asked } = request;
      const { codeOf, records, at, count } = await askList(request, asked, query, () => ({
        ...listParams(asked),
        states: asked.state ?? '',
        ring: asked.ring ?? '',
        link: asked.link ?? '',
      }));
      const rows = records.map((record) => {
        const { unit_path, sampled_at, latency, loss, ...row } = RowSchema.parse(record);
        return { ...row, unit: codeOf(unit_path), sample_at: sampled_at, latency_ms: latency, loss_ratio: loss };
      });
      return { at, count, rows };
    },
  );
}
