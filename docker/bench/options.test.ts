import { expect, test } from 'vitest';
import { readOptions } from './options.ts';
import { quantile } from './stats.ts';

test('measures what the acceptance asks for unless told otherwise', () => {
  expect(readOptions(['query'])).toEqual({
    bench: 'query',
    json: false,
    seconds: 20,
    viewers: [1, 200],
    dossiers: 2_180_333,
  });
  expect(readOptions(['live', '--viewers', '1,50', '--json', '--seconds', '300'])).toMatchObject({
    viewers: [1, 50],
    json: true,
    seconds: 300,
  });
});

test.each([
  [[], /bench/],
  [['ingest', 'live'], /npm run bench/],
  [['walls'], /bench/],
  [['live', '--viewers', '0'], /viewers/],
  [['live', '--viewers', '100000'], /viewers/],
  [['ingest', '--seconds', '3600'], /seconds/],
  [['query', '--dossiers', 'all'], /dossiers/],
])('refuses %j and says what is allowed', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test('a quantile is a value that was measured', () => {
  expect(quantile([30, 10, 20], 0.5)).toBe(20);
  expect(quantile([10, 20], 0.5)).toBe(10);
  expect(
    quantile(
      Array.from({ length: 100 }, (_, index) => index + 1),
      0.99,
    ),
  ).toBe(99);
  expect(quantile([], 0.5)).toBeNaN();
});
