/** Hex digit by character code. */
const NIBBLE = new Uint8Array(128);
for (let digit = 0; digit < 16; digit += 1) {
  NIBBLE[digit.toString(16).charCodeAt(0)] = digit;
  NIBBLE[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** Longest text whose UTF-8 form surely has a one-byte length: 42 units of at most 3 bytes. */
const SHORT = 42;
/** Longest text whose UTF-8 form surely has a length of two bytes. */
const MIDDLE = Math.floor((2 ** 14 - 1) / 3);

/** The byte at hex digit `at` of a text of hex digits. */
function hexByte(hex: string, at: number): number {
  return ((NIBBLE[hex.charCodeAt(at)] ?? 0) << 4) | (NIBBLE[hex.charCodeAt(at + 1)] ?? 0);
}

/** The 32 bits written by the eight hex digits from `at` on. Never negative. */
export function hexWord(hex: string, at: number): number {
  return (
    ((hexByte(hex, at) << 24) | (hexByte(hex, at + 2) << 16) | (hexByte(hex, at + 4) << 8) | hexByte(hex, at + 6)) >>> 0
  );
}

/**
 * Rows in ClickHouse's RowBinary format, grown as needed.
 *
 * RowBinary and not JSON: an instant travels as its integer, so no reader guesses between seconds and milliseconds, and the server
 * spends a third of the time on parsing.
 */
export class RowBuffer {
  #bytes: Buffer;
  #length = 0;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written, without copying: valid until the next `reset`. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  reset(): void {
    this.#length = 0;
  }

  #reserve(size: number): number {
    const at = this.#length;
    if (at + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, at + size));
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    return at;
  }

  u8(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
    this.#length = at + 1;
  }

  u16(value: number): void {
    const at = this.#reserve(2);
    this.#length = this.#bytes.writeUInt16LE(value, at);
  }

  /** A whole number within ±2^53, as Int64. */
  i64(value: number): void {
    const at = this.#reserve(8);
    const high = Math.floor(value / 0x1_0000_0000);
    this.#bytes.writeUInt32LE(value - high * 0x1_0000_0000, at);
    this.#length = this.#bytes.writeInt32LE(high, at + 4);
  }

  f32(value: number): void {
    const at = this.#reserve(4);
    this.#length = this.#bytes.writeFloatLE(value, at);
  }

  f64(value: number): void {
    const at = this.#reserve(8);
    this.#length = this.#bytes.writeDoubleLE(value, at);
  }

  /** 32 hex digits as a UUID: two halves, each little-endian. */
  uuid(hex: string): void {
    const at = this.#reserve(16);
    for (let byte = 0; byte < 8; byte += 1) {
      this.#bytes[at + 7 - byte] = hexByte(hex, byte * 2);
      this.#bytes[at + 15 - byte] = hexByte(hex, 16 + byte * 2);
    }
    this.#length = at + 16;
  }

  text(value: string): void {
    if (value.length <= SHORT) this.#short(value);
    else if (value.length <= MIDDLE) {
      // the length takes two bytes whatever it is, so that the text is written at once and measured by its writing
      const at = this.#reserve(2 + value.length * 3);
      const size = this.#bytes.write(value, at + 2, 'utf8');
      this.#bytes[at] = (size & 127) | 128;
      this.#bytes[at + 1] = size >> 7;
      this.#length = at + 2 + size;
    } else {
      const size = Buffer.byteLength(value);
      const at = this.#reserve(size + 5);
      const start = this.#varint(size, at);
      this.#length = start + this.#bytes.write(value, start, 'utf8');
    }
  }

  texts(values: readonly string[]): void {
    this.#length = this.#varint(values.length, this.#reserve(5));
    for (const value of values) this.text(value);
  }

  /** Most texts are short and plain: copying them here costs less than one call out of JavaScript. */
  #short(value: string): void {
    const at = this.#reserve(1 + value.length * 3);
    let end = at + 1;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 127) {
        end = at + 1 + this.#bytes.write(value, at + 1, 'utf8');
        break;
      }
      this.#bytes[end] = code;
      end += 1;
    }
    this.#bytes[at] = end - at - 1;
    this.#length = end;
  }

  #varint(value: number, start: number): number {
    let at = start;
    let rest = value;
    while (rest > 127) {
      this.#bytes[at] = (rest & 127) | 128;
      rest >>>= 7;
      at += 1;
    }
    this.#bytes[at] = rest;
    return at + 1;
  }
}
