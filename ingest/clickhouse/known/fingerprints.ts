import { hexWord } from '../writer/row-buffer.ts';

/** A segment is full at three quarters, above which searches grow long. */
const LOAD = 0.75;

/**
 * A compact set of event keys that may be wrong in one direction: `mayHold` is never false for a key that was added, and is true
 * for another one about once in a billion. It takes 5 to 7 bytes a key.
 *
 * Each key leaves 32 of its bits in a slot that 22 others of its bits choose. Segments are added as it grows; at `maxSegments` the
 * oldest is dropped, and `onDrop` is told, because from then on absence proves nothing about older keys.
 */
export class Fingerprints {
  readonly #segments: Uint32Array[] = [];
  readonly #reserve: Uint32Array[] = [];
  readonly #slots: number;
  readonly #maxSegments: number;
  readonly #onDrop: () => void;
  #used = 0;

  constructor({ maxSegments = 12, reserved = 4, slots = 2 ** 22, onDrop = () => undefined }: FingerprintOptions = {}) {
    this.#slots = slots;
    this.#maxSegments = maxSegments;
    this.#onDrop = onDrop;
    // written to, or the memory would be taken page by page as it is used
    for (let n = 0; n < Math.min(reserved, maxSegments); n++) this.#reserve.push(new Uint32Array(slots).fill(0));
    this.#segments.push(this.#fresh());
  }

  #fresh(): Uint32Array {
    return this.#reserve.pop() ?? new Uint32Array(this.#slots);
  }

  /** Keys that fit before the oldest are dropped. */
  get capacity(): number {
    return Math.floor(this.#slots * LOAD) * this.#maxSegments;
  }

  /** Adds a key of 32 hex digits. */
  add(key: string): void {
    this.addWords(hexWord(key, 0), hexWord(key, 16));
  }

  /** Adds a key by its first and third 32-bit words. */
  addWords(first: number, third: number): void {
    if (this.#used >= this.#slots * LOAD) this.#grow();
    const segment = this.#segments[0];
    if (!segment) return;
    const print = first === 0 ? 1 : first;
    let slot = third & (this.#slots - 1);
    for (;;) {
      const held = segment[slot];
      if (held === print) return;
      if (held === 0 || held === undefined) break;
      slot = (slot + 1) & (this.#slots - 1);
    }
    segment[slot] = print;
    this.#used += 1;
  }

  /** False: surely never added since the last drop. */
  mayHold(key: string): boolean {
    const first = hexWord(key, 0);
    const print = first === 0 ? 1 : first;
    const start = hexWord(key, 16) & (this.#slots - 1);
    for (const segment of this.#segments) {
      let slot = start;
      for (;;) {
        const held = segment[slot];
        if (held === print) return true;
        if (held === 0 || held === undefined) break;
        slot = (slot + 1) & (this.#slots - 1);
      }
    }
    return false;
  }

  #grow(): void {
    this.#used = 0;
    if (this.#segments.length < this.#maxSegments) {
      this.#segments.unshift(this.#fresh());
      return;
    }
    const oldest = this.#segments.pop();
    if (oldest) this.#segments.unshift(oldest.fill(0));
    this.#onDrop();
  }
}

/** Sizes of a set of fingerprints. */
export interface FingerprintOptions {
  /** @default 12, which holds 37 million keys in 200 MB */
  maxSegments?: number;
  /** Segments whose memory is taken at once, so that a process is as large on its first day as after twelve million events. @default 4 */
  reserved?: number;
  /** Slots of a segment, a power of two. @default 2^22, 16 MB */
  slots?: number;
  onDrop?: () => void;
}
