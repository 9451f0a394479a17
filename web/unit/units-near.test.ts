// @vitest-environment node
import { expect, it } from 'vitest';
import { TEST_PROVINCE } from '../test-mount.ts';
import { unitsNear } from './units-near.ts';

const units = new Map(TEST_PROVINCE.units.map((unit) => [unit.code, unit]));

it('offers the units above and below', () => {
  const codes = (code: string) => unitsNear(units, code).map(({ unit, depth }) => [unit.code, depth]);
  expect(codes('H49')).toEqual([
    ['H49', 0],
    ['H49.12', 1],
    ['H49.09', 1],
  ]);
  expect(codes('H49.12')).toEqual([
    ['H49', 0],
    ['H49.12', 1],
  ]);
});
