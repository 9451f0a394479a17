import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileFault } from '../schema/fault.ts';
import { checkAlertRule } from './alert-rules.ts';
import { checkBoard } from './board-rules.ts';
import { load, shippedFiles } from './test-files.ts';
import type { LoadResult } from '../load.ts';
import { checkQuery } from './query-rules.ts';
import { createReaders } from './readers.ts';
import type { Files } from './read-folder.ts';

/** Pieces that editors leave behind, and pieces of the languages themselves. */
const PIECES = [
  '', ' ', '\n', '\t', '  ', '\r\n', ':', ': ', '- ', '{', '}', '[', ']', '"', "'", '`', '#', '# ', '--', '/*', '*/', '&a ', '*a', '!x ', '|', '>-',
  '%', '@', '?', ',', ';', '(', ')', '\u0000', '\uFEFF', '\uD83D', '💥', 'ệ', '0', '-1', '1e999', '.nan', 'null', '~', 'true', '__proto__', 'constructor',
  'toString', 'kind', 'panels', 'FROM', 'JOIN', 'WITH', 'SETTINGS', 'LIMIT', '{at:', '{n:UInt32}', '<<: *a', '---\n', '...\n',
]; // prettier-ignore

interface Mutation {
  at: number;
  drop: number;
  put: string;
}
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, fc.nat(400)),
  put: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 6 })),
});

function mutate(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((now, { at, drop, put }) => {
    const from = Math.floor(at * now.length);
    return now.slice(0, from) + put + now.slice(from + drop);
  }, text);
}

/** What every fault must say: an existing place, what is wrong and what is allowed. Throws when it does not. */
function requirePlaced(faults: readonly FileFault[], text: (file: string) => string): void {
  for (const fault of faults) {
    const lines = text(fault.file).split('\n');
    const width = lines[fault.line - 1]?.length ?? -1;
    const isPlaced = fault.line >= 1 && fault.column >= 1 && fault.column <= width + 1;
    if (!isPlaced || !/\S.*; ?.*allowed/s.test(fault.message)) throw new Error(JSON.stringify(fault));
  }
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });
const pick = fc.nat();

let files: Files;
let good: LoadResult;
beforeAll(async () => {
  files = await shippedFiles();
  good = await load(files);
});

/** The shipped files with these endings, to pick from. */
function these(pattern: RegExp): [string, string][] {
  return [...files].filter(([file]) => pattern.test(file));
}

describe('mutated files never throw, and every fault says where it is and what is allowed', () => {
  it('in 6,500 mutated SQL files', () => {
    const readers = createReaders();
    const sqls = these(/^queries\/.*\.sql$/);
    let faulty = 0;
    fc.assert(
      fc.property(pick, mutations, (index, edits) => {
        const [file, text] = sqls[index % sqls.length] ?? ['', ''];
        const sql = mutate(text, edits);
        const yamlFile = file.replace(/sql$/, 'yaml');
        const { faults } = checkQuery(readers.query(yamlFile, files.get(yamlFile) ?? ''), sql);
        requirePlaced(faults, (name) => (name === file ? sql : (files.get(name) ?? '')));
        faulty += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: 6_500 },
    );
    // most mutations must hurt, or this proves nothing
    expect(faulty).toBeGreaterThan(2_000);
  }, 60_000);

  it('in 3,000 mutated query files', () => {
    const yamls = these(/^queries\/.*\.yaml$/);
    let faulty = 0;
    fc.assert(
      fc.property(pick, mutations, (index, edits) => {
        const [file, text] = yamls[index % yamls.length] ?? ['', ''];
        const yaml = mutate(text, edits);
        const { faults } = checkQuery(createReaders().query(file, yaml), files.get(file.replace(/yaml$/, 'sql')));
        requirePlaced(faults, (name) => (name === file ? yaml : (files.get(name) ?? '')));
        faulty += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: 3_000 },
    );
    expect(faulty).toBeGreaterThan(1_500);
  }, 60_000);

  it('in 1,500 mutated rules of alerts', () => {
    const known = {
      queries: good.dashboards?.queries ?? new Map(),
      broken: new Set<string>(),
      escalations: new Set<string>(),
    };
    const rules = these(/^alerts\/.*\.yaml$/);
    let faulty = 0;
    fc.assert(
      fc.property(pick, mutations, (index, edits) => {
        const [file, text] = rules[index % rules.length] ?? ['', ''];
        const rule = mutate(text, edits);
        const yaml = createReaders().rule(file, rule);
        const faults = yaml.value ? checkAlertRule(yaml, yaml.value, known) : yaml.faults;
        requirePlaced(faults, () => rule);
        faulty += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: 1_500 },
    );
    expect(faulty).toBeGreaterThan(500);
  }, 60_000);

  it('in 500 mutated boards', () => {
    const known = {
      queries: good.dashboards?.queries ?? new Map(),
      metrics: good.dashboards?.metrics ?? new Map(),
      maps: new Set<string>(),
      images: new Set<string>(),
      broken: new Set<string>(),
    };
    // a board of three panels is as telling as one of fifteen, and read five times as fast
    const parts = (files.get('boards/toan-canh.yaml') ?? '').split(/(?=^ {2}[a-z-]+:\n)/m);
    let faulty = 0;
    fc.assert(
      fc.property(fc.nat(11), mutations, (skip, edits) => {
        const text = mutate([parts[0], ...parts.slice(1 + skip, 4 + skip)].join(''), edits);
        const yaml = createReaders().board('boards/toan-canh.yaml', text);
        const faults = yaml.value ? checkBoard(yaml, yaml.value, known) : yaml.faults;
        requirePlaced(faults, () => text);
        faulty += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    expect(faulty).toBeGreaterThan(250);
  }, 60_000);
});
