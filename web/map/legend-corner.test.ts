// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { clearestCorner, cornerBox, seenFrom, shiftClear, wayRound } from './legend-corner.ts';

describe('the areas', () => {
  const corner = { width: 100, height: 50 };
  it('move out from under the legend', () =>
    expect(
      shiftClear(
        [
          { x: 80, y: 20 },
          { x: 300, y: 200 },
        ],
        corner,
        400,
      ),
    ).toBe(20));
  it('move no further than there is room', () =>
    expect(
      shiftClear(
        [
          { x: 80, y: 20 },
          { x: 395, y: 200 },
        ],
        corner,
        400,
      ),
    ).toBe(5));
  it('stay when they are clear of it', () => expect(shiftClear([{ x: 20, y: 60 }], corner, 400)).toBe(0));
});

describe('the way round the legend', () => {
  const legend = { width: 100, height: 50 };
  it('is to the right where there is room', () =>
    expect(wayRound([{ x: 80, y: 20 }], legend, { x: 400, y: 300 })).toEqual({ x: 20, y: 0, lacking: 0 }));
  it('is away from it where there is none at the right', () =>
    expect(wayRound([{ x: 80, y: 20 }, { x: 400, y: 200 }], legend, { x: 400, y: 260 })).toEqual({ x: 0, y: 60, lacking: 0 })); // prettier-ignore
  it('is no way at all where there is room on no side', () =>
    expect(wayRound([{ x: 80, y: 20 }, { x: 395, y: 300 }], legend, { x: 400, y: 300 })).toEqual({ x: 5, y: 0, lacking: 15 })); // prettier-ignore
});

describe('the legend', () => {
  const box = { width: 400, height: 300 };
  const legend = { width: 150, height: 120 };
  const corners = { nw: { x: 20, y: 20 }, ne: { x: 380, y: 20 }, sw: { x: 20, y: 280 }, se: { x: 380, y: 280 } };
  const clearest = (...points: (keyof typeof corners)[]) =>
    clearestCorner(points.map((name) => corners[name]), legend, box, 20); // prettier-ignore

  it('stands at the top left where there is room, or where the areas can make some', () => {
    expect(clearest('sw', 'se', 'ne')).toBe('top-left');
    expect(clearestCorner([{ x: 20, y: 20 }, { x: 200, y: 280 }], legend, box, 20)).toBe('top-left'); // prettier-ignore
  });
  it('goes to another corner where areas that fill the width would lie under it', () => {
    expect(clearest('nw', 'se')).toBe('bottom-left');
    expect(clearest('nw', 'sw', 'se')).toBe('top-right');
    expect(clearest('nw', 'sw', 'ne')).toBe('bottom-right');
  });
  it('stays where no corner is better', () => expect(clearest('nw', 'ne', 'sw', 'se')).toBe('top-left'));
  it('is where its corner is', () => {
    expect(cornerBox({ ...box, corner: 'top-left' }, 150, 120)).toEqual({ x: 0, y: 0, ...legend });
    expect(cornerBox({ ...box, corner: 'bottom-right' }, 150, 120)).toEqual({ x: 250, y: 180, ...legend });
    expect(seenFrom('bottom-right', [corners.se], box)).toEqual([{ x: 20, y: 20 }]);
  });
});
