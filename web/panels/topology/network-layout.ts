import type { GraphLink, GraphRing } from './network-graph.ts';

/** A point in pixels. */
interface Point {
  x: number;
  y: number;
}

/** A ring in its place, its links as dots around it, and the way to what it is behind. */
export interface PlacedRing {
  ring: GraphRing;
  at: Point;
  radius: number;
  /** Whether it is the one around the data centre, through which most others are reached. */
  isHub: boolean;
  dots: readonly { link: GraphLink; at: Point }[];
  /** From the rim of what it is behind to its own; undefined for the hub, which stands around the centre. */
  way: readonly [Point, Point] | undefined;
}

/** A network laid out in a panel. `dot` is the radius of a link. */
export interface NetworkLayout {
  centre: Point;
  dot: number;
  rings: readonly PlacedRing[];
}

/** Sizes in wall units: the way around that a dot takes, the least ring in which its count can be read, the name below it, room between rings. */
const DOT_U = 11;
const LEAST_U = 42;
const NAME_U = 34;
const BETWEEN_U = 26;
/** Smallest share of these sizes that is drawn, however small the panel. */
const LEAST_SCALE = 0.3;
/** Parts that an ellipse is measured in. */
const STEPS = 720;

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** A point on the way from one to another, `away` pixels from the first. */
function towards(from: Point, to: Point, away: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * away) / whole, y: from.y + ((to.y - from.y) * away) / whole };
}

/** Places that part the way around an ellipse by the given lengths, from its top on, clockwise. */
function around(centre: Point, half: Point, lengths: readonly number[]): Point[] {
  const points = Array.from({ length: STEPS + 1 }, (_, step) => {
    const angle = (2 * Math.PI * step) / STEPS - Math.PI / 2;
    return { x: centre.x + half.x * Math.cos(angle), y: centre.y + half.y * Math.sin(angle) };
  });
  const walked = [0];
  for (const [index, point] of points.entries())
    if (index > 0) walked.push((walked[index - 1] ?? 0) + distance(points[index - 1] ?? point, point));
  const whole = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const all = walked.at(-1) ?? 0;
  let before = 0;
  return lengths.map((length) => {
    // the first stands at the top: half of its own room is before it
    const wanted = (((before - (lengths[0] ?? 0) / 2 + length / 2) / whole) * all + all) % all;
    before += length;
    const index = walked.findIndex((length_) => length_ >= wanted);
    return points[Math.max(0, index)] ?? centre;
  });
}

/**
 * Lays a network out in a box: the ring that most others are behind around the data centre, all others on an ellipse around it, each as large as its
 * links need. The same network in the same box is laid out the same. Sizes are pixels, `u` a wall unit.
 */
export function layoutOf(
  rings: readonly GraphRing[],
  box: { width: number; height: number; u: number },
): NetworkLayout {
  const { width, height, u } = box;
  const centre = { x: width / 2, y: (height - NAME_U * u) / 2 };
  const behind = (id: string): number => rings.filter((ring) => ring.behind === id && ring.id !== id).length;
  const hub = rings.reduce<GraphRing | undefined>(
    (best, ring) =>
      ring.behind === '' && ring.id !== '' && behind(ring.id) > (best ? behind(best.id) : 0) ? ring : best,
    undefined,
  );
  const outer = rings.filter((ring) => ring !== hub);
  const radiusOf = (ring: GraphRing): number => u * Math.max(LEAST_U, (ring.links.length * DOT_U) / (2 * Math.PI));
  const largest = Math.max(0, ...outer.map(radiusOf));
  const scale = scaleOf(outer.map(radiusOf), largest, { width, height, u });
  const half = {
    x: Math.max(1, width / 2 - scale * (largest + DOT_U * u)),
    y: Math.max(1, centre.y - scale * (largest + DOT_U * u)),
  };
  const places = around(
    centre,
    half,
    outer.map((ring) => 2 * radiusOf(ring) + BETWEEN_U * u),
  );
  // what is around the centre leaves room for the others
  const inner = Math.max(
    LEAST_U * u * scale,
    Math.min(hub ? radiusOf(hub) : 0, Math.min(half.x, half.y) - scale * (largest + (NAME_U + BETWEEN_U) * u)),
  );
  const sizes = new Map(rings.map((ring) => [ring.id, ring === hub ? inner : scale * radiusOf(ring)]));
  const spots = new Map(outer.map((ring, index) => [ring.id, places[index] ?? centre]));
  return {
    centre,
    dot: Math.max(1.5, 4 * u * Math.max(scale, 0.6)),
    rings: rings.map((ring) => {
      const at = spots.get(ring.id) ?? centre;
      const radius = sizes.get(ring.id) ?? 0;
      const isHub = ring === hub;
      const above = ring.behind === '' || ring.behind === ring.id ? undefined : spots.get(ring.behind);
      const from = above ?? centre;
      const rim = above ? (sizes.get(ring.behind) ?? 0) : ring.behind === hub?.id ? inner : 0;
      return {
        ...{ ring, at, radius, isHub, dots: dotsOf(ring.links, at, radius) },
        way: isHub ? undefined : [towards(from, at, rim), towards(at, from, radius)],
      };
    }),
  };
}

/** By how much all is made smaller, so that rings of these radii have room beside each other on the ellipse. */
function scaleOf(
  radii: readonly number[],
  largest: number,
  { width, height, u }: { width: number; height: number; u: number },
): number {
  const fits = (scale: number): boolean => {
    const [a, b] = [width / 2 - scale * largest, (height - NAME_U * u) / 2 - scale * largest];
    if (a <= 0 || b <= 0) return false;
    // Ramanujan's length of an ellipse
    const length = Math.PI * (3 * (a + b) - Math.sqrt((3 * a + b) * (a + 3 * b)));
    return (
      radii.reduce((sum, radius) => sum + scale * (2 * radius + BETWEEN_U * u), 0) <= length &&
      Math.min(a, b) >= scale * (largest + (LEAST_U + 2 * DOT_U) * u)
    );
  };
  for (let scale = 1; scale > LEAST_SCALE; scale -= 0.02) if (fits(scale)) return scale;
  return LEAST_SCALE;
}

function dotsOf(links: readonly GraphLink[], centre: Point, radius: number): PlacedRing['dots'] {
  return links.map((link, index) => {
    const angle = (2 * Math.PI * index) / links.length - Math.PI / 2;
    return { link, at: { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) } };
  });
}
