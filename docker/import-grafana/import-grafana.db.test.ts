import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStore } from '#api/store.ts';
import { checkEverything } from '#dashboards/load/check-everything.ts';
import { FOLDERS } from '#dashboards/load/read-folder.ts';
import { startTemporaryEngine, type TemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { insertSample } from '../check/sample.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'dashboards');
let folder: string;
let engine: TemporaryEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-import-grafana-'));
  // folders of which nothing ships are not there
  const parts = (await readdir(SHIPPED)).filter((part) => part in FOLDERS);
  for (const part of parts) await cp(join(SHIPPED, part), join(folder, part), { recursive: true });
  engine = await startTemporaryEngine();
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command as a person would, on the copy. */
function run(sample: string, ...more: string[]): { code: number | null; output: string } {
  const file = join(import.meta.dirname, 'samples', `${sample}.json`);
  const done = spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), file, ...more], {
    env: { ...process.env, DASHBOARDS_DIR: folder, CLICKHOUSE_URL: undefined },
    encoding: 'utf8',
  });
  return { code: done.status, output: done.stdout + done.stderr };
}
const report = (id: string) => readFile(join(folder, `${id}-import.md`), 'utf8');

it(
  'makes boards that have nothing wrong and rows to show, and says what became of every panel',
  { timeout: 240_000 },
  async () => {
    expect(run('queues')).toEqual({ code: 0, output: expect.stringMatching(/^5 of 7 panels taken/) });
    expect(run('links-old')).toEqual({ code: 0, output: expect.stringMatching(/^2 of 3 panels taken/) });
    expect(run('mixed', '--id', 'tron')).toEqual({ code: 0, output: expect.stringMatching(/^1 of 7 panels taken/) });

    expect(run('own-views')).toEqual({ code: 0, output: expect.stringMatching(/^3 of 3 panels taken/) });

    const { faults, dashboards } = await checkEverything({ folder });
    expect(faults.filter(({ file }) => /\/(?:hang-cho-tai-quay|links-old|tron|own-views)/.test(file))).toEqual([]);
    const units = dashboards?.province.units;
    if (!dashboards || !units) throw new Error('the shipped province is served');
    const now = Date.now();
    await insertSample(engine.writer, units.units, now);
    const store = createStore({ client: engine.reader, clock: () => now });
    const ask = async (board: string) => {
      const shown: Record<string, unknown> = {};
      for (const [id, panel] of Object.entries(dashboards.boards.get(board)?.panels ?? {})) {
        if (panel.kind === 'text') {
          shown[id] = panel.options.words.vi;
          continue;
        }
        const query = dashboards.queries.get(Object.values(panel.queries)[0]?.query ?? '');
        if (!query) throw new Error(`${id} has its query`);
        const lenses = [
          { scope: '/H49/', at: null, known_at: null },
          { scope: '/H49/', at: now, known_at: null },
        ];
        const [live, history] = await Promise.all(lenses.map((lens) => store.run(query, {}, lens)));
        expect(live?.rows).toEqual(history?.rows);
        shown[id] = { kind: panel.kind, first: live?.rows[0], count: live?.rows.length };
      }
      return shown;
    };
    const count = units.units.length;
    const at = Math.floor((now - 60_000) / 900_000) * 900_000;
    expect(await ask('hang-cho-tai-quay')).toEqual({
      'hang-cho-tai-quay-1': { kind: 'figure', first: [7 * count], count: 1 },
      'hang-cho-tai-quay-2': { kind: 'series', first: [at, 'lớn nhất', 7], count: 2 },
      'hang-cho-tai-quay-3': { kind: 'bars', first: [expect.stringMatching(/^H49/), expect.any(String), 7], count: 30 },
      'hang-cho-tai-quay-4': {
        kind: 'table',
        first: ['0', expect.stringMatching(/^link-H49/), expect.any(Number), 0],
        count: 50,
      },
      'hang-cho-tai-quay-5': 'Xin chào',
    });
    expect(await ask('links-old')).toEqual({
      'links-old-1': { kind: 'figure', first: [count], count: 1 },
      'links-old-2': { kind: 'series', first: [expect.any(Number), 'changes', count], count: 1 },
    });
    expect(await ask('tron')).toEqual({
      'tron-1': { kind: 'bars', first: [expect.stringMatching(/^desk-H49/), expect.any(String), 7], count: 2 },
    });

    // the lens is over what was a view without one
    expect(await ask('own-views')).toMatchObject({
      'own-views-1': { kind: 'figure', first: [count], count: 1 },
      'own-views-2': { kind: 'bars', first: [expect.stringMatching(/^H49/), expect.any(String), 7] },
      'own-views-3': { kind: 'table', count: 0 },
    });

    expect(await report('own-views')).toMatch(/bi\.link is what that view asks/);
    expect(await report('hang-cho-tai-quay')).toMatch(
      /5 of 7 panels.*\(timeseries\) is `hang-cho-tai-quay-2`\n {2}- comments.*\$__timeInterval is a step of 900 s\n.*the 86400 s before.*## Left out.*Nóng\*\* \(heatmap\): panels of type "heatmap" have no like here.*Bộ nhớ\*\* \(timeseries\): its data source is "prometheus".*annotation "Triển khai"/s,
    );
    expect(await report('links-old')).toMatch(/of 2 queries the first is taken.*Nothing\*\* \(table\): it has no SQL/s);
    const mixed = await report('tron');
    expect(mixed).toMatch(/the variable "metric" is its value now: queue\.waiting/);
    for (const reason of [
      /Foreign.*refuses its SQL: .*otel/,
      /Settings.*could lift the lens/,
      /\*\*All.*"everything" stands for all/,
      /Unknown macro.*\$__adHocFilters is a macro/,
      /Named by rows.*named by the column "metric"/,
      /Personal.*refuses its SQL|Personal.*names a database/,
    ])
      expect(mixed).toMatch(reason);
  },
);

it('writes all or nothing, and over nothing that is there', { timeout: 120_000 }, async () => {
  const before = await report('links-old');
  expect(run('links-old')).toEqual({
    code: 1,
    output: expect.stringMatching(/is there already; allowed: --force, or another --id/),
  });
  expect(run('links-old', '--force').code).toBe(0);
  expect(await report('links-old')).toBe(before);
  const all = await readdir(folder, { recursive: true });
  expect(all.filter((name) => name.endsWith('~'))).toEqual([]);
});
