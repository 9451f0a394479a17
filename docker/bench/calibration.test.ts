import { expect, test } from 'vitest';
import { calibrate, type Judged } from './calibration.ts';

const judged = (probability: number, came: number, of: number): Judged[] =>
  Array.from({ length: of }, (_, n) => ({ probability, isLate: n < came }));

test('finds forecasts that come true as often as they say without error', () => {
  const { expected_calibration_error, brier, reliability, late } = calibrate([
    ...judged(0.2, 20, 100),
    ...judged(0.7, 70, 100),
  ]);
  expect(expected_calibration_error).toBeCloseTo(0, 10);
  expect(late).toBeCloseTo(0.45, 10);
  expect(brier).toBeCloseTo((0.2 * 0.8 + 0.7 * 0.3) / 2, 10);
  expect(reliability.map(({ forecasts, seen }) => [forecasts, seen])).toEqual([
    [100, 0.2],
    [100, 0.7],
  ]);
});

test('finds by how much forecasts say too much', () => {
  const { expected_calibration_error, brier } = calibrate(judged(1, 40, 100));
  expect(expected_calibration_error).toBeCloseTo(0.6, 10);
  expect(brier).toBeCloseTo(0.6, 10);
});
