import { expect, it } from 'vitest';
import { createDraftBudget } from './draft-budget.ts';

it('checks twenty drafts of an account in any ten seconds, whatever others do', () => {
  let now = 0;
  const { take } = createDraftBudget(() => now);
  const times = (who: string, count: number): number =>
    Array.from({ length: count }, () => take(who)).filter(Boolean).length;
  expect(times('a', 15)).toBe(15);
  now = 6_000;
  expect(times('a', 9)).toBe(5);
  expect(times('b', 1)).toBe(1);
  now = 10_001;
  // what was refused does not count
  expect(times('a', 99)).toBe(15);
  now = 30_000;
  expect(times('a', 99)).toBe(20);
});
