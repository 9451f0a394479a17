import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.ts';

const SECRET = 'a secret of at least thirty-two characters';

describe('a seal', () => {
  const { seal, open } = createSeal(SECRET);
  it('opens what it sealed, for its own place alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, place, other) => {
        const sealed = seal(text, place);
        expect(open(sealed, place)).toBe(Buffer.from(text).toString());
        if (other !== place) expect(open(sealed, other)).toBeUndefined();
      }),
    );
  });

  it('does not open with another secret, nor what was changed or is none', () => {
    const sealed = seal('Nguyễn Văn An', 'HS-1');
    expect(createSeal(`${SECRET}!`).open(sealed, 'HS-1')).toBeUndefined();
    const bytes = Buffer.from(sealed, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(open(changed.toString('base64'), 'HS-1')).toBeUndefined();
    }
    for (const none of ['', 'AA==', 'x']) expect(open(none, 'HS-1')).toBeUndefined();
  });

  it('says nothing by being equal, and shows nothing of the text', () => {
    expect(seal('Nguyễn Văn An', 'HS-1')).not.toBe(seal('Nguyễn Văn An', 'HS-1'));
    expect(Buffer.from(seal('Nguyễn Văn An', 'HS-1'), 'base64').toString()).not.toContain('An');
  });
});
