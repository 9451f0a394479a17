import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexWord, RowBuffer } from './row-buffer.ts';

/** What was written, from a buffer that had to grow. */
function written(write: (out: RowBuffer) => void): Buffer {
  const out = new RowBuffer(1);
  write(out);
  return out.written();
}

describe('RowBinary', () => {
  it('writes any text as its length and its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const bytes = written((out) => out.text(text));
        const size = Buffer.byteLength(text);
        const head = size < 128 ? [size] : [(size & 127) | 128, size >> 7];
        expect([...bytes]).toEqual([...head, ...Buffer.from(text)]);
      }),
    );
  });

  it('writes every instant from 1900 to 2299 as a signed 64-bit number', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2300, 0, 1) }), (instant) => {
        expect(written((out) => out.i64(instant)).readBigInt64LE()).toBe(BigInt(instant));
      }),
    );
  });

  it('writes a UUID as two little-endian halves', () => {
    const hex = '00112233445566778899aabbccddeeff';
    expect(written((out) => out.uuid(hex)).toString('hex')).toBe('7766554433221100ffeeddccbbaa9988');
    expect(hexWord(hex, 0)).toBe(0x00112233);
    expect(hexWord(hex, 16)).toBe(0x8899aabb);
  });

  it('is empty after a reset and keeps nothing of before', () => {
    const out = new RowBuffer(4);
    out.text('before');
    out.reset();
    out.u8(7);
    expect([...out.written()]).toEqual([7]);
  });
});
