import * as z from 'zod/mini';
import type { UnitFigures, UnitNetwork, UnitStanding } from '#api/contract-units.ts';
import { CountsSchema } from './dossier-schemas.ts';
import { UnitInfoSchema } from './schemas.ts';

const maybe = z.nullable(z.number());
const counts = z.nullable(CountsSchema);

/** `GET /api/units/:code`. */
export const UnitSchema = z.object({
  at: z.number(),
  rule: z.enum(['province', '766']),
  unit: UnitInfoSchema,
  counts,
  own: counts,
  unknown: counts,
  children: z.array(z.object({ unit: UnitInfoSchema, counts })),
}) satisfies z.ZodMiniType<UnitFigures>;

const FiguresSchema = z.object({
  open: z.number(),
  overdue: z.number(),
  ended: z.number(),
  late: z.number(),
  early: z.number(),
  overdue_share: maybe,
  on_time_share: maybe,
  early_share: maybe,
  median_ms: maybe,
});
const rank = z.nullable(z.object({ place: z.number(), of: z.number() }));
const causes = z.array(
  z.object({ key: z.string(), label: z.string(), of: z.number(), bad: z.number(), points: z.number() }),
);

/** `GET /api/units/:code/standing`. */
export const StandingSchema = z.object({
  at: z.number(),
  rule: z.literal('province'),
  since: z.number(),
  own: FiguresSchema,
  province: FiguresSchema,
  ranks: z.object({ on_time_share: rank, overdue_share: rank, early_share: rank, median_ms: rank }),
  causes: z.object({ overdue_procedure: causes, overdue_step: causes, late_procedure: causes }),
}) satisfies z.ZodMiniType<UnitStanding>;

/** `GET /api/units/:code/network`. */
export const NetworkSchema = z.object({
  at: z.number(),
  links: z.nullable(
    z.object({
      counts: z.object({ down: z.number(), silent: z.number(), up: z.number() }),
      rows: z.array(
        z.object({
          link_id: z.string(),
          unit: z.string(),
          state: z.enum(['down', 'silent', 'up']),
          since: maybe,
          ring: z.string(),
          latency_ms: maybe,
          simulated: z.number(),
        }),
      ),
    }),
  ),
  threats: z.nullable(
    z.object({
      by_severity: z.array(z.number()),
      rows: z.array(
        z.object({
          id: z.string(),
          observed_at: z.number(),
          unit: z.string(),
          severity: z.number(),
          signature: z.string(),
          asset: z.string(),
          simulated: z.number(),
        }),
      ),
    }),
  ),
}) satisfies z.ZodMiniType<UnitNetwork>;
