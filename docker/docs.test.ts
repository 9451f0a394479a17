import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './supervisor/config.ts';

const FOLDERS = ['web', 'ingest', 'api', 'dashboards', 'docker'];
const below = await Promise.all(
  FOLDERS.map(async (folder) =>
    (await readdir(join(ROOT, folder), { recursive: true })).map((name) => join(folder, name)),
  ),
);
const PAGES = ['README.md', ...below.flat().filter((name) => name.endsWith('.md') && !name.includes('node_modules'))];
/** A file by its path, in backticks. */
const FILE = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|sql|yaml|mjs|css|vue|json|md|js))`/g;
/** What is made by running it, and examples of files that one would make. */
const MADE = /^(?:data|DATA_DIR)\/|\/(?:x|NN-name)\./;
const LINK = /\]\((?!https?:|#)([^)#]+)/g;

describe('the pages of the repository', async () => {
  const pages = await Promise.all(
    PAGES.map(async (page) => ({ page, text: await readFile(join(ROOT, page), 'utf8') })),
  );
  /** From the page's own folder, or from the root. */
  const isThere = (page: string, name: string): boolean =>
    [join(ROOT, dirname(page), name), join(ROOT, name)].some((path) => existsSync(path));
  const gone = (pattern: RegExp): string[] =>
    pages.flatMap(({ page, text }) =>
      [...text.matchAll(pattern)].flatMap(([, name = '']) =>
        MADE.test(name) || isThere(page, name) ? [] : `${page}: ${name}`,
      ),
    );

  it('name files that are there', () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(gone(FILE)).toEqual([]);
  });

  it('lead to pages that are there', () => expect(gone(LINK)).toEqual([]));
});
