import { beforeAll, describe, expect, it } from 'vitest';
import type { Files } from './read-folder.ts';
import { edited, load, shippedFiles } from './test-files.ts';

const FILE = 'boards/phan-anh.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

/** The faults of a board of which one link is another. */
async function faultsOf(link: string): Promise<string[]> {
  const { faults } = await load(edited(files, FILE, '&metric={series}&from={from}', link));
  return faults.filter(({ file }) => file === FILE).map(({ path, message }) => `${path}: ${message}`);
}

describe('a link of a panel', () => {
  it('is refused where nothing fills a place of it', async () => {
    const [fault, ...more] = await faultsOf('&metric={serie}&from={from}');
    expect(fault).toMatch(/^panels\.smileys\.opens: nothing fills \{serie\}; did you mean "series"\? allowed: .*scope/);
    expect(more).toEqual([]);
    expect((await faultsOf('&from={ago_perod}')).join()).toContain('nothing fills {ago_perod}');
    expect((await faultsOf('&from={}')).join()).toContain('nothing fills {}');
  });

  it('may name columns of the queries, what every panel knows, and stretches by length or variable', async () => {
    for (const link of ['&metric={series}', '&from={ago_30d}', '&from={since_7d}', '&from={ago_period}', '&own={own}'])
      expect(await faultsOf(link)).toEqual([]);
  });
});
