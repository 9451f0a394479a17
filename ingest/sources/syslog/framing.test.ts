import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framer } from './framing.ts';

/** The messages of a stream that comes in these pieces. */
function framesOf(pieces: readonly Buffer[], most_bytes = 1_000, isFull: () => boolean = () => false): string[] {
  const frames: string[] = [];
  const framer = new Framer({
    most_bytes,
    onFrame: (bytes, from, to) => {
      if (isFull()) return false;
      frames.push(bytes.toString('latin1', from, to));
      return true;
    },
  });
  for (const piece of pieces) for (let isTaken = framer.push(piece); !isTaken;) isTaken = framer.push(Buffer.alloc(0));
  while (!framer.end());
  return frames;
}

/** Cuts bytes at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...sorted, bytes.length].map((to, index) => bytes.subarray(sorted[index - 1] ?? 0, to));
}

const places = fc.array(fc.nat(5_000), { maxLength: 40 });
const line = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' }).map((text) => `<13>${text}`);
const written = fc.array(
  fc.tuple(line, fc.constantFrom('octets', '\n', '\r\n', '\0')).map(([text, how]) => ({ text, how })),
  { maxLength: 30 },
);

describe('the framing of a stream', () => {
  it('gives the same messages wherever the stream is cut, and whichever way each of them is framed', () => {
    fc.assert(
      fc.property(written, places, fc.boolean(), (messages, cuts, isStalling) => {
        const stream = messages
          .map(({ text, how }) => (how === 'octets' ? `${text.length} ${text}` : text + how))
          .join('');
        let turn = 0;
        const isFull = () => isStalling && (turn += 1) % 3 === 0;
        expect(framesOf(cut(Buffer.from(stream, 'latin1'), cuts), 1_000, isFull)).toEqual(
          messages.map(({ text }) => text),
        );
      }),
    );
  });

  it('gives the same of any bytes wherever they are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), places, (random, cuts) => {
        const bytes = Buffer.from(random);
        expect(framesOf(cut(bytes, cuts), 50)).toEqual(framesOf([bytes], 50));
      }),
    );
  });

  it.each([
    [
      'a number at the start of a line is no count',
      '2023 Mar  8 text\n12 monkeys\n',
      ['2023 Mar  8 text', '12 monkeys'],
    ],
    [
      'line feeds within a counted message are part of it',
      '9 <1>a\nb\nc\n5 <1>xy',
      ['<1>a\nb\nc\n'.slice(0, 9), '<1>xy'],
    ],
    ['a message without an end ends with the stream', '<1>a\n<1>b', ['<1>a', '<1>b']],
    [
      'what is too long is cut, and the next is whole',
      `<1>${'x'.repeat(100)}\n<1>b\n60 <1>${'y'.repeat(57)}<1>c\n`,
      [`<1>${'x'.repeat(47)}`, '<1>b', `<1>${'y'.repeat(47)}`, '<1>c'],
    ],
  ])('%s', (_name, stream, expected) => {
    expect(framesOf([Buffer.from(stream)], 50)).toEqual(expected);
    expect(
      framesOf(
        cut(
          Buffer.from(stream),
          Array.from({ length: stream.length }, (_, at) => at),
        ),
        50,
      ),
    ).toEqual(expected);
  });
});
