import * as z from 'zod/mini';
import type { BoardSummary, Province, UnitInfo } from '#api/contract.ts';

const text = z.object({ vi: z.string(), en: z.string() });

const UnitInfoSchema = z.object({
  code: z.string(),
  path: z.string(),
  parent: z.nullable(z.string()),
  type: z.string(),
  name: z.string(),
  short: z.string(),
  seat: z.nullable(z.tuple([z.number(), z.number()])),
}) satisfies z.ZodMiniType<UnitInfo>;

/** `GET /api/province`. */
export const ProvinceSchema = z.object({
  id: z.string(),
  name: text,
  heading: text,
  root: z.string(),
  map: z.string(),
  zone: z.string(),
  units: z.array(UnitInfoSchema),
}) satisfies z.ZodMiniType<Province>;

/** `GET /api/boards`. */
export const BoardListSchema = z.array(
  z.object({
    id: z.string(),
    title: text,
    questions: z.array(text),
    fault: z.array(
      z.object({ file: z.string(), line: z.number(), column: z.number(), path: z.string(), message: z.string() }),
    ),
  }),
) satisfies z.ZodMiniType<BoardSummary[]>;

const position = z.array(z.number());

/**
 * `GET /api/maps/:id`: areas of units, GeoJSON (RFC 7946). `properties.unit` is the code of the unit, `seat` (latitude, longitude) a place for its
 * dot where that of the unit tree does not lie on the drawn land; `schematic` says that the borders are not real ones.
 */
export const MapSchema = z.object({
  type: z.literal('FeatureCollection'),
  properties: z.optional(z.looseObject({ schematic: z.optional(z.boolean()) })),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.looseObject({ unit: z.string(), seat: z.optional(z.tuple([z.number(), z.number()])) }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
      ]),
    }),
  ),
});
export type MapFile = z.infer<typeof MapSchema>;

const instant = z.nullable(z.number());

/** Counts of a unit's dossiers by state; the states overlap. */
const CountsSchema = z.object({
  open: z.number(),
  overdue: z.number(),
  due_soon: z.number(),
  paused: z.number(),
  received_today: z.number(),
  finished_today: z.number(),
});
export type Counts = z.infer<typeof CountsSchema>;

/** The states that dossiers are listed by. */
export const DOSSIER_STATES = ['overdue', 'due_soon', 'open', 'paused', 'received_today', 'finished_today'] as const;
export type DossierState = (typeof DOSSIER_STATES)[number];

/** `GET /api/dossiers/summary`. `counts` is null while no dossier is known. */
export const SummarySchema = z.object({ at: z.number(), counts: z.nullable(CountsSchema) });

const DossierSchema = z.object({
  dossier_id: z.string(),
  unit: z.string(),
  unit_path: z.string(),
  status: z.number(),
  status_at: z.number(),
  accepted_at: instant,
  due_at: instant,
  finished_at: instant,
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_name: z.string(),
  channel: z.number(),
  handler_path: z.string(),
  step_holder: z.string(),
  simulated: z.number(),
});
export type Dossier = z.infer<typeof DossierSchema>;

/** `GET /api/dossiers`: a page, and where the next one begins. */
export const DossierListSchema = z.object({
  at: z.number(),
  rows: z.array(DossierSchema),
  next: z.nullable(z.string()),
});

/** `GET /api/units/:code`. */
export const UnitSchema = z.object({
  at: z.number(),
  unit: UnitInfoSchema,
  counts: z.nullable(CountsSchema),
  children: z.array(z.object({ unit: UnitInfoSchema, counts: z.nullable(CountsSchema) })),
});
