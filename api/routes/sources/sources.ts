import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import type { AuditReport, SourcesReport } from '../../contract.ts';
import { sourcesQuery, toSources } from '../../live/pulses.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { ownQuery } from '../../sql.ts';

const SourcesSchema = z.object({
  at: z.number(),
  sources: z.array(
    z.object({
      family: z.enum(FAMILY_NAMES),
      source: z.string(),
      observed_at: z.number(),
      received_at: z.number(),
      simulated: z.boolean(),
    }),
  ),
  refused: z
    .array(z.object({ source: z.string(), code: z.string(), count: z.number(), last_at: z.number() }))
    .describe('events that were refused today, by source and reason'),
}) satisfies z.ZodType<SourcesReport>;

const AuditSchema = z.object({
  buckets: z.int(),
  compared: z.int(),
  rounds: z.int(),
  completed_at: z.number().nullable(),
  compared_at: z.number().nullable(),
  differences: z.int(),
  examples: z.array(
    z.object({
      relation: z.string(),
      unit_path: z.string(),
      month: z.string(),
      id: z.string(),
      columns: z.array(z.string()),
    }),
  ),
  is_failing: z.boolean(),
}) satisfies z.ZodType<AuditReport>;

const RefusedSchema = z.tuple([z.string(), z.string(), z.number(), z.number()]);
/** Most differences that are named. */
const MOST = 50;

/** What comes in, and whether what is kept of it is right. */
export default function sourceRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const heard = sourcesQuery();
  const letters = ownQuery('routes/sources/dead-letters.sql', ['dead_letter'], {
    description: 'Refused events',
    rows: { source: { type: 'text' }, code: { type: 'text' }, count: { type: 'number' }, last_at: { type: 'instant' } },
  });
  app.get(
    '/sources',
    {
      schema: {
        tags: ['sources'],
        summary: 'When each source was last heard, and what was refused today',
        response: { 200: SourcesSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const lens = { scope: sessionOf(request).scope, at: null, known_at: null };
      const [sources, refused] = await app.gate.pass(() =>
        Promise.all([app.store.run(heard, {}, lens), app.store.run(letters, {}, lens)]),
      );
      return {
        at: sources.at,
        sources: toSources(sources),
        refused: refused.rows.map((row) => {
          const [source, code, count, last_at] = RefusedSchema.parse(row);
          return { source, code, count, last_at };
        }),
      };
    },
  );
  app.get(
    '/audit',
    {
      schema: {
        tags: ['sources'],
        summary: 'Whether the fast answers equal those recomputed from the log, compared all day',
        response: { 200: AuditSchema },
      },
    },
    (request) => {
      const { scope } = sessionOf(request);
      const { differences, ...state } = app.auditor.state();
      const own = differences.filter(({ unit_path }) => unit_path.startsWith(scope));
      return { ...state, differences: own.length, examples: own.slice(0, MOST) };
    },
  );
}
