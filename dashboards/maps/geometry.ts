/** A point as GeoJSON has it: longitude, latitude. */
export type Point = [number, number];
/** A ring of points, closed or not. */
export type Ring = Point[];
/** An outer ring and its holes. */
export type Shape = Ring[];

/** The edges of a shape's rings, closed. */
function edges(shape: Shape): [Point, Point][] {
  return shape.flatMap((ring) =>
    ring.flatMap((point, index) => {
      const next = ring[(index + 1) % ring.length];
      return next ? [[point, next] satisfies [Point, Point]] : [];
    }),
  );
}

/** Whether a point lies inside a shape (even-odd rule). */
export function contains(shape: Shape, [x, y]: Point): boolean {
  let isInside = false;
  for (const [[ax, ay], [bx, by]] of edges(shape))
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  return isInside;
}

function nearestOn([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): Point {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return [ax + share * dx, ay + share * dy];
}

function gap([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

/** The point of a shape's border that is nearest to a point. */
export function nearestBorder(shapes: readonly Shape[], point: Point): Point {
  let best: Point = point;
  let least = Infinity;
  for (const [from, to] of shapes.flatMap(edges)) {
    const near = nearestOn(from, to, point);
    if (gap(near, point) < least) [best, least] = [near, gap(near, point)];
  }
  return best;
}

/** The box of a shape: west, south, east, north. */
export function box(shape: Shape): [number, number, number, number] {
  const points = shape.flat();
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The area of a shape's outer ring, in square degrees. */
export function area(shape: Shape): number {
  const outer = shape.slice(0, 1);
  return Math.abs(edges(outer).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0)) / 2;
}

/** The points of a grid of 24 by 24 cells over a box. */
function grid([west, south, east, north]: readonly [number, number, number, number]): Point[] {
  return Array.from({ length: 625 }, (_, index) => [
    west + ((index % 25) * (east - west)) / 24,
    south + (Math.floor(index / 25) * (north - south)) / 24,
  ]);
}

/** The point inside a shape that is farthest from its border, found on a grid that is refined twice: where a label has most room. */
export function roomiest(shape: Shape): Point {
  let frame = box(shape);
  let best: Point = [(frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2];
  let most = -1;
  for (let round = 0; round < 3; round++) {
    for (const point of grid(frame)) {
      const room = contains(shape, point) ? gap(point, nearestBorder([shape], point)) : -1;
      if (room > most) [best, most] = [point, room];
    }
    const [width, height] = [(frame[2] - frame[0]) / 24, (frame[3] - frame[1]) / 24];
    frame = [best[0] - width, best[1] - height, best[0] + width, best[1] + height];
  }
  return best;
}
