import { deflateRawSync, crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { measureZip, readZip, writeZip, type ZipPart } from './zip.ts';

const part = (name: string, text: string | Buffer): ZipPart => {
  const bytes = Buffer.from(text);
  return { name, method: 8, crc: crc32(bytes), size: bytes.length, bytes: deflateRawSync(bytes) };
};
const zip = (...parts: ZipPart[]) => Buffer.concat([...writeZip(parts)]);
const parts = [part('xl/workbook.xml', '<a/>'), part('xl/bảng.xml', 'x'.repeat(10_000))];

describe('a zip', () => {
  it('is read as it was written', async () => {
    expect(readZip(zip(...parts))).toEqual(parts);
    await expect(measureZip(parts, 20_000)).resolves.toBeUndefined();
  });

  it('is refused when it unfolds to more than it may, whatever its directory says', async () => {
    const bomb = part('xl/worksheets/sheet1.xml', Buffer.alloc(64 * 2 ** 20));
    await expect(measureZip([...parts, bomb], 2 ** 20)).rejects.toThrow(/unfolds to more than 1 MiB/);
    const liar = { ...bomb, size: 100 };
    await expect(measureZip([liar], 2 ** 20)).rejects.toThrow(/unfolds to more than 1 MiB/);
    await expect(measureZip([{ ...part('a', 'text'), size: 100 }], 2 ** 20)).rejects.toThrow(/damaged in a/);
  });

  it('is refused wherever it is cut or its offsets lead nowhere', () => {
    const whole = zip(...parts);
    for (let end = 0; end < whole.length; end += 1)
      expect(() => readZip(whole.subarray(0, end))).toThrow(/no zip|damaged/);
    const astray = Buffer.from(whole);
    astray.writeUInt32LE(0xffffffff, whole.length - 6);
    expect(() => readZip(astray)).toThrow(/damaged/);
    const many = Buffer.from(whole);
    many.writeUInt16LE(60_000, whole.length - 12);
    expect(() => readZip(many)).toThrow(/more than 5000 parts/);
  });
});
