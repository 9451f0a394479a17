import { expect, it } from 'vitest';
import { nextPath } from './next-path.ts';

it('leads back to a page of the product, and nowhere else', () => {
  expect(nextPath('/desk?state=open_overdue')).toBe('/desk?state=open_overdue');
  for (const foreign of [
    '//xau.example/',
    '/\\xau.example',
    'https://xau.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a'],
  ])
    expect(nextPath(foreign)).toBe('/');
  expect(nextPath('/login?next=/login')).toBe('/');
});
