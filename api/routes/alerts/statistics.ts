import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AlertStatistics } from '../../contract-alert-statistics.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { ownQuery } from '../../sql.ts';
import { placeOf } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { toRecords } from '../records.ts';

const figure = z.number().nullable();
const TimesSchema = z.object({
  ...{ fired: z.int(), acknowledged: z.int(), resolved: z.int() },
  ...{ seen_median: figure, seen_p90: figure, over_median: figure, over_p90: figure },
});
const RowSchema = TimesSchema.extend({ of: z.enum(['all', 'rule', 'unit', 'severity']), key: z.string() });
const BothSchema = z.object({ vi: z.string(), en: z.string() });
const ReplySchema = z.object({
  at: z.number(),
  days: z.int(),
  all: TimesSchema,
  by_rule: z.array(TimesSchema.extend({ rule: z.string(), name: BothSchema.nullable() })),
  by_unit: z.array(TimesSchema.extend({ unit: z.string() })),
  by_severity: z.array(TimesSchema.extend({ severity: z.int() })),
  never: z.array(z.object({ rule: z.string(), name: BothSchema })),
}) satisfies z.ZodType<AlertStatistics>;
const NONE = {
  ...{ fired: 0, acknowledged: 0, resolved: 0 },
  ...{ seen_median: null, seen_p90: null, over_median: null, over_p90: null },
};

/** How soon alerts were seen and over, by rule, unit and severity; which rules are noisy, and which never fired. */
export default function alertStatisticsRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const [text, number] = [{ type: 'text' } as const, { type: 'number' } as const];
  const span = { type: 'number', nullable: true } as const;
  const query = ownQuery('routes/alerts/statistics.sql', ['alert'], {
    description: 'How long alerts took, by group',
    params: { hours: { type: 'UInt32', default: 168 } },
    rows: {
      ...{ of: text, key: text, fired: number, acknowledged: number, resolved: number },
      ...{ seen_median: span, seen_p90: span, over_median: span, over_p90: span },
    },
    max_rows: 3000,
  });
  app.get(
    '/alerts/statistics',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Times to acknowledge and to resolve, by rule, unit and severity; noisy and silent rules',
        querystring: LensQuerySchema.extend({ days: z.coerce.number().int().min(1).max(366).default(7) }),
        response: { 200: ReplySchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { days, ...asked } = request.query;
      const { lens, units } = placeOf(request, asked);
      const answer = await app.gate.pass(() => app.store.run(query, { hours: days * 24 }, lens));
      const rows = toRecords(answer).map((record) => RowSchema.parse(record));
      const group = (of: string) =>
        rows.filter((row) => row.of === of).map((row) => ({ ...TimesSchema.parse(row), key: row.key }));
      const whole = rows.find(({ of }) => of === 'all');
      const { rules } = app.book.dashboards();
      const codes = codesByPath(units);
      const fired = new Set(group('rule').map(({ key }) => key));
      return {
        ...{ at: answer.at, days },
        all: whole ? TimesSchema.parse(whole) : NONE,
        by_rule: group('rule').map(({ key, ...times }) => ({
          ...times,
          rule: key,
          name: rules.get(key)?.name ?? null,
        })),
        by_unit: group('unit').map(({ key, ...times }) => ({ ...times, unit: codes.get(key) ?? '' })),
        by_severity: group('severity').map(({ key, ...times }) => ({ ...times, severity: Number(key) })),
        never: [...rules.values()].filter(({ id }) => !fired.has(id)).map(({ id, name }) => ({ rule: id, name })),
      };
    },
  );
}
