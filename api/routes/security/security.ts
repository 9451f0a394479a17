import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SecurityPage } from '../../contract-lists.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { askList, told } from '../ask-list.ts';
import { LIST_PARAMS, ListOfRecordsSchema, listParams, MOST_RECORDS } from '../list-query.ts';

/** What is listed when nobody says from when on, in milliseconds. */
const DAY_MS = 86_400_000;
const NAME = '(unclassified|low|medium|high|critical)';
const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
/** A parameter that narrows nothing when empty. */
const word = { type: 'String' as const, default: '' };
const instant = z.iso.datetime({ offset: true }).optional();
const named = z.string().min(1).max(200).optional();

const QuerySchema = ListOfRecordsSchema.extend({
  from: instant.describe('24 hours before `at` when absent; all there is when an event is asked for'),
  to: instant.describe('up to before this instant'),
  severity: z
    .string()
    .regex(new RegExp(`^${NAME}(,${NAME})*$`))
    .optional()
    .describe('unclassified, low, medium, high, critical, or several with commas between'),
  category: named.describe('the class that the sensor gave it; `-` for none'),
  action: named.describe('what the sensor did, as it wrote it; `-` for nothing said'),
  asset: named.describe('the machine that it aims at; `-` for none'),
  blocked: z.enum(['0', '1']).optional().describe('whether the sensor blocked it'),
  event: z.guid().optional().describe('one alert alone'),
});
const PageSchema = z.object({
  at: z.number(),
  count: z.int(),
  rows: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      observed_at: z.number(),
      severity: z.int(),
      category: z.string(),
      signature: z.string(),
      asset: z.string(),
      action: z.string(),
      source: z.string(),
      simulated: z.int(),
    }),
  ),
}) satisfies z.ZodType<SecurityPage>;
const RowSchema = z.object({
  ...PageSchema.shape.rows.element.omit({ unit: true, observed_at: true }).shape,
  unit_path: z.string(),
  seen_at: z.number(),
});

/** The security alerts that a figure counted. */
export default function securityRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = ownQuery('routes/security/list.sql', ['security_event'], {
    description: 'Security alerts, newest first',
    params: {
      ...LIST_PARAMS,
      from: { type: 'Float64', default: 0 },
      to: { type: 'Float64', default: 0 },
      severities: word,
      ...{ category: word, action: word, asset: word, blocked: word },
      event: word,
    },
    rows: {
      ...{ id: text, unit_path: text, seen_at: { type: 'instant' }, severity: number, category: text },
      ...{ signature: text, asset: text, action: text, source: text, simulated: number, total: number },
    },
    max_rows: MOST_RECORDS,
  });
  app.get(
    '/security',
    {
      schema: {
        tags: ['security'],
        summary: 'Security alerts, newest first',
        querystring: QuerySchema,
        response: { 200: PageSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { query: asked } = request;
      const { codeOf, records, at, count } = await askList(request, asked, query, (place) => ({
        ...listParams(asked),
        from: asked.from === undefined ? (asked.event === undefined ? place.at - DAY_MS : 0) : Date.parse(asked.from),
        // clocks differ: what is dated a moment ahead is here already
        to: asked.to === undefined ? place.at + DAY_MS : Date.parse(asked.to),
        severities: asked.severity ?? '',
        category: asked.category ?? '',
        action: asked.action ?? '',
        asset: asked.asset ?? '',
        blocked: asked.blocked ?? '',
        event: asked.event ?? '',
      }));
      return { at, count, rows: records.map((record) => told(RowSchema.parse(record), codeOf)) };
    },
  );
}
