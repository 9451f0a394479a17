import type { Point } from './link-arcs.ts';

/** A turn by the golden angle, in radians: points set out by it never stand in rows, however many they are. */
const GOLDEN_TURN = Math.PI * (3 - Math.sqrt(5));

/**
 * Moves points that lie in one place apart, `gap` pixels from each other, as the seeds of a sunflower lie about its middle: in the order of their
 * ids, so that each keeps its place while values change. The middle stays free where a seat is drawn there (`seated`).
 */
export function spreadPoints<T extends { id: string; at: Point; seated: boolean }>(
  points: readonly T[],
  gap: number,
): T[] {
  const places = new Map<string, T[]>();
  for (const point of points) {
    const place = `${Math.round(point.at.x)} ${Math.round(point.at.y)}`;
    const others = places.get(place);
    if (others) others.push(point);
    else places.set(place, [point]);
  }
  return [...places.values()].flatMap((together) => {
    const first = together.some(({ seated }) => seated) ? 1 : 0;
    return together
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map((point, index) => {
        const turn = index * GOLDEN_TURN;
        const away = gap * 0.6 * Math.sqrt(index + first) * (first && together.length < 7 ? 1.6 : 1);
        return { ...point, at: { x: point.at.x + away * Math.cos(turn), y: point.at.y + away * Math.sin(turn) } };
      });
  });
}
