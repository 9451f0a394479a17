import type { Point } from './link-arcs.ts';

/**
 * How far points must move to the right, in pixels, so that none lies under a box in the top left corner; at most so far that the rightmost
 * still ends at `right`.
 */
export function shiftClear(points: readonly Point[], corner: { width: number; height: number }, right: number): number {
  let under = 0;
  let room = Number.POSITIVE_INFINITY;
  for (const { x, y } of points) {
    if (y < corner.height) under = Math.max(under, corner.width - x);
    room = Math.min(room, right - x);
  }
  return Math.max(0, Math.min(under, room));
}
