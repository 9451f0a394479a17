// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testLook } from '../../test-look.ts';
import type { SeriesLine } from '../chart/time-series.ts';
import { stackOption, stackTotals } from './stack-option.ts';

const layers: SeriesLine[] = [
  { id: 'low', name: 'Thấp', color: 'low' },
  { id: 'critical', name: 'Nghiêm trọng', color: 'critical' },
];
const rows = [
  [1000, 'low', 80],
  [2000, 'low', null],
  [1000, 'critical', 115],
  [2000, 'critical', null],
];
const result = { columns: ['t', 'series', 'value'], rows, at: 3000 };

describe('stacked columns', () => {
  it('share one stack, the first layer at the foot', () =>
    expect(stackOption(result, layers, testLook()).series).toMatchObject([
      { id: 'low', stack: 'all', itemStyle: { color: '--low' }, data: [80, null] },
      { id: 'critical', stack: 'all', data: [115, null] },
    ]));
  it('pale the column that is not over yet', () =>
    expect(stackOption({ ...result, at: 2500 }, layers, testLook()).series).toMatchObject([
      { data: [80, { value: null, itemStyle: { opacity: 0.55 } }] },
      {},
    ]));
  it('reach as high as their sum, from zero', () =>
    expect(stackOption(result, layers, testLook()).yAxis).toMatchObject({ min: 0, max: 200 }));
  it('sum up a layer, and a layer without any value is missing', () => {
    expect(stackTotals(result, layers)).toEqual([80, 115]);
    expect(stackTotals({ ...result, rows: rows.slice(0, 2) }, layers)).toEqual([80, null]);
  });
});
