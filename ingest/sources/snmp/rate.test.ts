import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterOf, hasRestarted, rateOf } from './rate.ts';

const bits = fc.constantFrom(32 as const, 64 as const);
const runs = { numRuns: 2_000 };

describe('the rate of a counter', () => {
  it('is what it grew by, whatever it was and wherever it wraps', () => {
    fc.assert(
      fc.property(
        bits,
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.nat(1_000_000_000),
        fc.integer({ min: 1, max: 600 }),
        (width, start, grown, seconds) => {
          const span = 2n ** BigInt(width);
          const before = { value: start % span, bits: width };
          const now = { value: (before.value + BigInt(grown)) % span, bits: width };
          const most = Math.min(1e9 / seconds, (2 ** 32 - 1) / seconds);
          expect(rateOf(before, now, seconds, most)).toBeCloseTo(grown / seconds, 6);
        },
      ),
      runs,
    );
  });

  it('is never negative, never more than can be, and never a number after a reset to near zero', () => {
    fc.assert(
      fc.property(
        bits,
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(1e9),
        (width, a, b, seconds, most) => {
          const span = 2n ** BigInt(width);
          const rate = rateOf({ value: a % span, bits: width }, { value: b % span, bits: width }, seconds, most);
          if (rate === null) return;
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(most);
        },
      ),
      runs,
    );
    // a 1 Gbit/s port, read every 30 s, whose device began anew
    expect(rateOf({ value: 5_000_000_000_000n, bits: 64 }, { value: 1_000n, bits: 64 }, 30, 125e6)).toBeNull();
    expect(rateOf({ value: 3_000_000_000n, bits: 32 }, { value: 1_000n, bits: 32 }, 30, 1.25e6)).toBeNull();
    expect(rateOf({ value: 0n, bits: 32 }, { value: 1_000n, bits: 64 }, 30, 1e9)).toBeNull();
    expect(rateOf({ value: 3_000_000_000n, bits: 32 }, { value: 1_000n, bits: 32 }, 30, null)).toBeNull();
    expect(rateOf({ value: 1_000n, bits: 32 }, { value: 4_000n, bits: 32 }, 30, null)).toBe(100);
  });

  it('is unknown where a short counter may have gone round more than once', () => {
    expect(rateOf({ value: 0n, bits: 32 }, { value: 30_000n, bits: 32 }, 30, 1.25e9)).toBeNull();
    expect(rateOf({ value: 0n, bits: 32 }, { value: 30_000n, bits: 32 }, 30, 12.5e6)).toBe(1_000);
  });

  it('is read from what counts, and nothing else', () => {
    expect(counterOf(7)).toEqual({ value: 7n, bits: 32 });
    expect(counterOf(7n)).toEqual({ value: 7n, bits: 64 });
    for (const none of [null, undefined, -1, 1.5, 'x', Buffer.from('7')]) expect(counterOf(none)).toBeNull();
  });
});

describe('a restart', () => {
  it('is not seen in a device that went on, even when its uptime wraps', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 31),
        fc.nat(2 ** 31),
        fc.integer({ min: 1, max: 3_600 }),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (a, b, seconds, drift) => {
          const before = a + b;
          const now = Math.floor(before + seconds * 100 * (1 + drift)) % 2 ** 32;
          expect(hasRestarted(before, now, seconds)).toBe(false);
        },
      ),
      runs,
    );
  });

  it('is seen in one that began anew, also when it has been up for longer than before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6_000, max: 2 ** 31 }), fc.integer({ min: 20, max: 600 }), (before, seconds) => {
        expect(hasRestarted(before, Math.floor(seconds * 50), seconds)).toBe(true);
      }),
      runs,
    );
    expect(hasRestarted(1_000, 1_500, 30)).toBe(true);
  });
});
