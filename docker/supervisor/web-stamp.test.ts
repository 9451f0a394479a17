import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampSources } from './web-stamp.ts';

let root = '';
const put = async (path: string, text = path) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'toan-canh-stamp-'));
  const files = ['web/main.ts', 'web/panels/a.vue', 'package-lock.json', 'api/contract.ts'];
  for (const file of [...files, 'dashboards/schema/board.ts', 'ingest/schema/event.ts']) await put(file);
});
afterEach(() => rm(root, { recursive: true }));

test.each(['web/main.ts', 'web/panels/new.vue', 'package-lock.json', 'api/contract.ts', 'dashboards/schema/board.ts'])(
  'a change of %s builds the web app again',
  async (path) => {
    const before = await stampSources(root);
    await put(path, 'changed');
    expect(await stampSources(root)).not.toBe(before);
  },
);

test.each(['web/dist/index.html', 'web/e2e/wall.spec.ts', 'web/panels/a.test.ts', 'api/app.ts'])(
  'a change of %s does not',
  async (path) => {
    const before = await stampSources(root);
    await put(path, 'changed');
    expect(await stampSources(root)).toBe(before);
  },
);

test('a file that moves is a change', async () => {
  const before = await stampSources(root);
  await rm(join(root, 'web/panels/a.vue'));
  await put('web/panels/b.vue', 'web/panels/a.vue');
  expect(await stampSources(root)).not.toBe(before);
});
