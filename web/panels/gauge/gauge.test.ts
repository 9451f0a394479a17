// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { arcOf, gaugeOf } from './gauge-view.ts';

const share = testMetric({ format: 'percent', good: 'up', target: 99, limits: [99.5, 99, 98, 90] });
const read = (value: number | null, of?: number) => ({
  columns: ['value', 'of'],
  rows: [[value, of ?? null]],
});

describe('a gauge', () => {
  it('places value, target and limits on its scale', () => {
    const gauge = gaugeOf(read(97), share, { min: 95 });
    expect(gauge).toMatchObject({ value: 97, min: 95, max: 100, share: 0.4, target: 0.8, step: 4 });
    expect(gauge.zones.map(({ from, to, step }) => [from.toFixed(2), to.toFixed(2), step])).toEqual([
      ['0.00', '0.60', 4],
      ['0.60', '0.80', 3],
      ['0.80', '0.90', 2],
      ['0.90', '1.00', 1],
    ]);
  });
  it('ends at the whole that its value is part of, unless its end is written', () => {
    const count = testMetric();
    expect(gaugeOf(read(30, 120), count, { min: 0 })).toMatchObject({ max: 120, share: 0.25, target: null, zones: [] });
    expect(gaugeOf(read(30, 120), count, { min: 0, max: 60 })).toMatchObject({ max: 60, share: 0.5 });
  });
  it('stays at the end of its scale with a value beyond it', () => {
    expect(gaugeOf(read(50), share, { min: 95 })).toMatchObject({ value: 50, share: 0, step: 5 });
    expect(gaugeOf(read(130, 120), testMetric(), { min: 0 }).share).toBe(1);
  });
  it('tells a missing value, and a scale without an end, from zero', () => {
    expect(gaugeOf(read(null), share, { min: 95 })).toMatchObject({ value: null, share: null, step: null });
    expect(gaugeOf(read(5, 0), testMetric(), { min: 0 })).toMatchObject({ max: null, share: null, zones: [] });
    expect(gaugeOf(undefined, share, { min: 0 }).share).toBeNull();
  });
  it('draws from the left over the top to the right', () =>
    expect(arcOf({ x: 100, y: 100 }, 50, 0, 0.5)).toBe('M50.00 100.00A50 50 0 0 1 100.00 50.00'));
});
