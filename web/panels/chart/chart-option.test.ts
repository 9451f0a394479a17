// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testLook } from '../../test-look.ts';
import { hourTicks, niceScale, timeTicks } from './chart-option.ts';
import { spread } from './spread.ts';
import { isRunning, timeSeries } from './time-series.ts';

const { formats } = testLook();
const HOUR = 3_600_000;
const day = Array.from({ length: 24 }, (_, hour) => Date.parse('2026-11-20T10:00:00+07:00') + hour * HOUR);

describe('the scale of an axis', () => {
  it.each([
    [190, 200, 100],
    [280, 300, 100],
    [7, 7.5, 2.5],
    [3, 3, 1],
    [0.4, 0.4, 0.2],
  ])('for values up to %d ends at %d', (top, max, step) => expect(niceScale(top)).toMatchObject({ max, step }));

  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [7, 10, 5],
    [280, 300, 100],
  ])('for whole numbers up to %d ends at %d, in whole steps', (top, max, step) =>
    expect(niceScale(top, true)).toEqual({ max, step, decimals: 0 }),
  );

  it('is drawn for nothing but zeros too', () => expect(niceScale(0)).toMatchObject({ max: 1 }));

  it('holds every value, in few steps', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e9, noNaN: true }), (top) => {
        const { max, step } = niceScale(top);
        expect(max).toBeGreaterThanOrEqual(top * (1 - 1e-6));
        expect(max / step).toBeLessThanOrEqual(4.01);
      }),
    ));
});

describe('ticks of a day', () => {
  it('stand at even hours of the province’s clock', () =>
    expect(hourTicks(day, formats).map((tick) => formats.hour(tick))).toEqual(['12h', '18h', '0h', '6h']));
  it('label an hour once, however many points it has', () => {
    const halves = day.flatMap((hour) => [hour, hour + HOUR / 2]);
    expect(hourTicks(halves, formats)).toEqual(hourTicks(day, formats));
  });
  it('are none without points', () => expect(hourTicks([], formats)).toEqual([]));
});

describe('ticks of time', () => {
  const labels = (instants: number[]) => {
    const { at, text } = timeTicks(instants, formats);
    return at.map((instant) => text(instant));
  };
  const from = Date.parse('2026-11-01T00:00:00+07:00');

  it('are hours within a day', () => expect(labels(day)).toEqual(['12h', '18h', '0h', '6h']));
  it('are few days of a month, the last among them', () =>
    expect(labels(Array.from({ length: 30 }, (_, n) => from + n * 24 * HOUR))).toEqual([
      '06/11',
      '14/11',
      '22/11',
      '30/11',
    ]));
  it('are years where figures are yearly', () =>
    expect(labels([2024, 2025, 2026].map((year) => Date.parse(`${year}-01-01T00:00:00+07:00`)))).toEqual([
      '2024',
      '2025',
      '2026',
    ]));
  it('are none without points', () => expect(timeTicks([], formats).at).toEqual([]));
});

describe('rows over time', () => {
  it('become one list a series, missing where a series has no row', () => {
    const rows = [
      [2, 'in', 5],
      [1, 'in', 4],
      [1, 'out', null],
      [1, 'other', 9],
    ];
    const { instants, values } = timeSeries({ columns: ['t', 'series', 'value'], rows }, ['in', 'out']);
    expect(instants).toEqual([1, 2]);
    expect(values.get('in')).toEqual([4, 5]);
    expect(values.get('out')).toEqual([null, null]);
    expect(values.has('other')).toBe(false);
  });
});

describe('the last step', () => {
  it('runs until as much time has passed as one step takes', () => {
    expect(isRunning([1000, 2000], 2999)).toBe(true);
    expect(isRunning([1000, 2000], 3000)).toBe(false);
    expect(isRunning([1000], 1001)).toBe(false);
  });
});

describe('places', () => {
  it('that are far apart stay', () => expect(spread([10, 90, 50], 20, 100)).toEqual([10, 90, 50]));
  it('that are close move apart and keep their order', () => {
    expect(spread([50, 48], 20, 100)).toEqual([68, 48]);
    expect(spread([99, 100], 20, 100)).toEqual([80, 100]);
  });
});
