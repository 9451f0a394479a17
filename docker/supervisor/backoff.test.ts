import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('waits twice as long after every crash, up to ten seconds', () => {
  const backoff = createBackoff();
  const waits = Array.from({ length: 8 }, () => backoff.next(0));
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('begins anew after thirty seconds of health', () => {
  const backoff = createBackoff();
  for (let crash = 0; crash < 6; crash++) backoff.next(0);
  expect(backoff.next(29_999)).toBe(10_000);
  expect(backoff.next(30_000)).toBe(250);
  expect(backoff.next(0)).toBe(500);
});
