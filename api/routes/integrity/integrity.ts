import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { FINDING_CODES } from '#ingest/dossier/integrity.ts';
import type { IntegrityReply } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { MOST_IDS } from '../dossiers/filter.ts';
import { placeOf } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { findInParts, watchedQuery } from './watched.ts';

const DAY_MS = 86_400_000;
/** Longest span: a month of a province is some ten thousands of dossiers, looked at within seconds. */
const MOST_DAYS = 31;

const instant = z.iso.datetime({ offset: true });
const ReplySchema = z.object({
  at: z.number(),
  from: z.number(),
  to: z.number(),
  dossiers: z.int(),
  findings: z.array(
    z.object({
      code: z.enum(FINDING_CODES),
      unit: z.string(),
      unit_path: z.string(),
      count: z.int(),
      of: z.int(),
      text: z.object({ vi: z.string(), en: z.string() }),
      dossier_ids: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodType<IntegrityReply>;

/** What the figures of units should be looked at for: it says what and how often, and leaves why to people. */
export default function integrityRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = watchedQuery();
  app.get(
    '/integrity',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'Findings among the dossiers ended in a span, and those accepted in it that are open',
        querystring: z.strictObject({
          unit: z.string().max(64).optional(),
          from: instant.optional().describe(`${MOST_DAYS} days before \`to\` when absent, and not sooner`),
          to: instant.optional().describe('up to before this instant; now when absent'),
        }),
        response: { 200: ReplySchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { query: asked } = request;
      const { at, lens, timeOf, units } = placeOf(request, { unit: asked.unit });
      const { zone } = app.book.dashboards().province.calendar;
      const to = asked.to === undefined ? at : Date.parse(asked.to);
      const from = asked.from === undefined ? to - MOST_DAYS * DAY_MS : Date.parse(asked.from);
      if (from >= to || to - from > MOST_DAYS * DAY_MS)
        throw new IocError('IOC_BAD_REQUEST', `from is before to, by at most ${MOST_DAYS} days`);
      if (from > at) throw new IocError('IOC_BAD_REQUEST', 'from has not come yet');
      const terms = {
        timeOf,
        isWholeDay: (finish: number) => (finish + DateTime.fromMillis(finish, { zone }).offset * 60_000) % DAY_MS === 0,
      };
      const { dossiers, findings } = await app.gate.pass(() =>
        findInParts(app.store.stream(query, { from, to }, lens), Object.keys(query.rows), terms),
      );
      const codes = codesByPath(units);
      return {
        ...{ at, from, to, dossiers },
        findings: findings.map(({ dossiers: ids, unit_path, ...finding }) => ({
          ...finding,
          unit_path,
          unit: codes.get(unit_path) ?? '',
          count: ids.length,
          dossier_ids: ids.slice(0, MOST_IDS),
        })),
      };
    },
  );
}
