import type { Point } from './link-arcs.ts';
import type { Box } from './place-labels.ts';

/** Where a legend may stand, the first best: who looks for it looks there. The last is where a panel says what is wrong with it. */
const CORNERS = ['top-left', 'bottom-left', 'top-right', 'bottom-right'] as const;
export type Corner = (typeof CORNERS)[number];

interface Size {
  width: number;
  height: number;
}

/** Another corner is better than the first only when the areas would otherwise become narrower by more than this share of the width. */
const WORTH_MOVING = 0.05;

/** Points as they lie from a corner of a box: `x` and `y` grow away from it. */
export function seenFrom(corner: Corner, points: readonly Point[], { width, height }: Size): Point[] {
  const [isRight, isBottom] = [corner.endsWith('right'), corner.startsWith('bottom')];
  return points.map(({ x, y }) => ({ x: isRight ? width - x : x, y: isBottom ? height - y : y }));
}

/**
 * How far points must move to the right, in pixels, so that none lies under a box in the top left corner; at most so far that the rightmost
 * still ends at `right`. For other corners the points are as seen from there.
 */
export function shiftClear(points: readonly Point[], corner: Size, right: number): number {
  let under = 0;
  let room = Number.POSITIVE_INFINITY;
  for (const { x, y } of points) {
    if (y < corner.height) under = Math.max(under, corner.width - x);
    room = Math.min(room, right - x);
  }
  return Math.max(0, Math.min(under, room));
}

/** How points move out of a legend's way, in pixels, and by how much they would still have to move to the right: they then become narrower. */
export interface Way extends Point {
  lacking: number;
}

/** The way round a legend in the top left corner: to the right, and where that is not enough away from it too; no point goes further than `far`. */
export function wayRound(points: readonly Point[], legend: Size, far: Point): Way {
  const right = (moved: readonly Point[], y: number): Way => {
    const x = shiftClear(moved, legend, far.x);
    return { x, y, lacking: shiftClear(moved, legend, Number.POSITIVE_INFINITY) - x };
  };
  const beside = right(points, 0);
  const room = Math.max(0, Math.min(...points.map(({ y }) => far.y - y)));
  if (beside.lacking < 1 || room < 1) return beside;
  const below = right(points.map(({ x, y }) => ({ x, y: y + room })), room); // prettier-ignore
  return below.lacking < beside.lacking ? below : beside;
}

/** The corner of a box in which a legend takes least room from points that are to lie no nearer to the sides than `margin`. */
export function clearestCorner(points: readonly Point[], legend: Size, box: Size, margin: number): Corner {
  const far = { x: box.width - margin, y: box.height - margin };
  const [first, ...others] = CORNERS.map((corner) => {
    const { lacking } = wayRound(seenFrom(corner, points, box), legend, far);
    return { corner, lacking };
  });
  const least = others.sort((one, other) => one.lacking - other.lacking)[0];
  if (!first || !least) return 'top-left';
  return first.lacking - least.lacking > WORTH_MOVING * box.width ? least.corner : first.corner;
}

/** Where something of a size stands that is in a corner of a box. */
export function cornerBox({ width, height, corner }: Size & { corner: Corner }, wide: number, high: number): Box {
  const [isRight, isBottom] = [corner.endsWith('right'), corner.startsWith('bottom')];
  return { x: isRight ? width - wide : 0, y: isBottom ? height - high : 0, width: wide, height: high };
}
