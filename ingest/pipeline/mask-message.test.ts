import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMaskMessage } from './mask-message.ts';
import { maskMessage } from './personal.ts';

const mask = createMaskMessage();
const piece = fc.oneof(
  fc.constantFrom(
    'phone',
    'Họ tên',
    'email',
    'user',
    'src',
    'SoDienThoai',
    'địa chỉ',
    'name',
    'a.b-c',
    '0912345678',
    '0912 345 678',
    '10.0.0.1',
  ),
  fc.constantFrom(':', '=', ' : ', '= ', '"', "'", ' ', '@', '<', '>', '\n', '\u00a0', ',', ';', '{', '['),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);

describe('the mask of lines', () => {
  it('masks what the mask of messages masks, and leaves what it leaves', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        expect(mask(text)).toBe(maskMessage(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ["'su root' failed for lonvick on /dev/pts/8", "'su root' failed for lonvick on /dev/pts/8"],
    ['from=<a.b@example.com>, size=882', 'from=<[…@…]>, size=882'],
    ['login phone=0912345678 ok', 'login phone=[…]'],
    ['citizen 022099001234 at gate', 'citizen […] at gate'],
  ])('%s', (text, masked) => expect(mask(text)).toBe(masked));
});
