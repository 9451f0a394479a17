// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, placeLabels } from './place-labels.ts';
import type { Box, LabelWish } from './place-labels.ts';

const bounds: Box = { x: 0, y: 0, width: 800, height: 500 };
const options = { bounds, obstacles: [], gap: 10 };
function wish(id: string, x: number, y: number, rank: number, more: Partial<LabelWish> = {}): LabelWish {
  return { id, x, y, rank, width: 100, height: 30, ...more };
}

describe('labels of a map', () => {
  it('stand to the right of their point where there is room', () =>
    expect(placeLabels([wish('a', 100, 100, 1)], options)).toEqual([
      { id: 'a', box: { x: 110, y: 85, width: 100, height: 30 }, side: 'left', full: true },
    ]));

  it('stay inside the map', () => {
    const [placed] = placeLabels([wish('a', 780, 250, 1)], options);
    expect(placed).toMatchObject({ side: 'right', box: { x: 670 } });
  });

  it('let the worst one choose first', () => {
    const wishes = [wish('calm', 300, 100, 1), wish('worst', 305, 100, 50)];
    const placed = placeLabels(wishes, options);
    expect(placed.map((label) => [label.id, label.side])).toEqual([
      ['worst', 'left'],
      ['calm', 'right'],
    ]);
  });

  it('give up their second line before they give up their place', () => {
    const obstacles = [
      { x: 0, y: 0, width: 800, height: 230 },
      { x: 0, y: 270, width: 800, height: 230 },
    ];
    const [placed] = placeLabels([wish('a', 400, 250, 1, { height: 60, short: { width: 90, height: 30 } })], {
      ...options,
      obstacles,
    });
    expect(placed).toMatchObject({ full: false, box: { height: 30 } });
  });

  it('are left out where there is no room at all', () =>
    expect(placeLabels([wish('a', 400, 250, 1)], { ...options, obstacles: [bounds] })).toEqual([]));

  it('step aside for one that has no other place', () => {
    // the second label fits at the left of its point only, where the first stands by preference
    const obstacles = [
      { x: 0, y: 0, width: 800, height: 235 },
      { x: 0, y: 265, width: 800, height: 235 },
      { x: 330, y: 200, width: 470, height: 100 },
    ];
    const placed = placeLabels([wish('first', 205, 250, 9), wish('second', 325, 250, 1)], { ...options, obstacles });
    expect(Object.fromEntries(placed.map((label) => [label.id, label.side]))).toEqual({
      first: 'right',
      second: 'right',
    });
  });

  it('do not stand line by line with another where there is freer room', () => {
    // to the right of both points the two would read as one text of two lines
    const placed = placeLabels([wish('upper', 300, 100, 2), wish('lower', 302, 131, 1)], options);
    expect(new Set(placed.map((label) => label.side)).size).toBe(2);
  });

  it('cover the dot of another place only when there is no other room', () => {
    const soft = [{ x: 0, y: 0, width: 800, height: 500 }];
    expect(placeLabels([wish('a', 400, 250, 1)], { ...options, soft })).toHaveLength(1);
    const right = [{ x: 400, y: 0, width: 400, height: 500 }];
    expect(placeLabels([wish('a', 395, 250, 1)], { ...options, soft: right })).toMatchObject([{ side: 'right' }]);
  });

  it('never overlap each other, an obstacle or the edge, wherever the points are', () => {
    const side = fc.integer({ min: 1, max: 160 });
    const box = fc.record({
      x: fc.integer({ min: 0, max: 700 }),
      y: fc.integer({ min: 0, max: 400 }),
      width: side,
      height: side,
    });
    const wishes = fc
      .array(
        fc.record({
          x: fc.integer({ min: 0, max: 800 }),
          y: fc.integer({ min: 0, max: 500 }),
          width: side,
          height: side,
          rank: fc.integer({ min: 0, max: 9 }),
          isShort: fc.boolean(),
        }),
        { maxLength: 40 },
      )
      .map((list) =>
        list.map(({ isShort, ...each }, index): LabelWish => ({
          ...each,
          id: `u${index}`,
          ...(isShort ? { short: { width: each.width / 2, height: each.height / 2 } } : {}),
        })),
      );
    fc.assert(
      fc.property(wishes, fc.array(box, { maxLength: 8 }), (list, obstacles) => {
        const placed = placeLabels(list, { bounds, obstacles, gap: 8 });
        const boxes = [...obstacles, ...placed.map((label) => label.box)];
        placed.forEach((label, index) => {
          const others = boxes.filter((_, place) => place !== obstacles.length + index);
          expect(others.some((other) => overlaps(label.box, other))).toBe(false);
          expect(label.box.x >= 0 && label.box.x + label.box.width <= bounds.width).toBe(true);
          expect(label.box.y >= 0 && label.box.y + label.box.height <= bounds.height).toBe(true);
        });
        expect(new Set(placed.map((label) => label.id)).size).toBe(placed.length);
      }),
    );
  });
});
