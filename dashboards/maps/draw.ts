/**
 * Draws the schematic map of a province from facts: its outline, and the seats of its units as points. Every place belongs to the
 * nearest seat. It shows where units are to each other, not where borders run, and says so.
 *
 * Usage: `node --import tsx dashboards/maps/draw.ts quang-ninh-2019 VN-QN` reads `units/quang-ninh-2019.yaml` and
 * `maps/outlines/VN-QN.geojson`, and writes the map that the unit tree names.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Delaunay } from 'd3-delaunay';
import clipping from 'polygon-clipping';
import { parse } from 'yaml';
import { z } from 'zod';
import { UnitTreeSchema, type Unit } from '#ingest/schema/unit-tree.ts';
import { area, box, contains, nearestBorder, roomiest, type Point, type Shape } from './geometry.ts';

const point = z.tuple([z.number(), z.number()]);
/** An outline: one MultiPolygon, its origin, and the boxes of islands in it that belong to somebody else. */
export const OutlineSchema = z.object({
  properties: z.object({
    origin: z.string(),
    leave_out: z.array(
      z.object({ reason: z.string(), box: z.tuple([z.number(), z.number(), z.number(), z.number()]) }),
    ),
  }),
  geometry: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(point))) }),
});
/** An outline as read. */
export type Outline = z.infer<typeof OutlineSchema>;

/** A seat on land. */
interface Site {
  unit: Unit;
  at: Point;
}

/** The polygons of an outline that are the province's own. */
function land({ properties, geometry }: Outline): Shape[] {
  return geometry.coordinates.filter((shape) => {
    const [west, south, east, north] = box(shape);
    const [x, y] = [(west + east) / 2, (south + north) / 2];
    return !properties.leave_out.some(({ box: [w, s, e, n] }) => x > w && x < e && y > s && y < n);
  });
}

/** A seat, moved to the nearest land where it falls into the sea, a step inside the shore. */
function ashore(shapes: readonly Shape[], [latitude, longitude]: [number, number]): Point {
  const seat: Point = [longitude, latitude];
  if (shapes.some((shape) => contains(shape, seat))) return seat;
  const shore = nearestBorder(shapes, seat);
  for (let step = 0.002; step < 0.05; step += 0.002)
    for (let turn = 0; turn < 16; turn++) {
      const angle = (turn * Math.PI) / 8;
      const inside: Point = [shore[0] + step * Math.cos(angle), shore[1] + step * Math.sin(angle)];
      if (shapes.some((shape) => contains(shape, inside))) return inside;
    }
  return shore;
}

/** The land nearest to each site, in order. Longitudes are shortened so that near means near on the ground. */
function nearest(shapes: Shape[], sites: readonly Site[]): Shape[][] {
  const [west, south, east, north] = box([...shapes.flat(), sites.map(({ at }) => at)]);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const voronoi = Delaunay.from(sites.map(({ at: [x, y] }): Point => [x * squeeze, y])).voronoi([
    (west - 1) * squeeze,
    south - 1,
    (east + 1) * squeeze,
    north + 1,
  ]);
  return sites.map((_, index) => {
    const cell = voronoi.cellPolygon(index).map(([x, y]): Point => [x / squeeze, y]);
    return clipping.intersection([cell], shapes);
  });
}

/** Land of one shape by site. On an island, a site that would get less than a quarter of it gets none: no slivers. */
function divide(shape: Shape, sites: readonly Site[], isMainland: boolean): Map<Site, Shape[]> {
  const parts = nearest([shape], sites);
  const size = (index: number) => (parts[index] ?? []).reduce((sum, part) => sum + area(part), 0);
  const kept = sites.filter((_, index) => size(index) > 0 && (isMainland || size(index) >= area(shape) / 4));
  const final = kept.length === sites.length ? parts : nearest([shape], kept);
  return new Map(kept.map((site, index) => [site, final[index] ?? []]));
}

/** The areas of the sites, in order. A unit whose seat lies on an island gets no mainland. */
function areas(shapes: Shape[], sites: readonly Site[]): Shape[][] {
  const whole = shapes.reduce((sum, shape) => sum + area(shape), 0);
  const isMainland = (shape: Shape) => area(shape) > whole / 4;
  const mainland = shapes.filter(isMainland);
  const drawn = shapes.map((shape) => {
    const rivals = isMainland(shape) ? sites.filter(({ at }) => mainland.some((part) => contains(part, at))) : sites;
    return divide(shape, rivals, isMainland(shape));
  });
  return sites.map((site) => drawn.flatMap((parts) => parts.get(site) ?? []));
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
const place = ([x, y]: Point): Point => [rounded(y), rounded(x)];

/** The map of a unit tree: one feature a unit that has a seat, of the highest level below the root that has any. */
export function drawMap(tree: z.infer<typeof UnitTreeSchema>, outline: Outline) {
  const shapes = land(outline);
  const root = tree.units.find(({ code }) => code === tree.root);
  const sites = tree.units.flatMap((unit): Site[] =>
    unit.parent === tree.root && unit.seat ? [{ unit, at: ashore(shapes, unit.seat) }] : [],
  );
  const drawn = areas(shapes, sites);
  const [west, south, east, north] = box(shapes.flat());
  return {
    type: 'FeatureCollection',
    properties: {
      schematic: true,
      attribution: `${outline.properties.origin}. Areas: land nearest to each seat, not borders.`,
      root: tree.root,
      seat: root?.seat ? place(ashore(shapes, root.seat)) : null,
      centre: place([(west + east) / 2, (south + north) / 2]),
    },
    bbox: [west, south, east, north].map(rounded),
    features: sites.map(({ unit, at }, index) => {
      const parts = drawn[index] ?? [];
      const largest = [...parts].sort((left, right) => area(right) - area(left))[0];
      return {
        type: 'Feature',
        properties: {
          unit: unit.code,
          name: unit.short,
          seat: place(at),
          label: place(largest ? roomiest(largest) : at),
        },
        geometry: {
          type: 'MultiPolygon',
          coordinates: parts.map((shape) => shape.map((ring) => ring.map(([x, y]): Point => [rounded(x), rounded(y)]))),
        },
      };
    }),
  };
}

/** Draws and writes one map; returns the file written. */
async function main(province = 'quang-ninh-2019', outlineId = 'VN-QN'): Promise<string> {
  const folder = import.meta.dirname;
  const tree = UnitTreeSchema.parse(parse(await readFile(join(folder, '..', 'units', `${province}.yaml`), 'utf8')));
  const text = await readFile(join(folder, 'outlines', `${outlineId}.geojson`), 'utf8');
  const file = join(folder, `${tree.map}.geojson`);
  await writeFile(file, `${JSON.stringify(drawMap(tree, OutlineSchema.parse(JSON.parse(text))))}\n`);
  return file;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${await main(process.argv[2], process.argv[3])}\n`);
