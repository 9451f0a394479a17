import * as z from 'zod/mini';
import type { AuditReport, BoardSummary, Province, SourcesReport, UnitInfo } from '#api/contract.ts';
import type { Family } from '#ingest/schema/event.ts';

const text = z.object({ vi: z.string(), en: z.string() });

/** A unit of the tree. */
export const UnitInfoSchema = z.object({
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
    of_unit: z.boolean(),
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

/** Families of events; the web takes only types from the others, so they are named once more. */
const FAMILIES = {
  dossier: 'dossier',
  link: 'link',
  security: 'security',
  reading: 'reading',
  chase: 'chase',
  entry: 'entry',
  display: 'display',
  syslog: 'syslog',
  intake: 'intake',
  alert: 'alert',
  duty: 'duty',
} as const satisfies { [F in Family]: F };

/** `GET /api/sources`. */
export const SourcesSchema = z.object({
  at: z.number(),
  sources: z.array(
    z.object({
      family: z.enum(FAMILIES),
      source: z.string(),
      observed_at: z.number(),
      received_at: z.number(),
      simulated: z.boolean(),
    }),
  ),
  refused: z.array(z.object({ source: z.string(), code: z.string(), count: z.number(), last_at: z.number() })),
  health: z.array(
    z.object({
      family: z.enum(FAMILIES),
      source: z.string(),
      observed_at: z.number(),
      received_at: z.number(),
      limit_ms: z.nullable(z.number()),
      is_silent: z.nullable(z.boolean()),
      per_minute: z.nullable(z.number()),
      rejected: z.nullable(z.number()),
      simulated: z.boolean(),
    }),
  ),
  entries: z.array(
    z.object({
      entry: z.string(),
      said_at: z.number(),
      per_minute: z.nullable(z.number()),
      queue_bytes: z.nullable(z.number()),
      queue_limit_bytes: z.nullable(z.number()),
      oldest_ms: z.nullable(z.number()),
      dropped: z.number(),
      kernel_dropped: z.nullable(z.number()),
      faulty: z.number(),
      error: z.string(),
    }),
  ),
}) satisfies z.ZodMiniType<SourcesReport>;

/** `GET /api/audit`. */
export const AuditSchema = z.object({
  buckets: z.number(),
  compared: z.number(),
  rounds: z.number(),
  completed_at: z.nullable(z.number()),
  compared_at: z.nullable(z.number()),
  differences: z.number(),
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
}) satisfies z.ZodMiniType<AuditReport>;
