// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createFormats, MISSING } from './format.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const vi = createFormats('vi', ZONE);
const en = createFormats('en', ZONE);
const at = (text: string): number => Date.parse(text);
const NOW = at('2026-11-21T09:41:27+07:00');
const count = { format: 'integer', decimals: 1 } as const;
const share = { format: 'percent', decimals: 1 } as const;

describe('numbers', () => {
  it('groups by points and parts decimals by a comma in Vietnamese', () => {
    expect(vi.integer(2_180_333)).toBe('2.180.333');
    expect(vi.decimal(1234.5, 1)).toBe('1.234,5');
    expect(en.decimal(1234.5, 1)).toBe('1,234.5');
  });

  it('writes a value as its metric says', () => {
    expect(vi.value(1284, count)).toBe('1.284');
    expect(vi.value(96.84, share)).toBe('96,8');
    expect(vi.value(4800, { format: 'duration', decimals: 0 })).toBe('1 giờ');
  });

  it('writes a missing value as a dash and zero as zero', () => {
    expect(vi.value(null, count)).toBe(MISSING);
    expect(vi.value(0, count)).toBe('0');
    expect(vi.value(0, share)).toBe('0,0');
  });

  it('signs a change, and leaves none unsigned', () => {
    expect(vi.signed(6, 0)).toBe('+6');
    expect(vi.signed(-1.25, 1)).toBe('−1,3');
    expect(vi.signed(0, 0)).toBe('0');
  });
});

describe('instants', () => {
  it('are read on the clock of the province, not of the computer', () => {
    expect(vi.clock(NOW)).toBe('09:41:27');
    expect(vi.time(NOW)).toBe('09:41');
    expect(vi.date(NOW)).toBe('21/11/2026');
    expect(vi.dateTime(NOW)).toBe('21/11/2026 09:41');
    expect(vi.clockDate(NOW)).toBe('09:41:27 21/11/2026');
    expect(vi.longDate(NOW)).toBe('Thứ Bảy, 21/11/2026');
    expect(en.longDate(NOW)).toBe('Sat, 21/11/2026');
  });

  it('begin a day at 00:00:00, never at 24:00:00', () => {
    expect(vi.clock(at('2026-11-21T00:00:00+07:00'))).toBe('00:00:00');
    expect(vi.hour(at('2026-11-21T00:00:00+07:00'))).toBe('0h');
    expect(vi.hour(at('2026-11-21T16:00:00+07:00'))).toBe('16h');
  });
});

describe('ages', () => {
  it.each([
    ['2026-11-21T09:41:25+07:00', '2 giây'],
    ['2026-11-21T09:23:00+07:00', '18 phút'],
    ['2026-11-21T08:11:00+07:00', '1 giờ'],
    ['2026-11-20T23:00:00+07:00', '10 giờ'],
    ['2026-11-20T15:00:00+07:00', 'hôm qua'],
    ['2026-11-18T15:00:00+07:00', '3 ngày'],
  ])('of %s is %s', (instant, words) => expect(vi.age(at(instant), NOW)).toBe(words));

  it('of what is ahead of the clock is none', () => expect(vi.age(NOW + 3000, NOW)).toBe('0 giây'));

  it('are told in English too', () => {
    expect(en.span(18 * 60_000)).toBe('18 min');
    expect(en.age(at('2026-11-20T15:00:00+07:00'), NOW)).toBe('yesterday');
  });
});
