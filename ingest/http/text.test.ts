import { describe, expect, it } from 'vitest';
import { linesOf, parseBody, parseLine } from './text.ts';

const BAD = Buffer.from([0x22, 0xd0, 0x22]);

describe('a body', () => {
  it('that is not UTF-8 is refused: two such numbers would be one', () =>
    expect(() => parseBody(BAD)).toThrow('the body is not UTF-8'));
  it('keeps its diacritics', () => expect(parseBody(Buffer.from('"Đông Triều"'))).toBe('Đông Triều'));
});

describe('lines', () => {
  it('that are not UTF-8 cannot be read, and do not harm the others', () => {
    const lines = linesOf(Buffer.concat([Buffer.from('"Đầm Hà"\n'), BAD, Buffer.from('\n\n{"a":1}\n')]));
    expect(lines.map(parseLine)).toEqual(['Đầm Hà', undefined, { a: 1 }]);
  });
});
