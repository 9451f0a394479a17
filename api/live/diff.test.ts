import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, diff } from './diff.ts';

const cell = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.constant(null));
const rows = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 });

describe('diff', () => {
  it('turns any rows into any others', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const change = diff(before, after);
        expect(change ? apply(before, change) : before).toEqual(after);
      }),
    );
  });

  it('says nothing when nothing changed', () => {
    fc.assert(
      fc.property(rows, (same) => {
        expect(diff(same, structuredClone(same))).toBeUndefined();
      }),
    );
  });

  it('names only the rows that changed', () => {
    expect(diff([['a', 1], ['b', 2]], [['a', 1], ['b', 3]])).toEqual({ length: 2, set: [[1, ['b', 3]]] }); // prettier-ignore
  });

  it('tells missing from zero', () => {
    expect(diff([[0]], [[null]])).toEqual({ length: 1, set: [[0, [null]]] });
  });

  it('shortens without setting anything', () => {
    expect(diff([[1], [2]], [[1]])).toEqual({ length: 1, set: [] });
  });
});
