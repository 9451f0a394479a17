// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { matrixOf } from './matrix-view.ts';

const metric = testMetric({ limits: [99.9, 99.5, 99, 95], good: 'up' });
const columns = ['label', 't', 'value'];
const HOUR = 3_600_000;
const name = (label: string): string => `đơn vị ${label}`;

describe('a matrix', () => {
  it('has a line a unit, the worst first, with a cell for each step and its colour', () => {
    const rows = [
      ...[['a', 0, 100], ['a', HOUR, 100], ['a', 2 * HOUR, 99.6]], // prettier-ignore
      ...[['b', 0, 100], ['b', HOUR, 60], ['b', 2 * HOUR, 99.2]], // prettier-ignore
    ];
    const { instants, lines } = matrixOf({ columns, rows }, metric, name);
    expect(instants).toEqual([0, HOUR, 2 * HOUR]);
    expect(lines.map(({ id, name: said, worst }) => [id, said, worst])).toEqual([
      ['b', 'đơn vị b', 60],
      ['a', 'đơn vị a', 99.6],
    ]);
    expect(lines[0]?.cells.map(({ step }) => step)).toEqual([1, 5, 3]);
  });

  it('says that nothing is known of a step without a row, also where no unit has one', () => {
    const rows = [['a', 0, 100], ['a', HOUR, null], ['a', 4 * HOUR, 98]]; // prettier-ignore
    const { lines } = matrixOf({ columns, rows }, metric, name);
    expect(lines[0]?.cells.map(({ value }) => value)).toEqual([100, null, null, null, 98]);
    expect(lines[0]?.cells.map(({ step }) => step)).toEqual([1, null, null, null, 4]);
  });

  it('is empty without rows, and not endless with instants that lie apart', () => {
    expect(matrixOf({ columns, rows: [] }, metric, name)).toEqual({ instants: [], lines: [] });
    const rows = [['a', 0, 1], ['a', 1, 1], ['a', 1e12, 1]]; // prettier-ignore
    expect(matrixOf({ columns, rows }, metric, name).instants).toEqual([0, 1, 1e12]);
  });
});
