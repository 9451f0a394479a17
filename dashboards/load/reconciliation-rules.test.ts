import { beforeAll, describe, expect, it } from 'vitest';
import type { Files } from './read-folder.ts';
import { edited, load, shippedFiles } from './test-files.ts';

const FILE = 'reconciliations/online-by-level.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

async function faultsOf(file: string, from: string | RegExp, to: string): Promise<string> {
  const { faults } = await load(edited(files, file, from, to));
  return faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`).join('\n');
}

describe('a reconciliation', () => {
  it('is served with its defaults', async () => {
    const { dashboards, faults } = await load(files);
    expect(faults).toEqual([]);
    expect(dashboards?.reconciliations.get('online-by-level')).toMatchObject({
      kind: 'sum',
      tolerance: 0,
      decimals: 0,
    });
    expect(dashboards?.reconciliations.get('received-ours')).toMatchObject({ kind: 'ours', rule: 'province' });
  });

  it.each([
    [
      'an unknown kind',
      FILE,
      'kind: sum',
      'kind: sums',
      /:2:7 kind unknown "kind" "sums"; allowed: ours, share, sum, units/,
    ],
    ['an unknown key', FILE, 'stated:', 'total:', /unknown key "total"; .*allowed: decimals, definition, kind/],
    ['a total of one part', FILE, /(parts:\n.*\n)(.*\n){2}/, '$1', /"parts" is not right .*a list of at least 2/],
    [
      'a metric that is none',
      FILE,
      'metric: dossiers.online,',
      'metric: Online,',
      /:\d+:\d+ stated\.metric "metric" is not/,
    ],
    ['a name in one language', FILE, ', en: Online dossiers by level', '', /name\.en "en" is missing; allowed: text/],
    ['a negative tolerance', 'reconciliations/documents-share.yaml', '0.05', '-1', /"tolerance" is not right/],
    [
      'a state that is not counted',
      'reconciliations/open-ours.yaml',
      'state: open',
      'state: opn',
      /count\.state "state" is/,
    ],
    [
      'a figure twice',
      FILE,
      'dossiers.online_commune',
      'dossiers.online_district',
      /:\d+:\d+ parts\[2\]\.metric metric "dossiers.online_district" stands twice; allowed: each figure once/,
    ],
    [
      'a figure of two names',
      'reconciliations/received-ours.yaml',
      'vi: Hồ sơ tiếp nhận,',
      'vi: Hồ sơ nhận vào,',
      /received-ours.yaml:\d+:\d+ stated\.name .*named otherwise in reconciliations\/finished-early-share.yaml; allowed: Hồ sơ tiếp nhận/,
    ],
  ])('is refused with %s', async (_what, file, from, to, message) => {
    expect(await faultsOf(file, from, to)).toMatch(message);
  });

  it('keeps its last good version while its file is broken', async () => {
    const good = await load(files);
    const { dashboards, faults } = await load(edited(files, FILE, 'kind: sum', 'kind: ['), good);
    expect(faults).not.toEqual([]);
    expect(dashboards?.reconciliations.get('online-by-level')).toBe(
      good.dashboards?.reconciliations.get('online-by-level'),
    );
    expect((await load(edited(files, FILE, 'kind: sum', 'kind: ['))).dashboards?.reconciliations.size).toBe(
      (good.dashboards?.reconciliations.size ?? 0) - 1,
    );
  });
});
