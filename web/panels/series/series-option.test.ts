// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testLook } from '../../test-look.ts';
import { seriesOption } from './series-option.ts';
import type { SeriesLine } from '../chart/time-series.ts';

const lines: SeriesLine[] = [
  { id: 'in', name: 'vào', color: 'in' },
  { id: 'out', name: 'ra', color: 'out' },
];
const rows = [
  [1000, 'in', 5],
  [2000, 'in', null],
  [1000, 'out', 190],
  [2000, 'out', 0],
];
const result = { columns: ['t', 'series', 'value'], rows, at: 3000 };

describe('lines over time', () => {
  const option = seriesOption(result, lines, testLook(), 240);

  it('are named at their ends, in their own colours, without a legend', () => {
    expect(option.series).toMatchObject([
      { name: 'vào', endLabel: { show: true, color: '--in' }, lineStyle: { color: '--in' } },
      { name: 'ra', endLabel: { show: true, color: '--out' }, lineStyle: { color: '--out' } },
    ]);
    expect(option).not.toHaveProperty('legend');
  });
  it('are parted where a value is missing and run at zero where it is zero', () =>
    expect(option.series).toMatchObject([
      {
        data: [
          [1000, 5],
          [2000, null],
        ],
      },
      {
        data: [
          [1000, 190],
          [2000, 0],
        ],
      },
    ]));
  it('stand on zero', () => expect(option.yAxis).toMatchObject({ min: 0, max: 200 }));
  it('do not move', () => expect(option.animation).toBe(false));
  it('are twice as great on a wall of twice the pixels', () =>
    expect(seriesOption(result, lines, testLook(2), 480).series).toMatchObject([
      { lineStyle: { width: 6 }, endLabel: { fontSize: 48 } },
      { lineStyle: { width: 6 }, endLabel: { fontSize: 48 } },
    ]));
  it('part the step that is not over yet, as a ring that bears the name', () => {
    const running = seriesOption({ ...result, at: 2500 }, lines, testLook(), 240);
    expect(running.series).toMatchObject([
      { id: 'in', data: [[1000, 5]], endLabel: { formatter: 'vào' } },
      { id: 'out', data: [[1000, 190]] },
      { id: 'out-running', data: [[2000, 0]], symbol: 'circle', label: { formatter: 'ra', position: 'right' } },
    ]);
    expect(running.series).not.toHaveProperty([1, 'endLabel']);
  });
  it('have their names above the labels of the axis, also where they end at zero', () => {
    const zero = { ...result, rows: rows.map(([t, series]) => [t ?? 0, series ?? '', t === 2000 ? 0 : 190]) };
    const { series } = seriesOption(zero, lines, testLook(), 240);
    const offsets = Array.isArray(series)
      ? series.map((each) => ('endLabel' in each ? each.endLabel?.offset?.[1] : undefined))
      : [];
    expect(offsets).toHaveLength(2);
    for (const offset of offsets) expect(Number(offset)).toBeLessThan(-12);
  });
  it('move their names apart where they end close together', () => {
    const close = {
      ...result,
      rows: [
        [1000, 'in', 100],
        [1000, 'out', 99],
      ],
    };
    const { series } = seriesOption(close, lines, testLook(), 240);
    const offsets = Array.isArray(series)
      ? series.map((each) => ('endLabel' in each ? each.endLabel?.offset?.[1] : null))
      : [];
    expect(Math.abs(Number(offsets[0]) - Number(offsets[1]))).toBeGreaterThan(25);
  });
  it('have what they are compared with behind them, dashed, on the same scale', () => {
    const columns = [...result.columns, 'previous'];
    const both = { columns, rows: rows.map((row) => [...row, row[1] === 'in' ? 700 : null]), at: 3000 };
    const compared = seriesOption(both, lines, testLook(), 240);
    expect(compared.series).toMatchObject([
      { id: 'in-previous', data: [[1000, 700], [2000, 700]], lineStyle: { type: [7, 6], color: '--in' } }, // prettier-ignore
      { id: 'in' },
      { id: 'out' },
    ]);
    expect(compared.series).not.toHaveProperty([0, 'endLabel']);
    expect(compared.yAxis).toMatchObject({ max: 750 });
  });
  it('have their target across, which the scale reaches', () => {
    const crossed = seriesOption(result, lines, testLook(), 240, () => [{ kind: 'target', value: 400, text: 'đích' }]);
    expect(crossed.series).toHaveProperty([0, 'markLine', 'data', 0, 'yAxis'], 400);
    expect(crossed.series).not.toHaveProperty([1, 'markLine']);
    expect(crossed.yAxis).toMatchObject({ max: 400 });
  });
  it('are curves while there are few points, and straight from one to the next where they are many', () => {
    const many = { ...result, rows: Array.from({ length: 1000 }, (_, n) => [n, 'in', n]) };
    expect(option.series).toHaveProperty([0, 'smooth'], 0.3);
    const [drawn] = [seriesOption(many, lines, testLook(), 240).series].flat();
    expect(drawn).not.toHaveProperty('smooth');
    expect(drawn).toMatchObject({ sampling: 'lttb' });
  });
  it('can be drawn from nothing', () => expect(() => seriesOption(undefined, lines, testLook(), 240)).not.toThrow());
});
