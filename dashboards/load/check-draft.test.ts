import { beforeAll, describe, expect, it } from 'vitest';
import type { Dashboards } from '../dashboards.ts';
import { checkDraft } from './check-draft.ts';
import type { Files } from './read-folder.ts';
import { edited, load, shippedFiles } from './test-files.ts';

const BOARD = 'boards/toan-canh.yaml';
let files: Files;
let served: Dashboards;

beforeAll(async () => {
  files = await shippedFiles();
  const { dashboards } = await load(files);
  if (!dashboards) throw new Error('the files that ship are not served');
  served = dashboards;
}, 60_000);

const check = (text: string) => checkDraft('toan-canh', text, { ...served, broken: new Set() });

describe('a draft', () => {
  it.each([
    ['an unknown kind', 'kind: series', 'kind: serie'],
    ['an unknown query', 'query: overdue-now', 'query: overdue'],
    ['a panel over another', 'at: { x: 8, y: 0, w: 8, h: 8 }', 'at: { x: 7, y: 0, w: 8, h: 8 }'],
    ['a panel without title', / {4}title: \{ vi: Vừa.*\n/, ''],
    ['a broken line', 'grid: {', 'grid: {{'],
    ['a wrong map', 'kind: map', 'kind: map\n    options: { map: nowhere }'],
  ])('with %s has the very faults of a saved file', async (_what, from, to) => {
    const broken = edited(files, BOARD, from, to);
    const { faults } = await load(broken);
    expect(faults.length).toBeGreaterThan(0);
    const draft = check(broken.get(BOARD) ?? '');
    expect(draft.faults).toEqual(faults);
    expect(draft.board).toBeUndefined();
  });

  it('with nothing wrong is the board that the saved file would be', () => {
    expect(check(files.get(BOARD) ?? '')).toEqual({ board: served.boards.get('toan-canh'), faults: [] });
  });

  it('that is garbage has faults and throws nothing', () => {
    const garbage = ['', '\0\0', '['.repeat(48_000), '{a: '.repeat(12_000), '- '.repeat(24_000), 'a: &a [*a, *a]'];
    for (const text of garbage) expect(check(text).faults).not.toEqual([]);
  });

  it('of thousands of faults is told the first two hundred', () => {
    const names = Array.from({ length: 4_500 }, (_, n) => `  a${n}: {}`).join('\n');
    expect(check(`panels:\n${names}`).faults).toHaveLength(200);
  });
});
