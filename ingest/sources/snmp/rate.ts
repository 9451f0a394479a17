/** A counter as it was read, and how many bits it has. */
export interface Counter {
  value: bigint;
  bits: 32 | 64;
}

/** Hundredths of a second after which `sysUpTime` begins anew: 497 days. */
const UPTIME_WRAP = 2 ** 32;
/** By how much the clock of a device may differ from ours between two polls: so many seconds, and this share of the time. */
const UPTIME_SLACK_S = 5;
const UPTIME_SLACK = 0.1;

/** A counter as an agent gives it: 64 bits where they come as such. Null where it is none. */
export function counterOf(value: unknown): Counter | null {
  if (typeof value === 'bigint') return { value, bits: 64 };
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return { value: BigInt(value), bits: 32 };
  return null;
}

/**
 * How fast a counter grew, a second. Null where that cannot be told: after a decrease that is no wrap, and where it would be faster than `most`, which is what a
 * reset looks like. A counter of 32 bits that could have wrapped more than once at `most` tells nothing. Where nobody knows how fast it may be (`most` null), a
 * decrease is never taken for a wrap.
 */
export function rateOf(before: Counter, now: Counter, seconds: number, most: number | null): number | null {
  if (before.bits !== now.bits || !(seconds > 0)) return null;
  const span = 2n ** BigInt(now.bits);
  const grown = now.value - before.value;
  if (most === null) return grown < 0n ? null : Number(grown) / seconds;
  if (now.bits === 32 && most * seconds >= Number(span)) return null;
  const rate = Number(grown < 0n ? grown + span : grown) / seconds;
  return rate <= most ? rate : null;
}

/** Whether a device began anew between two readings of `sysUpTime` (hundredths of a second) that lie `seconds` apart by our clock. */
export function hasRestarted(before: number, now: number, seconds: number): boolean {
  const expected = (before + seconds * 100) % UPTIME_WRAP;
  const apart = Math.abs(now - expected);
  const difference = Math.min(apart, UPTIME_WRAP - apart) / 100;
  return difference > UPTIME_SLACK_S + seconds * UPTIME_SLACK;
}
