import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byDifference, compare, compareShare, shareOf, sumOf } from './compare.ts';

const known = fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));

describe('what a figure should be', () => {
  it('is the sum of its parts, whatever their order', () => {
    const shuffled = fc
      .array(known, { minLength: 1, maxLength: 12 })
      .chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })));
    fc.assert(
      fc.property(shuffled, ([parts, others]) => {
        expect(sumOf(others)).toBe(sumOf(parts));
      }),
    );
  });

  it('is missing while a part is, which is not 0', () => {
    fc.assert(
      fc.property(fc.array(known, { maxLength: 8 }), fc.nat(8), (parts, at) => {
        const missing = [...parts.slice(0, at), null, ...parts.slice(at)];
        expect(sumOf(missing)).toBeNull();
        expect(compare(1, sumOf(missing), 0)).toEqual({ state: 'incomplete', expected: null, difference: null });
      }),
    );
    expect(sumOf([])).toBeNull();
    expect(sumOf([3, 0])).toBe(3);
  });

  it('is a share in percent, of something', () => {
    expect(shareOf(1, 4)).toBe(25);
    expect(shareOf(0, 4)).toBe(0);
    expect(shareOf(4, 0)).toBeNull();
    expect(shareOf(null, 4)).toBeNull();
    expect(shareOf(4, null)).toBeNull();
  });
});

describe('a comparison', () => {
  it('agrees within the tolerance, at its edge too', () => {
    expect(compare(885, 885, 0)).toEqual({ state: 'agrees', expected: 885, difference: 0 });
    expect(compare(67.05, 67, 0.05).state).toBe('agrees');
    expect(compare(67.06, 67, 0.05).state).toBe('differs');
    expect(compare(0.3, 0.1 + 0.2, 0)).toMatchObject({ state: 'agrees', difference: 0 });
  });

  it('says by how much it differs, and in which direction', () => {
    expect(compare(44_800, 34_800, 0)).toEqual({ state: 'differs', expected: 34_800, difference: 10_000 });
    expect(compare(294, 310, 0).difference).toBe(-16);
    expect(compare(0, 310, 0)).toMatchObject({ state: 'differs', difference: -310 });
    expect(compare(null, 310, 0)).toEqual({ state: 'incomplete', expected: 310, difference: null });
  });

  it('never agrees and differs at once, and the difference leads from one to the other', () => {
    fc.assert(
      fc.property(known, known, fc.double({ min: 0, max: 10, noNaN: true }), (stated, expected, tolerance) => {
        const { state, difference } = compare(stated, expected, tolerance);
        expect(state === 'agrees').toBe(
          Math.abs(stated - expected) <=
            tolerance * (1 + 1e-12) + 1e-9 * Math.max(1, Math.abs(stated), Math.abs(expected)),
        );
        expect(expected + (difference ?? Number.NaN)).toBeCloseTo(stated, 3);
      }),
    );
  });

  it('finds the other whole that a share is of', () => {
    const wrong = compareShare(67.2, { part: 9_567, whole: null, others: [null, 14_229] }, 0.5);
    expect(wrong).toEqual({ state: 'differs', expected: null, difference: null, fits: 1 });
    expect(compareShare(67.2, { part: 9_567, whole: 12_000, others: [14_229] }, 0.5)).toMatchObject({
      fits: 0,
      expected: 79.725,
    });
    expect(compareShare(79.7, { part: 9_567, whole: 12_000, others: [14_229] }, 0.5)).toMatchObject({
      state: 'agrees',
      fits: null,
    });
    expect(compareShare(50, { part: 9_567, whole: 12_000, others: [14_229] }, 0.5)).toMatchObject({
      state: 'differs',
      fits: null,
    });
    expect(compareShare(50, { part: 9_567, whole: null, others: [14_229] }, 0.5)).toMatchObject({
      state: 'incomplete',
      fits: null,
    });
    // with all of the received finished, both wholes are right
    expect(compareShare(67.2, { part: 9_567, whole: 14_229, others: [14_229] }, 0.5)).toMatchObject({
      state: 'agrees',
      fits: null,
    });
  });

  it('comes before what differs less, then what is incomplete, then what agrees', () => {
    const [small, large, zero, open, even] = [
      compare(101, 100, 0),
      compare(5, 10, 0),
      compare(0, 9, 0),
      compare(1, null, 0),
      compare(1, 1, 0),
    ];
    expect([even, open, small, zero, large].sort(byDifference)).toEqual([zero, large, small, open, even]);
  });
});
