import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('names in the table of threats tests that there are', async () => {
  const readme = await readFile(join(import.meta.dirname, 'auth/README.md'), 'utf8');
  const rows = (readme.split('## Threats')[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => /^\| [^-]/.test(line));
  const tests = rows
    .slice(1)
    .map((row) => [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  expect(tests.length).toBeGreaterThan(10);
  expect(tests.filter((names) => names.length === 0)).toEqual([]);
  const root = join(import.meta.dirname, '..');
  expect(tests.flat().filter((name) => !existsSync(join(root, name)))).toEqual([]);
});
