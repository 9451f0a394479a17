import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadResult } from '../load.ts';
import { KIND_COLUMNS } from '../schema/kind-columns.ts';
import type { FileFault } from '../schema/fault.ts';
import { checkBoard } from './board-rules.ts';
import type { Files } from './read-folder.ts';
import { createReaders } from './readers.ts';
import { load, shippedFiles } from './test-files.ts';
import { mutateStructure, structureMutation } from './test-structure-mutations.ts';

/** `FUZZ_TIMES=20` looks at twenty times as many. */
const TIMES = Number(process.env.FUZZ_TIMES ?? 1);
const mutations = fc.array(structureMutation, { minLength: 1, maxLength: 3 });

let files: Files;
let good: LoadResult;
/** A board of one panel for each kind, as text. */
let panels: [kind: string, text: string][];
beforeAll(async () => {
  files = await shippedFiles();
  good = await load(files);
  panels = [...files]
    .filter(([file]) => file.startsWith('boards/'))
    .flatMap(([, text]) => {
      const [head = '', ...blocks] = text.split(/(?=^ {2}[a-z][a-z0-9-]*:\n)/m);
      return blocks.map((block): [string, string] => [/^ {4}kind: (\S+)$/m.exec(block)?.[1] ?? '', head + block]);
    });
});

/** What every fault must say: an existing place, what is wrong and what is allowed. Throws when it does not. */
function requirePlaced(faults: readonly FileFault[], text: string): void {
  const lines = text.split('\n');
  for (const { line, column, message } of faults) {
    const width = lines[line - 1]?.length ?? -1;
    const isPlaced = line >= 1 && column >= 1 && column <= width + 1;
    if (!isPlaced || !/\S.*; ?.*allowed/s.test(message)) throw new Error(JSON.stringify({ line, column, message }));
  }
}

describe('files whose structure was changed never throw, and every fault says where it is and what is allowed', () => {
  const kinds = Object.keys(KIND_COLUMNS);
  const share = Math.ceil((4_000 * TIMES) / kinds.length);
  it.each(kinds)(`in ${share} panels of kind %s`, { timeout: 60_000 * TIMES }, (kind) => {
    const dashboards = good.dashboards;
    const known = {
      queries: dashboards?.queries ?? new Map(),
      metrics: dashboards?.metrics ?? new Map(),
      maps: new Set<string>(),
      images: new Set<string>(),
      broken: new Set<string>(),
    };
    const shown = panels.filter(([name]) => name === kind);
    // a kind that no board shows yet is written as one that is
    const likely = panels
      .filter(([name]) => name === 'matrix')
      .map(([, text]) => [kind, text.replace('kind: matrix', `kind: ${kind}`)]);
    const own = shown.length > 0 ? shown : likely;
    let faulty = 0;
    fc.assert(
      fc.property(fc.nat(), mutations, (index, edits) => {
        const text = mutateStructure(own[index % own.length]?.[1] ?? '', edits);
        const yaml = createReaders().board('boards/thu.yaml', text);
        const faults = yaml.value ? checkBoard(yaml, yaml.value, known) : yaml.faults;
        requirePlaced(faults, text);
        faulty += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: share },
    );
    // most mutations must hurt, or this proves nothing
    expect(faulty).toBeGreaterThan(share / 2);
  });

  it(`in ${2_000 * TIMES} files of all other folders`, { timeout: 60_000 * TIMES }, () => {
    const readers = new Map<string, keyof ReturnType<typeof createReaders>>([
      ...(['units', 'calendar', 'imports', 'topology', 'inventory', 'stations', 'severities', 'devices', 'traps', 'feeds', 'measures', 'sources', 'probes'] as const).map((name) => [name, name] as const),
      ...([['queries', 'query'], ['metrics', 'metric'], ['alerts', 'rule'], ['reconciliations', 'reconciliation'], ['systems', 'system'], ['routes', 'route'], ['receivers', 'receiver'], ['inhibitions', 'inhibition'], ['rosters', 'roster'], ['escalations', 'escalation']] as const),
    ]); // prettier-ignore
    const byFolder = [...readers].map(([folder, reader]) => ({
      reader,
      // long lists make no other mistakes than short ones
      files: [...files].filter(
        ([file, text]) => file.startsWith(`${folder}/`) && file.endsWith('.yaml') && text.length < 12_000,
      ),
    }));
    const shown = byFolder.filter((one) => one.files.length > 0);
    expect(shown.length).toBeGreaterThan(18);
    let faulty = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), mutations, (folder, index, edits) => {
        const chosen = shown[folder % shown.length];
        const [file, before] = chosen?.files[index % chosen.files.length] ?? ['', ''];
        const text = mutateStructure(before, edits);
        const { faults } = createReaders()[chosen?.reader ?? 'board'](file, text);
        requirePlaced(faults, text);
        faulty += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: 2_000 * TIMES },
    );
    expect(faulty).toBeGreaterThan(1_000 * TIMES);
  });
});

it(
  `a mutated file leaves the last good wall serving, whichever it is: ${200 * TIMES} times`,
  { timeout: 60_000 * TIMES },
  async () => {
    const served = [...files.keys()].filter((file) =>
      /^(boards|queries|metrics|alerts|units|routes|rosters)\/.*yaml$/.test(file),
    );
    const before = good.dashboards;
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), mutations, async (index, edits) => {
        const file = served[index % served.length] ?? '';
        const text = mutateStructure(files.get(file) ?? '', edits);
        const { dashboards, faults } = await load(new Map(files).set(file, text), good);
        // a change that is right is served; one that is not, changes nothing
        if (faults.length > 0) {
          broken += 1;
          const own = faults.filter((fault) => fault.file === file);
          requirePlaced(own, text);
          if (own.length > 0 && file.startsWith('boards/')) expect(dashboards?.boards).toEqual(before?.boards);
        }
        expect([...(dashboards?.boards.keys() ?? [])]).toEqual([...(before?.boards.keys() ?? [])]);
        expect([...(dashboards?.queries.keys() ?? [])]).toEqual([...(before?.queries.keys() ?? [])]);
        expect(dashboards?.province.units.units.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 * TIMES },
    );
    expect(broken).toBeGreaterThan(50 * TIMES);
  },
);
