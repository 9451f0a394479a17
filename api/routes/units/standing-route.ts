import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import type { StandingFigures, UnitStanding } from '../../contract-units.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { askWholeProvince } from '../../public-aggregates.ts';
import type { Params } from '../../store.ts';
import { placeOf } from '../dossiers/place.ts';
import { NO_FIGURES, peersOf, ranksOf, readCauses, readFigures } from './standing.ts';
import { unitQueries } from './queries.ts';

/** Days of what ended that are looked at; `dossier_lately` holds forty. */
const DAYS = 30;
/** How long the figures of the province are used: every panel of every unit asks for the same ones. */
const HELD_MS = 30_000;

const count = z.number();
const maybe = z.number().nullable();
const FiguresSchema = z.object({
  ...{ open: count, overdue: count, ended: count, late: count, early: count },
  ...{ overdue_share: maybe, on_time_share: maybe, early_share: maybe, median_ms: maybe },
});
const rank = z.object({ place: count, of: count }).nullable();
const causes = z.array(z.object({ key: z.string(), label: z.string(), of: count, bad: count, points: count }));
const StandingSchema = z.strictObject({
  at: count,
  rule: z.literal('province'),
  since: count,
  own: FiguresSchema,
  province: FiguresSchema,
  ranks: z.object({ on_time_share: rank, overdue_share: rank, early_share: rank, median_ms: rank }),
  causes: z.object({ overdue_procedure: causes, overdue_step: causes, late_procedure: causes }),
}) satisfies z.ZodType<UnitStanding>;

/** How a unit stands beside the province as a whole, and why. */
export default function standingRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const queries = unitQueries();
  const held = new Map<string, { until: number; figures: Promise<Map<string, StandingFigures>> }>();

  /** Figures of the province and of the units under a parent. They stay in here: only the province's own and a place leave. */
  const wholeProvince = (parent: string, params: Params, now: number) => {
    const known = held.get(parent);
    if (known && now < known.until) return known.figures;
    const { units } = app.book.dashboards().province;
    const figures = app.gate.pass(() => askWholeProvince(app.store, units, queries.figures, params)).then(readFigures);
    held.set(parent, { until: now + HELD_MS, figures });
    figures.catch(() => held.delete(parent));
    return figures;
  };

  app.get(
    '/units/:code/standing',
    {
      schema: {
        tags: ['units'],
        summary: 'Own figures beside those of the province as a whole, own places, and why',
        params: z.object({ code: z.string().max(64) }),
        response: { 200: StandingSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request): Promise<UnitStanding> => {
      const place = placeOf(request, { unit: request.params.code });
      const { zone } = app.book.dashboards().province.calendar;
      const since = DateTime.fromMillis(place.at, { zone }).startOf('day').minus({ days: DAYS }).toMillis();
      const parent = parentPath(place.unit);
      const level = parent.split('/').length;
      const [answer, why, whole] = await Promise.all([
        app.gate.pass(() => app.store.run(queries.figures, { since }, place.lens)),
        app.gate.pass(() => app.store.run(queries.causes, { since }, place.lens)),
        wholeProvince(parent, { since, parent, level }, place.at),
      ]);
      const own = readFigures(answer).get('') ?? NO_FIGURES;
      const province = whole.get('') ?? NO_FIGURES;
      const peers = peersOf(place.unit, place.units).flatMap(({ path }) => whole.get(path) ?? []);
      const ranks = ranksOf(own, peers);
      return { at: answer.at, rule: 'province', since, own, province, ranks, causes: readCauses(why, own, province) };
    },
  );
}

/** The path of the unit above: `/H49/` for `/H49/H49.02/`; empty for the root. */
function parentPath({ path, code }: PlacedUnit): string {
  const above = path.slice(0, -`${code}/`.length);
  return above === '/' ? '' : above;
}
