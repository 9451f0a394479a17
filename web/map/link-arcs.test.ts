// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { UnitInfo } from '#api/contract.ts';
import { arcPath, linkArcs, seatedUnit, drawnArcs } from './link-arcs.ts';

function unit(code: string, parent: string | null, seat: [number, number] | null): [string, UnitInfo] {
  return [code, { code, path: `/${code}/`, parent, type: 'huyen', name: code, short: code, seat }];
}
const units = new Map([
  unit('H49', null, [20.9, 107.1]),
  unit('H49.01', 'H49', [20.9, 107.1]),
  unit('H49.12', 'H49', [21.1, 107.4]),
  unit('H49.12.01', 'H49.12', null),
  unit('H49.21', 'H49', null),
]);
const columns = ['link_id', 'from_unit', 'to_unit', 'up'];

describe('links on the map', () => {
  it('of communes without a seat are those of their district', () => {
    const rows = [
      ['a', 'H49', 'H49.12', 1],
      ['b', 'H49', 'H49.12.01', 0],
    ];
    expect(linkArcs({ columns, rows }, units)).toEqual([
      { id: 'H49>H49.12', from: 'H49', to: 'H49.12', links: 2, down: 1, cut: true },
    ]);
  });

  it('count what a row stands for when it gathers links', () => {
    const result = { columns: [...columns, 'down', 'total'], rows: [['a', 'H49', 'H49.12', 1, 3, 14]] };
    expect(linkArcs(result, units)).toMatchObject([{ links: 14, down: 3, cut: false }]);
  });

  it('that nobody knows the state of are not cut', () =>
    expect(linkArcs({ columns, rows: [['a', 'H49', 'H49.12', null]] }, units)).toMatchObject([
      { down: 0, cut: false },
    ]));

  it('within one seat, or of unknown units, have no arc', () => {
    const rows = [
      ['a', 'H49', 'H49.01', 1],
      ['b', 'H49', 'H49.21', 1],
      ['c', 'H49', '?', 0],
    ];
    expect(linkArcs({ columns, rows }, units)).toEqual([]);
  });

  it('come from the root where nobody says where they begin', () =>
    expect(linkArcs({ columns, rows: [['a', '', 'H49.12', 0]] }, units)).toMatchObject([{ from: 'H49', down: 1 }]));

  it('climb to the nearest unit with a seat', () => {
    expect(seatedUnit('H49.12.01', units)?.code).toBe('H49.12');
    expect(seatedUnit('H49.21', units)?.code).toBe('H49');
    expect(seatedUnit('X', units)).toBeUndefined();
  });

  it('begin and end at their seats', () =>
    expect(arcPath({ x: 0, y: 0 }, { x: 100, y: 0 })).toBe('M0.0 0.0Q50.0 -20.0 100.0 0.0'));
});

describe('the arcs that are drawn', () => {
  const arcs = Array.from({ length: 80 }, (_, n) => ({
    ...{ id: `${n}`, from: 'H49', to: `${n}`, links: 1 },
    ...{ down: n === 3 ? 1 : 0, cut: n === 3 },
  }));
  it('are all of a few', () => expect(drawnArcs(arcs.slice(0, 20))).toHaveLength(20));
  it('are those that are cut where all would be a tangle', () =>
    expect(drawnArcs(arcs).map(({ id }) => id)).toEqual(['3']));
});
