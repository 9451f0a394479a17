// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { testLook } from '../../test-look.ts';
import { barsOption } from './bars-option.ts';
import { barsOf, stepOf } from './bars-view.ts';

const metric = testMetric({ format: 'percent', good: 'down', limits: [2, 5, 10, 20] });
const rows = [
  ['H49.12', 22.4],
  ['H49.05', 6.2],
  ['H49.14', 0],
  ['H49.09', null],
];
const width = (text: string): number => text.length * 14;
const bars = barsOf({ columns: ['label', 'value'], rows }, metric, { top: 3, name: (code) => `Đơn vị ${code}` });

describe('the step of a value', () => {
  it.each([
    [0, 1],
    [2, 2],
    [9.9, 3],
    [10, 4],
    [22.4, 5],
    [null, null],
  ])('%s is %s', (value, step) => expect(stepOf(value, metric)).toBe(step));
  it('worsens downwards where up is good', () => {
    const onTime = testMetric({ good: 'up', limits: [98, 95, 90, 80] });
    expect(stepOf(99, onTime)).toBe(1);
    expect(stepOf(96.8, onTime)).toBe(2);
    expect(stepOf(70, onTime)).toBe(5);
  });
  it('is a quiet one without limits', () => expect(stepOf(5, { good: 'neutral' })).toBe(2));
});

describe('ranked bars', () => {
  it('keep the order of the query and no more than asked', () =>
    expect(bars.map((bar) => bar.id)).toEqual(['H49.12', 'H49.05', 'H49.14']));

  it('have no value for a unit that has fallen silent, and put it last', () => {
    const silent = barsOf({ columns: ['label', 'value'], rows }, metric, {
      top: 4,
      name: (id) => id,
      silent: new Set(['H49.12']),
    });
    expect(silent.map(({ id, value }) => [id, value])).toEqual([['H49.05', 6.2], ['H49.14', 0], ['H49.12', null], ['H49.09', null]]); // prettier-ignore
  });

  const option = barsOption(bars, metric, { color: 'limits', marked: 'H49.05', width }, testLook());
  it('are crossed by the target of their metric, which is in sight', () => {
    const crossed = barsOption(bars, { ...metric, target: 50 }, { color: 'limits', marked: null, width }, testLook());
    expect(crossed.series).toHaveProperty([0, 'markLine', 'data', 0, 'xAxis'], 50);
    expect(crossed.xAxis).toMatchObject({ max: 53 });
    expect(option.series).not.toHaveProperty([0, 'markLine']);
  });
  it('begin at zero', () => expect(option.xAxis).toMatchObject({ min: 0 }));
  it('are coloured by their step and marked where the viewer points', () =>
    expect(option.series).toMatchObject([
      {
        data: [
          { value: 22.4, itemStyle: { color: '--step-5', borderWidth: 0 } },
          { value: 6.2, itemStyle: { color: '--step-3', borderWidth: 2 } },
          { value: 0, itemStyle: { color: '--step-1' } },
        ],
      },
    ]));
  it('give the longest name its room, as measured', () =>
    expect(option.grid).toMatchObject({ left: 13 * 14 + 16, right: 4 * 14 + 16 }));
  it('end where all is, for a share of it', () => {
    const all = barsOf({ columns: ['label', 'value'], rows: [['a', 100], ['b', 97]] }, metric, { top: 2, name: (id) => id }); // prettier-ignore
    const ended = barsOption(all, metric, { color: 'limits', marked: null, width }, testLook());
    expect(ended.xAxis).toMatchObject({ max: 100 });
    expect(barsOption(all, { format: 'integer', decimals: 0 }, { color: 'in', marked: null, width }, testLook()).xAxis).toMatchObject({ max: 106 }); // prettier-ignore
  });
  it('have an edge where the calm colour alone would not be seen', () => {
    const calm = barsOf({ columns: ['label', 'value'], rows: [['a', 1], ['b', 3]] }, metric, { top: 2, name: (id) => id }); // prettier-ignore
    expect(barsOption(calm, metric, { color: 'limits', marked: null, width }, testLook()).series).toMatchObject([
      { data: [{ itemStyle: { borderColor: '--step-2', borderWidth: 2 } }, { itemStyle: { borderWidth: 0 } }] },
    ]);
  });
  it('leave themselves room beside the longest name', () => {
    const narrow = barsOption(bars, metric, { color: 'limits', marked: null, room: 200, width }, testLook());
    expect(narrow.grid).toMatchObject({ left: 0.55 * 200 + 16 });
    expect(narrow.yAxis).toHaveProperty([0, 'axisLabel', 'width'], 0.55 * 200);
    expect(option.yAxis).not.toHaveProperty([0, 'axisLabel', 'width']);
  });
  it('write their names at the left and their values at the right', () =>
    expect(option.yAxis).toMatchObject([
      { data: ['Đơn vị H49.12', 'Đơn vị H49.05', 'Đơn vị H49.14'] },
      { data: ['22,4', '6,2', '0,0'] },
    ]));
  it('write a missing value as missing', () => {
    const missing = barsOf({ columns: ['label', 'value'], rows: [['a', null]] }, metric, { top: 3, name: (id) => id });
    expect(barsOption(missing, metric, { color: 'in', marked: null, width }, testLook()).yAxis).toMatchObject([
      {},
      { data: ['—'] },
    ]);
  });
});
