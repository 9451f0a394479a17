// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { graphOf } from './network-graph.ts';
import { layoutOf } from './network-layout.ts';
import type { PlacedRing } from './network-layout.ts';

const columns = ['part', 'id', 'behind', 'unit', 'state', 'cut_off'];
const ring = (id: string, behind = '', state = 'up', cut_off = 0) => ['ring', id, behind, '', state, cut_off];
const link = (id: string, behind: string, state = 'up', cut_off = 0) => ['link', id, behind, `U-${id}`, state, cut_off];

/** A province of `n` rings of `each` links behind one, and a spare trunk. */
function province(n: number, each: number) {
  const ids = Array.from({ length: n }, (_, index) => `vong-${index}`);
  const links = (id: string, count: number) =>
    Array.from({ length: count }, (_, index) => link(`${id}/${index}`, id, index === 3 ? 'down' : 'up'));
  return graphOf({
    columns,
    rows: [
      ...[ring('vong-tinh'), ring('truc')],
      ...ids.map((id) => ring(id, 'vong-tinh')),
      ...links('vong-tinh', 55),
      ...links('truc', 41),
      ...ids.flatMap((id) => links(id, each)),
    ],
  });
}

describe('the graph of a network', () => {
  it('counts what is known of each ring, and who is cut off by it or by a link of it', () => {
    const [core, one] = graphOf({
      columns,
      rows: [
        ...[ring('one', 'core', 'part', 3), ring('core')],
        ...[link('a', 'one'), link('b', 'one', 'down', 2), link('c', 'one', 'silent'), link('d', 'one', 'unheard')],
      ],
    });
    expect(core).toMatchObject({ id: 'core', heard: 0, links: [] });
    expect(one).toMatchObject({ id: 'one', behind: 'core', state: 'part', heard: 3, down: 1, cutOff: 5 });
    expect(one?.links.map(({ state }) => state)).toEqual(['up', 'down', 'silent', 'unheard']);
  });
  it('gathers links that are on no ring, and rings behind one that is not there, at the centre', () => {
    const graph = graphOf({ columns, rows: [ring('x', 'gone'), link('a', '', 'down'), link('b', 'x')] });
    expect(graph.map(({ id, behind, state }) => [id, behind, state])).toEqual([
      ['x', '', 'up'],
      ['', '', 'down'],
    ]);
  });
  it('holds rings that are behind each other, which no file may say', () =>
    expect(graphOf({ columns, rows: [ring('x', 'y'), ring('y', 'x')] })).toHaveLength(2));
});

/** Every two of these overlap not, and all are in the box. */
function apart(rings: readonly PlacedRing[], width: number, height: number): boolean {
  const outer = rings.filter(({ isHub }) => !isHub);
  return outer.every(
    (one, index) =>
      one.at.x - one.radius >= 0 &&
      one.at.y - one.radius >= 0 &&
      one.at.x + one.radius <= width &&
      one.at.y + one.radius <= height &&
      outer
        .slice(0, index)
        .every((other) => Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y) >= one.radius + other.radius),
  );
}

describe('the layout of a network', () => {
  it.each([
    [14, 16, 1320, 900],
    [14, 12, 1320, 900],
    [14, 16, 520, 480],
    [30, 12, 1320, 900],
    [3, 5, 700, 300],
  ])('parts %i rings of %i links in %i × %i pixels', (n, each, width, height) => {
    const { rings } = layoutOf(province(n, each), { width, height, u: 1 });
    expect(apart(rings, width, height)).toBe(true);
    const hub = rings.find(({ isHub }) => isHub);
    expect(hub?.ring.id).toBe('vong-tinh');
    for (const { at, radius, isHub } of rings)
      if (!isHub)
        expect(Math.hypot(at.x - (hub?.at.x ?? 0), at.y - (hub?.at.y ?? 0))).toBeGreaterThan(
          radius + (hub?.radius ?? 0),
        );
  });
  it('is the same picture doubled on twice the pixels, and the same whenever it is asked for', () => {
    const graph = province(14, 16);
    const [one, two] = [1, 2].map((u) => layoutOf(graph, { width: 1320 * u, height: 900 * u, u }));
    expect(two?.rings.map(({ at }) => at.x / 2)).toEqual(one?.rings.map(({ at }) => at.x));
    expect(layoutOf(graph, { width: 1320, height: 900, u: 1 })).toEqual(one);
  });
  it('leads each ring to what it is behind', () => {
    const { rings } = layoutOf(
      graphOf({ columns, rows: [ring('a'), ring('b', 'a'), ring('c', 'b'), link('1', 'c')] }),
      { width: 800, height: 600, u: 1 },
    );
    const [, b, c] = rings;
    const from = c?.way?.[0] ?? { x: 0, y: 0 };
    expect(Math.hypot(from.x - (b?.at.x ?? 0), from.y - (b?.at.y ?? 0))).toBeCloseTo(b?.radius ?? 0);
  });
  it('draws an empty network as its centre', () =>
    expect(layoutOf([], { width: 100, height: 100, u: 1 }).rings).toEqual([]));
});
