import { beforeAll, expect, it } from 'vitest';
import { loadFiles } from './load-files.ts';
import type { Files } from './read-folder.ts';
import { createReaders } from './readers.ts';
import { edited, shippedFiles } from './test-files.ts';

const BOARD = 'boards/toan-canh.yaml';
const SQL = 'queries/links-up.sql';
const readers = createReaders();
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

/** What an editor reads of one slip in the shipped files, where an engine says of `links-up` that it gives `value` and a text `note`. */
async function said(file: string, from: string | RegExp, to: string): Promise<string[]> {
  const { faults } = await loadFiles(edited(files, file, from, to), {
    province: 'quang-ninh-2019',
    readers,
    describe: (sql) => {
      const rows = sql.includes('FROM link') && sql === files.get(SQL);
      const columns = [
        { name: 'value', type: 'Nullable(UInt64)' },
        { name: 'gone', type: 'String' },
      ];
      return Promise.resolve(rows ? [{ database: 'live', columns }] : []);
    },
  });
  return faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path}: ${fault.message}`);
}

/** Each refusal that was promised: the slip, and what must be said of it. The place is line and column within the file that is wrong. */
// prettier-ignore
it.each([
  ['an unknown kind', BOARD, 'kind: series', 'kind: serie', /^boards\/toan-canh\.yaml:\d+:11 panels\.flow\.kind: unknown "kind" "serie"; did you mean "series"\? allowed: /],
  ['an unknown query', BOARD, 'query: overdue-now', 'query: overdue', /^boards\/toan-canh\.yaml:\d+:\d+ panels\.overdue\.queries\.main\.query: unknown query "overdue"; .*allowed: /],
  ['an unknown column', 'boards/nguon.yaml', /\{ column: (\w+),/, '{ column: nowhere,', /^boards\/nguon\.yaml:\d+:\d+ \S+\.column: query "\S+" gives no column "nowhere"; .*allowed: /],
  ['an unknown parameter', BOARD, 'query: silent-units }', 'query: silent-units, params: { silent: 5 } }', /^boards\/toan-canh\.yaml:\d+:\d+ \S+\.params\.silent: query "silent-units" has no parameter "silent"; .*allowed: /],
  ['a panel without title', BOARD, / {4}title: \{ vi: Vừa.*\n/, '', /:\d+:\d+ panels\.latest\.title: "title" is missing; allowed: /],
  ['a panel without question', BOARD, / {4}question: \{ vi: Vừa.*\n/, '', /:\d+:\d+ panels\.latest\.question: "question" is missing; allowed: /],
  ['a panel without metric', BOARD, / {4}metric: events\n/, '', /:\d+:\d+ panels\.latest\.metric: "metric" is missing; allowed: /],
  ['a metric without unit', 'metrics/events.yaml', /^unit: .*\n/m, '', /^metrics\/events\.yaml:\d+:\d+ unit: "unit" is missing; allowed: /],
  ['a panel without source', BOARD, / {4}sources: \[link\]\n/, '', /:\d+:\d+ panels\.links\.sources: "sources" is missing; allowed: /],
  ['a panel without a freshness limit', BOARD, / {4}stale_after_s: 120\n/, '', /:\d+:\d+ panels\.links\.stale_after_s: "stale_after_s" is missing; allowed: /],
  ['overlapping panels', BOARD, 'x: 8, y: 0, w: 8', 'x: 7, y: 0, w: 8', /:\d+:\d+ panels\.on-time\.at: overlaps the panel "received"; allowed: /],
  ['a panel beyond the grid', BOARD, 'x: 40, y: 0, w: 8', 'x: 41, y: 0, w: 8', /:\d+:\d+ panels\.waiting\.at\.w: ends in column 49; allowed: /],
  ['a query without bound', 'queries/overdue-by-unit.sql', /LIMIT \d+\s*$/, '', /^queries\/overdue-by-unit\.sql:\d+:\d+ : no bound; allowed: /],
  ['a query with now()', SQL, /FROM link/, 'FROM (SELECT now() AS at, * FROM link)', /^queries\/links-up\.sql:\d+:\d+ : now changes by itself; allowed: /],
  ['a query with SETTINGS', SQL, /\s*$/, '\nSETTINGS max_threads = 8', /^queries\/links-up\.sql:\d+:1 : a SETTINGS clause could lift the lens; allowed: /],
  ['a column that is not declared', 'queries/links-up.yaml', 'note: { type: text }', 'note: { type: text } # named', /^queries\/links-up\.yaml:\d+:\d+ rows: in live: the SQL gives a column "gone" that is not declared; allowed: /],
])('refuses %s, and says the place, what is wrong and what is allowed', async (_, file, from, to, expected) => {
  const all = await said(file, from, to);
  expect(all).toContainEqual(expect.stringMatching(expected));
  for (const one of all) expect(one).toMatch(/^[\w./-]+:\d+:\d+ .*; .*allowed|^[\w./-]+:\d+:\d+ .*; "\w+" is for/);
});
