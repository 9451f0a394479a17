import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClickHouseClient } from '@clickhouse/client';
import typescript from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { TABLES } from '#ingest/clickhouse/relations.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { aim as trueAim, type Lens } from './lens.ts';
import { insert, linkRow } from './test-rows.ts';

/**
 * The lens, broken on purpose: each way to drop, widen or mis-write its filter must be found out by what a real engine then shows. The mutants stand
 * beside the packages for as long as the test runs, so that they find the client.
 */
type Aim = typeof trueAim;

const NOW = Date.UTC(2026, 0, 15, 2);
const FOLDER = join(import.meta.dirname, '..', 'node_modules', '.lens-mutants');
const SCOPED = 'const scoped = `startsWith(unit_path, ${quote(lens.scope)})`;';
const scopedBy = (text: string): string => `const scoped = ${text};`;

/** What is broken, and the text of the module that is put in place of which. */
const MUTANTS: Record<string, [find: string, replace: string]> = {
  'no filter': ['const terms = [scoped];', "const terms: string[] = ['1'];"],
  'the unit above': [SCOPED, scopedBy("`startsWith(unit_path, ${quote(lens.scope.replace(/[^/]+[/]$/, ''))})`")],
  'siblings whose code begins alike': [SCOPED, scopedBy('`startsWith(unit_path, ${quote(lens.scope.slice(0, -1))})`')],
  'the path anywhere in another': [SCOPED, scopedBy('`position(unit_path, ${quote(lens.scope)}) > 0`')],
  'a pattern': [SCOPED, scopedBy('`unit_path LIKE ${quote(`${lens.scope}%`)}`')],
  'letters of any case': [SCOPED, scopedBy('`startsWith(lowerUTF8(unit_path), lowerUTF8(${quote(lens.scope)}))`')],
  'nothing below the unit': [SCOPED, scopedBy('`unit_path = ${quote(lens.scope)}`')],
  'a quote that is not escaped': [`.replaceAll("'", "\\\\'")`, ''],
  'a backslash that is not escaped': [".replaceAll('\\\\', '\\\\\\\\')", ''],
  'a filter that is not escaped for the map': ["escape(terms.join(' AND '))", "terms.join(' AND ')"],
  'a forgotten log': ['of TABLES)', "of TABLES.filter(({ name }) => name !== 'log.link_event'))"],
  'a forgotten state': ['of TABLES)', "of TABLES.filter(({ name }) => name !== 'live.link_word_state'))"],
  'the present for the past': ["live ? 'live' : 'history'", "'live'"],
  'what happened later': ['if (!live && table.observed) terms.push(happened);', ''],
  'what was heard later': ['if (!live && table.timed && known !== undefined) terms.push(known);', ''],
  'not the instant itself': ['`observed_at <= ${instant(at)}`', '`observed_at < ${instant(at)}`'],
  'a path that is none': [
    "lens.scope.length < 3 || !lens.scope.startsWith('/') || !lens.scope.endsWith('/')",
    'lens.scope === undefined',
  ],
};

/** Units whose codes a wrong filter would take for each other. */
const PATHS = [
  ...['/Z/', '/Z/1/', '/Z/1/1/', '/Z/10/', '/Z/2/', '/Y/Z/1/', '/Z/a_b/', '/Z/axb/', '/Z/%/', '/Z/Đ/', '/Z/đ/'],
  ...["/Z/'/", '/Z/\\/', "/Z/\\'/", '/Z/\0/', '/Z/0/'],
];
const AT = NOW - 60_000;

let db: TestStore;
let reader: ClickHouseClient;

const RowsSchema = z.array(z.object({ path: z.string() }));
/** The units that are seen in a relation through a lens. */
async function seen(aim: Aim, lens: Lens, relation: string): Promise<string[]> {
  const { settings } = aim(lens, NOW);
  const reply = await reader.query({
    query: `SELECT DISTINCT hex(unit_path) AS path FROM ${relation}`,
    format: 'JSONEachRow',
    clickhouse_settings: settings,
  });
  return RowsSchema.parse(await reply.json()).map(({ path }) => path);
}

/** Whether a lens shows each unit what is its own, then and now, and nothing else. */
async function isRight(aim: Aim): Promise<boolean> {
  const hex = (paths: readonly string[]) => paths.map((path) => Buffer.from(path).toString('hex').toUpperCase()).sort();
  const shows = async (lens: Lens, relation: string, paths: readonly string[]) => {
    const found = await seen(aim, lens, relation).catch(() => ['an error']);
    return JSON.stringify(found.sort()) === JSON.stringify(hex(paths));
  };
  for (const scope of PATHS) {
    const own = PATHS.filter((path) => path.startsWith(scope));
    for (const relation of ['link', 'link_event']) {
      if (!(await shows({ scope, at: null, known_at: null }, relation, own))) return false;
      if (!(await shows({ scope, at: AT, known_at: null }, relation, own))) return false;
      if (!(await shows({ scope, at: AT - 1, known_at: null }, relation, []))) return false;
      if (!(await shows({ scope, at: AT, known_at: AT + 999 }, relation, []))) return false;
    }
  }
  try {
    aim({ scope: '/Z', at: null, known_at: null }, NOW);
    return false;
  } catch {
    return true;
  }
}

async function mutantOf(name: string): Promise<Aim> {
  const [find, replace] = MUTANTS[name] ?? ['', ''];
  const source = await readFile(join(import.meta.dirname, 'lens.ts'), 'utf8');
  expect(source).toContain(find);
  const tables = `const TABLES = ${JSON.stringify(TABLES)};`;
  const text = source.replace(find, () => replace).replace(/^import \{ TABLES \}.*$/m, () => tables);
  const { outputText } = typescript.transpileModule(text, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  });
  const file = join(FOLDER, `${Object.keys(MUTANTS).indexOf(name)}.mjs`);
  await writeFile(file, outputText);
  const { aim } = z.object({ aim: z.custom<Aim>() }).parse(await import(/* @vite-ignore */ pathToFileURL(file).href));
  return aim;
}

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  db = await startTestStore();
  reader = connect(db.accesses.reader, { quiet: true });
  const rows = PATHS.map((unit_path, n) =>
    linkRow({ observed_at: AT, received_at: AT + 1_000, unit_path, link_id: `link-${n}`, subject: `link-${n}` }),
  );
  await insert(db.writer, 'link_event', rows);
});
afterAll(async () => {
  await reader.close();
  await db.close();
  await rm(FOLDER, { recursive: true, force: true });
});

it('as it is shows each unit its own', async () => {
  expect(await isRight(trueAim)).toBe(true);
});

it.each(Object.keys(MUTANTS))('is found out when it is broken: %s', async (name) => {
  expect(await isRight(await mutantOf(name))).toBe(false);
});
