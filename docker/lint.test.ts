import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, expect, test } from 'vitest';

/** The rules that guard the house. They need no types, so planted text can be judged under a path where no file is. */
const GUARDS = [
  '@typescript-eslint/no-restricted-imports',
  '@typescript-eslint/consistent-type-assertions',
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/no-non-null-assertion',
  '@typescript-eslint/ban-ts-comment',
  'no-restricted-globals',
  'no-restricted-properties',
  'no-console',
  'max-lines',
];

const root = resolve(import.meta.dirname, '..');
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: false } } }],
  ruleFilter: ({ ruleId }) => GUARDS.includes(ruleId),
});

/** The rules that a line of code breaks in a file of that path. */
async function judge(path: string, code: string): Promise<string[]> {
  const text = path.endsWith('.vue') ? `<script setup lang="ts">\n${code}\n</script>\n` : `${code}\n`;
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

// the first text waits for all plugins to load
beforeAll(() => judge('api/x.ts', 'export const it = 1;'), 60_000);

const take = (from: string) => `import { thing } from '${from}';\nexport const it = thing;`;
const takeType = (from: string) => `import type { Thing } from '${from}';\nexport const it: Thing[] = [];`;

test.each([
  ['ingest/pipeline/x.ts', '#dashboards/schema/board.ts'],
  ['ingest/pipeline/x.ts', '../../dashboards/schema/board.ts'],
  ['ingest/x.ts', '../api/contract.ts'],
  ['ingest/schema/x.ts', '#api/contract.ts'],
  ['ingest/simulate/x.ts', '../../docker/supervisor/config.ts'],
  ['dashboards/x.ts', '../ingest/pipeline/pipeline.ts'],
  ['dashboards/x.ts', '../ingest/schema/event.ts'],
  ['api/live/x.ts', '../../ingest/clickhouse/client.ts'],
  ['docker/bench/x.ts', '../../ingest/clickhouse/client.ts'],
  ['dashboards/schema/x.ts', '#api/contract.ts'],
  ['dashboards/x.ts', '../web/main.ts'],
  ['dashboards/x.ts', '#ingest/pipeline/pipeline.ts'],
  ['dashboards/load/x.ts', '#ingest/sources/http/source.ts'],
  ['dashboards/load/x.ts', '#ingest/clickhouse/writer/writer.ts'],
  ['api/routes/units/x.ts', '../../../web/main.ts'],
  ['api/x.ts', '../docker/supervisor/config.ts'],
  ['api/x.ts', '#ingest/pipeline/pipeline.ts'],
  ['api/x.ts', '#ingest/sources/http/source.ts'],
  ['api/x.ts', '#ingest/schema/event'],
  ['web/wall/x.ts', 'node:fs'],
  ['web/wall/x.ts', '#ingest/schema/status.ts'],
  ['web/wall/Wall.vue', '#api/contract.ts'],
  ['web/wall/Wall.vue', '../../api/contract.ts'],
  ['web/wall/x.ts', '../../dashboards/schema/board.ts'],
])('%s may not import %s', async (path, from) => {
  expect(await judge(path, take(from))).toEqual(['@typescript-eslint/no-restricted-imports']);
});

test.each([
  ['web/wall/x.ts', '../../api/contract.ts'],
  ['ingest/x.ts', '../api/contract.ts'],
])('%s may not import even a type from %s', async (path, from) => {
  expect(await judge(path, takeType(from))).toEqual(['@typescript-eslint/no-restricted-imports']);
});

test.each([
  ['ingest/pipeline/x.ts', '../schema/event.ts'],
  ['dashboards/load/x.ts', '#ingest/schema/unit-tree.ts'],
  ['dashboards/load/x.ts', '#ingest/clickhouse/relations.ts'],
  ['api/x.ts', '#dashboards/schema/board.ts'],
  ['api/x.ts', '#ingest/clickhouse/client.ts'],
  ['docker/x.ts', '#ingest/clickhouse/migrate.ts'],
])('%s may import %s', async (path, from) => {
  expect(await judge(path, take(from))).toEqual([]);
});

test('web may import types through #', async () => {
  expect(await judge('web/wall/x.ts', takeType('#api/contract.ts'))).toEqual([]);
  expect(await judge('web/wall/Wall.vue', takeType('#ingest/schema/event.ts'))).toEqual([]);
});

test.each([
  [
    'an environment read outside config.ts',
    'api/x.ts',
    'export const port = process.env.PORT;',
    'no-restricted-properties',
  ],
  ['the page in a server', 'ingest/x.ts', 'export const page = document.title;', 'no-restricted-globals'],
  ['console in a server', 'api/x.ts', 'console.log(1);', 'no-console'],
  ['console in the web app', 'web/x.ts', 'console.log(1);', 'no-console'],
  ['an assertion', 'web/x.ts', 'export const it = (1 as unknown);', 'consistent-type-assertions'],
  ['any', 'api/x.ts', 'export const it: any = 1;', 'no-explicit-any'],
  ['a non-null assertion', 'api/x.ts', 'export const it = (list: number[]) => list[0]!;', 'no-non-null-assertion'],
  ['a silenced compiler', 'api/x.ts', '// @ts-ignore\nexport const it = 1;', 'ban-ts-comment'],
  ['a file of 301 lines', 'api/x.ts', 'export const it = 1;\n'.repeat(301), 'max-lines'],
  ['a component of 253 lines', 'web/wall/Wall.vue', 'const it = 1;\n'.repeat(251), 'max-lines'],
])('%s is an error', async (_what, path, code, rule) => {
  const said = await judge(path, code);
  expect(said).toEqual([expect.stringContaining(rule)]);
});

test('config.ts is where the environment is read', async () => {
  expect(await judge('api/config.ts', 'export const port = process.env.PORT;')).toEqual([]);
});
