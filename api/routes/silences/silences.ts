import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MatcherSchema } from '#ingest/schema/duty.ts';
import type { PostEvents } from '../../actions/event-poster.ts';
import type { SilenceCover, SilenceRequest, SilencesReply } from '../../contract-silences.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { placeOf } from '../dossiers/place.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { createSilences, SilenceSchema } from './silence.ts';

const failures = { 400: FailureSchema, 403: FailureSchema, 404: FailureSchema, 503: FailureSchema };
const ListSchema = z.object({ at: z.number(), rows: z.array(SilenceSchema) }) satisfies z.ZodType<SilencesReply>;
const RequestSchema = z.strictObject({
  silence_id: z.string().min(1).max(128).optional(),
  kind: z.enum(['silence', 'maintenance']).optional(),
  matchers: z.array(MatcherSchema).min(1).max(50),
  starts_at: z.iso.datetime({ offset: true }).optional(),
  ends_at: z.iso.datetime({ offset: true }),
  note: z.string().trim().min(1).max(4_000),
  unit: z.string().max(64).optional(),
}) satisfies z.ZodType<SilenceRequest>;

const CoverSchema = z.object({
  at: z.number(),
  count: z.number(),
  alert_ids: z.array(z.string()),
}) satisfies z.ZodType<SilenceCover>;
/** `matchers` is JSON text: a list of them. */
const CoverQuerySchema = z.strictObject({
  unit: z.string().max(64).optional(),
  matchers: z
    .string()
    .max(8_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.array(MatcherSchema).min(1).max(50)),
});

/** Silences and windows of maintenance. Somebody silences alerts of the own subtree alone, and sees the silences of it alone. */
export default function silenceRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const silences = createSilences(instance, post);
  const tags = ['alerts'];

  app.get(
    '/silences',
    {
      schema: {
        tags,
        summary: 'Silences that stand, will stand, or ended lately',
        querystring: LensQuerySchema,
        response: { 200: ListSchema, ...failures },
      },
    },
    async (request) => {
      const place = placeOf(request, request.query);
      return { at: place.at, rows: await silences.list(place) };
    },
  );

  app.get(
    '/silences/covered',
    {
      schema: {
        tags,
        summary: 'The open alerts that a silence would be about',
        querystring: CoverQuerySchema,
        response: { 200: CoverSchema, ...failures },
      },
    },
    (request) => {
      const { matchers, ...at } = request.query;
      return silences.covered(placeOf(request, at), matchers);
    },
  );

  app.post(
    '/silences',
    {
      schema: {
        tags,
        summary: 'Silences alerts by their labels',
        body: RequestSchema,
        response: { 201: SilenceSchema, ...failures },
      },
    },
    async (request, reply) => {
      const silence = await silences.set(request, request.body);
      reply.code(201);
      return silence;
    },
  );

  app.delete(
    '/silences/:id',
    {
      schema: {
        tags,
        summary: 'Ends a silence',
        params: z.object({ id: z.string().min(1).max(128) }),
        response: { 200: SilenceSchema, ...failures },
      },
    },
    (request) => silences.end(request, request.params.id),
  );
}
