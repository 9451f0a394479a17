// @vitest-environment node
import { expect, it } from 'vitest';
import { decimalsOf, readNumber } from './read-number.ts';

it('reads numbers as they are written in each language, and no other text', () => {
  const vi = ['44.800', '44800', '83,88', '1.234.567,5', ' 0 ', '-12', '−12,5'].map((text) => readNumber(text, 'vi'));
  expect(vi).toEqual([44_800, 44_800, 83.88, 1_234_567.5, 0, -12, -12.5]);
  expect(['44,800', '83.88', '1,234,567.5'].map((text) => readNumber(text, 'en'))).toEqual([
    44_800, 83.88, 1_234_567.5,
  ]);
  for (const text of ['', '83.88', '44.80', '1.2345', '44,800.5', '1e5', 'x', '1 000', '12,', '1234.567'])
    expect(readNumber(text, 'vi')).toBeUndefined();
  for (const text of ['83,88', '44.800.5', '12.']) expect(readNumber(text, 'en')).toBeUndefined();
});

it('counts the decimals that a number has', () => {
  expect([44_800, 67.2, 83.88, 0.1 + 0.2, 1 / 3].map(decimalsOf)).toEqual([0, 1, 2, 1, 3]);
});
