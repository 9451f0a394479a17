import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import type { AuditReport, EntryHealth, SourcesReport } from '../../contract.ts';
import { sourcesQuery, toSources } from '../../live/pulses.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { ownQuery } from '../../sql.ts';
import { toRecords } from '../records.ts';

const amount = z.number().nullable();
const EntrySchema = z.object({
  ...{ entry: z.string(), said_at: z.number(), per_minute: amount, queue_bytes: amount, queue_limit_bytes: amount },
  ...{ oldest_ms: amount, dropped: z.number(), kernel_dropped: amount, faulty: z.number(), error: z.string() },
}) satisfies z.ZodType<EntryHealth>;
const HealthSchema = z.object({
  family: z.enum(FAMILY_NAMES),
  ...{ source: z.string(), observed_at: z.number(), received_at: z.number(), limit_ms: amount, is_silent: amount },
  ...{ per_minute: amount, rejected: amount, is_simulated: z.number() },
});
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
  health: z.array(
    z.object({
      family: z.enum(FAMILY_NAMES),
      ...{ source: z.string(), observed_at: z.number(), received_at: z.number(), limit_ms: amount },
      is_silent: z.boolean().nullable(),
      ...{ per_minute: amount, rejected: amount, simulated: z.boolean() },
    }),
  ),
  entries: z.array(EntrySchema),
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
  const number = { type: 'number' } as const;
  const maybe = { type: 'number', nullable: true } as const;
  const health = ownQuery('routes/sources/health.sql', ['source', 'intake_event'], {
    description: 'How each source is',
    rows: {
      ...{ family: { type: 'text' }, source: { type: 'text' }, observed_at: { type: 'instant' } },
      ...{ received_at: { type: 'instant' }, limit_ms: maybe, is_silent: maybe, per_minute: maybe, rejected: maybe },
      is_simulated: number,
    },
  });
  const entries = ownQuery('routes/sources/entries.sql', ['intake_event'], {
    description: 'What waits at each entry of the collector',
    rows: {
      ...{ entry: { type: 'text' }, said_at: { type: 'instant' }, per_minute: maybe, queue_bytes: maybe },
      ...{ queue_limit_bytes: maybe, oldest_ms: maybe, dropped: number, kernel_dropped: maybe, faulty: number },
      error: { type: 'text' },
    },
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
      const run = (query: LoadedQuery) => app.store.run(query, {}, lens);
      const [sources, refused, states, waiting] = await app.gate.pass(() =>
        Promise.all([run(heard), run(letters), run(health), run(entries)]),
      );
      return {
        at: sources.at,
        sources: toSources(sources),
        refused: refused.rows.map((row) => {
          const [source, code, count, last_at] = RefusedSchema.parse(row);
          return { source, code, count, last_at };
        }),
        health: toRecords(states).map((record) => {
          const { is_silent, is_simulated, ...row } = HealthSchema.parse(record);
          return { ...row, is_silent: is_silent === null ? null : is_silent > 0, simulated: is_simulated > 0 };
        }),
        entries: toRecords(waiting).map((record) => EntrySchema.parse(record)),
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
