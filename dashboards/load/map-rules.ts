import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Dashboards } from '../dashboards.ts';
import type { FileFault } from '../schema/fault.ts';

const place = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]);
/** What the product reads of a map: areas that name their unit. Geometry is left to whoever draws it. */
const MapSchema = z.object({
  type: z.literal('FeatureCollection'),
  properties: z.object({ schematic: z.boolean(), attribution: z.string().min(1) }).loose(),
  features: z
    .array(
      z.object({
        type: z.literal('Feature'),
        properties: z.object({ unit: z.string(), seat: place.optional(), label: place.optional() }).loose(),
        geometry: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()).min(1) }),
      }),
    )
    .min(1),
});

/** Checks the map of a province: that it is one, and that each area is a unit of the tree. */
export async function checkMap(folder: string, { tree, units }: Dashboards['province']): Promise<FileFault[]> {
  const file = `maps/${tree.map}.geojson`;
  const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
  // that it is there is a matter of the unit tree that names it
  if (text === undefined) return [];
  const fault = (path: string, message: string): FileFault => ({ file, line: 1, column: 1, path, message });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return [fault('', `is not JSON (${error instanceof Error ? error.message : String(error)}); allowed: GeoJSON`)];
  }
  const map = MapSchema.safeParse(data);
  if (!map.success)
    return map.error.issues.map((issue) =>
      fault(
        issue.path.join('.'),
        `${issue.message}; allowed: a FeatureCollection whose features have properties.unit, and properties schematic and attribution`,
      ),
    );
  return map.data.features.flatMap(({ properties }, index) =>
    units.byCode(properties.unit)
      ? []
      : [
          fault(
            `features.${index}.properties.unit`,
            `unknown unit "${properties.unit}"; allowed: codes of units/… whose map is ${tree.map}`,
          ),
        ],
  );
}
