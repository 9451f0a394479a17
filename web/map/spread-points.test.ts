// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { spreadPoints } from './spread-points.ts';

const point = (id: string, seated = true, x = 100, y = 100) => ({ id, at: { x, y }, seated });
const apart = (points: readonly { at: { x: number; y: number } }[]) =>
  Math.min(
    ...points.flatMap((one, index) =>
      points.slice(index + 1).map((other) => Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y)),
    ),
  );

describe('points that share a seat', () => {
  const many = Array.from({ length: 150 }, (_, n) => point(String(n).padStart(3, '0')));

  it('lie apart, about it, and leave it free', () => {
    const spread = spreadPoints(many, 15);
    expect(apart(spread)).toBeGreaterThan(13);
    const away = spread.map(({ at }) => Math.hypot(at.x - 100, at.y - 100));
    expect(Math.min(...away)).toBeGreaterThan(8);
    expect(Math.max(...away)).toBeLessThan(120);
  });

  it('keep their places whatever order they come in', () => {
    const byId = (points: ReturnType<typeof point>[]) => points.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    expect(byId(spreadPoints(many.toReversed(), 15))).toEqual(byId(spreadPoints(many, 15)));
  });

  it('stay where they stand when they know it, unless another stands there', () => {
    expect(spreadPoints([point('a', false)], 15)).toEqual([point('a', false)]);
    const [one, other] = spreadPoints([point('a', false), point('b', false)], 15);
    expect(one?.at).toEqual({ x: 100, y: 100 });
    expect(other?.at).not.toEqual(one?.at);
  });
});
