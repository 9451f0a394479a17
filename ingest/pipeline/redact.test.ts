import { describe, expect, it } from 'vitest';
import { testUnits } from '../test-units.ts';
import { createDeadLetters } from './dead-letter.ts';
import { redact } from './redact.ts';

describe('what a dead letter keeps', () => {
  it('blanks personal fields at any depth, in any spelling, and leaves the rest', () => {
    const kept = redact({
      MaHoSo: '000.00.02.H49-231027-0361',
      ChuHoSo: 'An',
      DinhDanhCHS: [{ SoDinhDanh: '022090001234' }],
      list: [{ deep: { 'E-mail': 'a@b.vn', PHONE_NUMBER: 912345678, TrangThai: 4 } }],
    });
    expect(JSON.parse(kept)).toEqual({
      MaHoSo: '000.00.02.H49-231027-0361',
      ChuHoSo: '[…]',
      DinhDanhCHS: '[…]',
      list: [{ deep: { 'E-mail': '[…]', PHONE_NUMBER: '[…]', TrangThai: 4 } }],
    });
  });

  it.each([
    ['số 022090001234, đt 0912 345 678', 'số […], đt […]'],
    ['gửi an.nguyen@quangninh.gov.vn ngay', 'gửi […@…] ngay'],
    ['000.00.02.H49-231027-0361 lúc 20231027103000', '000.00.02.H49-231027-0361 lúc 20231027103000'],
    ['{"ChuHoSo": "Nguyễn \\"An\\"", "x": 1', '{"ChuHoSo": "[…]", "x": 1'],
    ['{"Email":"cut off in the mid', '{"Email":"[…]"'],
    ["{'ChuHoSo': 'X', 'a': 1}", "{'ChuHoSo': '[…]', 'a': 1}"],
    ['ChuHoSo=X&Email=a%40b&a=1', 'ChuHoSo=[…]&Email=[…]&a=1'],
    ['<ChuHoSo>X</ChuHoSo><a>1</a>', '<ChuHoSo>[…]</ChuHoSo><a>1</a>'],
    ['{"a": 1, "ChuHoSo": {"Ten": "X"}},', '{"a": 1, "ChuHoSo": {[…]'],
  ])('masks %j, which is no JSON', (text, kept) => expect(redact(text)).toBe(kept));

  it('looks into texts that are payloads themselves, into names that vendors made, and masks texts', () => {
    const kept = redact({
      data: '[{"ChuHoSo":"X","MaHoSo":"H49-1"}]',
      HoTenChuHoSo: 'X',
      SoDTNguoiNop: '0987000111',
      NoiDung: 'gọi 0987 000 111',
      MaTTHC: '1.003560.000.00.00.H56',
    });
    expect(JSON.parse(kept)).toEqual({
      data: '[{"ChuHoSo":"[…]","MaHoSo":"H49-1"}]',
      HoTenChuHoSo: '[…]',
      SoDTNguoiNop: '[…]',
      NoiDung: 'gọi […]',
      MaTTHC: '1.003560.000.00.00.H56',
    });
  });

  it('goes no deeper than any format does', () => {
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
    expect(redact({ deep })).toContain('[…]');
    expect(redact('{"a":'.repeat(5_000))).toBeDefined();
  });

  it('is bounded', () => {
    expect(redact('x'.repeat(1_000_000)).length).toBeLessThan(17_000);
    expect(redact({ text: 'x'.repeat(1_000_000) }).length).toBeLessThan(17_000);
  });

  it('has one key for the same refusal, and the place of the unit where it could be read', () => {
    const deadLetter = createDeadLetters(testUnits());
    const origin = { entry: 'events', source: undefined, simulated: 0, within: undefined, received_at: 5 } as const;
    const why = { code: 'IOC_EVENT_DATA', reason: 'r' };
    const letter = (sent: unknown, unit = '') => deadLetter({ sent, source: 's', unit }, why, origin);
    expect(letter({ a: 1 }).letter_key).toBe(letter({ a: 1 }).letter_key);
    expect(letter({ a: 1 }).letter_key).not.toBe(letter({ a: 2 }).letter_key);
    expect(letter({}, '000.00.02.H49').unit_path).toBe('/H49/H49.02/');
    expect(letter({}, 'lạ').unit_path).toBe('/H49/?/');
  });
});
