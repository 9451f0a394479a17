// @vitest-environment node
import { expect, it } from 'vitest';
import { searchText } from './search-text.ts';

it('finds a word however its marks are written', () => {
  const composed = 'Đăng ký  KẾT HÔN'.normalize('NFC');
  expect(searchText(composed)).toBe('dang ky ket hon');
  expect(searchText(composed.normalize('NFD'))).toBe('dang ky ket hon');
  expect(searchText(' \t ')).toBe('');
});
