// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedOf, lowered, shorten } from './feed-view.ts';

describe('the ticker', () => {
  it('holds no more entries than asked', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [
      `e${index}`,
      1000 - index,
      'dossier',
      'dossier.received',
      'H49',
      'x',
    ]);
    const entries = feedOf([{ columns: ['id', 't', 'family', 'type', 'unit', 'text'], rows }], 20);
    expect(entries).toHaveLength(20);
    expect(entries[0]?.id).toBe('e0');
  });

  it('ends a long name between words', () => {
    expect(shorten('Đăng ký khai sinh')).toBe('Đăng ký khai sinh');
    expect(shorten('Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản', 32)).toBe(
      'Đăng ký biến động quyền sử dụng',
    );
    expect(shorten('Thành lập và hoạt động của doanh nghiệp')).toBe('Thành lập và hoạt động');
    expect(shorten('SURICATA STREAM ESTABLISHED packet out of window')).toBe('SURICATA STREAM');
  });
  it('never writes more than there is room for', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(shorten(text, 40).length).toBeLessThanOrEqual(40);
      }),
    ));

  it('writes a name inside a sentence with a small letter, an abbreviation as it is', () => {
    expect(lowered('Đăng ký khai sinh')).toBe('đăng ký khai sinh');
    expect(lowered('ET SCAN Nmap')).toBe('ET SCAN Nmap');
    expect(lowered('')).toBe('');
  });
});
