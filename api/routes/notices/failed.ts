import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { FailedNoticesReply } from '../../contract-silences.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { placeOf } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { toRecords } from '../records.ts';

const text = { type: 'text' } as const;
const RowSchema = z.object({
  alert_id: z.string(),
  rule: z.string(),
  unit_path: z.string(),
  receiver: z.string(),
  last_reason: z.string(),
  noted: z.number(),
});
const ReplySchema = z.object({
  at: z.number(),
  rows: z.array(
    z.object({
      alert_id: z.string(),
      rule: z.string(),
      unit: z.string(),
      receiver: z.string(),
      reason: z.string(),
      at: z.number(),
    }),
  ),
}) satisfies z.ZodType<FailedNoticesReply>;

/** Dead letters of the notifier: notices that no receiver took. */
export default function failedNoticesRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = ownQuery('routes/notices/failed.sql', ['alert_event'], {
    description: 'Notices that were given up',
    rows: {
      alert_id: text,
      rule: text,
      unit_path: text,
      receiver: text,
      last_reason: text,
      noted: { type: 'instant' },
    },
  });
  app.get(
    '/notices/failed',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Notices that no receiver took',
        querystring: LensQuerySchema,
        response: { 200: ReplySchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { lens, units } = placeOf(request, request.query);
      const answer = await app.gate.pass(() => app.store.run(query, {}, lens));
      const codes = codesByPath(units);
      const rows = toRecords(answer).map((record) => {
        const { unit_path, last_reason: reason, noted: at, ...row } = RowSchema.parse(record);
        return { ...row, reason, at, unit: codes.get(unit_path) ?? '' };
      });
      return { at: answer.at, rows };
    },
  );
}
