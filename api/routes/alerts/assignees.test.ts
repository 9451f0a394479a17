import { expect, it } from 'vitest';
import type { Account } from '../../auth/directory.ts';
import { testProvince } from '../../test-boards.ts';
import { assigneesOf } from './assignees.ts';

const { units } = testProvince();
const account = (shown: string, role: Account['role'], unit: string | null, disabled = false): Account => ({
  ...{ id: shown, name: shown, shown, role, unit, hash: null, disabled },
  ...{ demo: false, external: false, made_at: 0 },
});
const accounts = [
  account('Trực tỉnh', 'duty', null),
  account('Lãnh đạo', 'leader', null),
  account('Huyện Một', 'centre', 'H49.01'),
  account('Huyện Hai', 'centre', 'H49.02'),
  account('Ánh', 'centre', 'H49.02'),
  account('Xem Hai', 'viewer', 'H49.02'),
  account('Đã nghỉ', 'centre', 'H49.02', true),
  account('Nơi không còn', 'centre', 'H49.98'),
];
const names = (paths: string[], scope: string) =>
  assigneesOf(accounts, { paths, scope, units }).map(({ name, unit }) => `${name} ${unit}`);

it('names who may act on an alert, those of the nearest unit first', () => {
  expect(names(['/H49/H49.02/'], '/H49/')).toEqual(['Ánh H49.02', 'Huyện Hai H49.02', 'Trực tỉnh H49']);
  expect(names(['/H49/'], '/H49/')).toEqual(['Trực tỉnh H49']);
});

it('names for several alerts those alone who may act on each', () => {
  expect(names(['/H49/H49.02/', '/H49/H49.01/'], '/H49/')).toEqual(['Trực tỉnh H49']);
});

it('names nobody of another unit to whoever sees one', () => {
  expect(names(['/H49/H49.02/'], '/H49/H49.02/')).toEqual(['Ánh H49.02', 'Huyện Hai H49.02']);
});
