// @vitest-environment node
import { expect, it } from 'vitest';
import { changeBetween } from './change-between.ts';

it.each([
  ['a\nb\nc', 'a\nX\nc', { from: 2, to: 3, insert: 'X' }],
  ['aa', 'aaa', { from: 2, to: 2, insert: 'a' }],
  ['aaa', 'a', { from: 1, to: 3, insert: '' }],
  ['', 'ab', { from: 0, to: 0, insert: 'ab' }],
])('between %j and %j is one piece', (before, after, change) => {
  expect(changeBetween(before, after)).toEqual(change);
});

it('is none between equals', () => expect(changeBetween('a', 'a')).toBeUndefined());
