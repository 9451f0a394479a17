/** A stream of numbers from 0 to below 1. The same seed and parts always give the same stream. */
export type Draw = () => number;

/** A 32-bit number for a name (FNV-1a), to be a part of a stream's seed. */
export function nameOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The stream of one entity: sfc32 (PractRand's small fast counting generator), its state mixed from seed and parts. Every dossier,
 * line and minute has its own stream, so the order in which they are worked out changes nothing.
 * Each word of the state depends on all parts before it and the first number on all four, so it needs no warming up.
 */
export function stream(seed: number, a: number, b = 0, c = 0): Draw {
  let s0 = mix(seed ^ 0x9e3779b9);
  let s1 = mix(s0 + a);
  let s2 = mix(s1 + b);
  let s3 = mix(s2 + c);
  return () => {
    const sum = (s0 + s1 + s3) | 0;
    s3 = (s3 + 1) | 0;
    s0 = s1 ^ (s1 >>> 9);
    s1 = (s2 + (s2 << 3)) | 0;
    s2 = ((s2 << 21) | (s2 >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
}

/** The finaliser of MurmurHash3: every bit of the input moves half the bits of the result. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** An exponentially distributed number with this mean. */
export function exponential(draw: Draw, mean: number): number {
  return -Math.log(1 - draw()) * mean;
}

/** A number around 0 and never beyond ±1, near 0 more often than far from it (the mean of three draws). */
export function around(draw: Draw): number {
  return (draw() + draw() + draw()) / 1.5 - 1;
}

/** How many of what happens at this rate (Poisson); for rates below about 500. */
export function count(draw: Draw, rate: number): number {
  const limit = Math.exp(-rate);
  let product = draw();
  let n = 0;
  while (product > limit) {
    product *= draw();
    n += 1;
  }
  return n;
}

/** Things to choose from, by weight. */
export interface Weighted<T> {
  items: readonly T[];
  /** Running sums of the weights. */
  sums: readonly number[];
}

/** Prepares a weighted choice. Weights of 0 or less are left out. */
export function weigh<T>(all: readonly T[], weight: (item: T) => number): Weighted<T> {
  const items = all.filter((item) => weight(item) > 0);
  let sum = 0;
  return { items, sums: items.map((item) => (sum += weight(item))) };
}

/** Chooses one item; `at` is a number from 0 to below 1. Throws when there is nothing to choose from. */
export function choose<T>({ items, sums }: Weighted<T>, at: number): T {
  const target = at * (sums.at(-1) ?? 0);
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  const item = items[low];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}
