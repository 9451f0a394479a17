import { beforeAll, describe, expect, it } from 'vitest';
import { ParentSchema, type Parent } from '../schema/parent.ts';
import { checkTold } from './parent-rules.ts';
import type { Files } from './read-folder.ts';
import { edited, load, shippedFiles } from './test-files.ts';
import { readYaml } from './yaml-file.ts';

const FILE = 'parents/tinh.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

const text = (faults: readonly { file: string; line: number; column: number; message: string }[]): string =>
  faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n');

describe('a centre above', () => {
  it('is served with its defaults, and is not told before somebody sets it so', async () => {
    const { dashboards } = await load(files);
    expect(dashboards?.parents.get('tinh')).toMatchObject({ enabled: false, every: 300_000, catch_up: 86_400_000 });
  });

  it.each([
    [
      'an unknown query',
      'query: links-up',
      'query: link-up',
      /tinh.yaml:16:\d+ unknown query "link-up"; did you mean "links-up"/,
    ],
    [
      'a column that is no figure',
      'links-up, column: value',
      'links-up, column: no',
      /:16:\d+ "no" is no figure of query "links-up"; .*value/,
    ],
    [
      'a parameter that there is not',
      'query: alerts-count',
      'query: alerts-count, params: { no: 1 }',
      /:13:\d+ query "alerts-count" has no parameter "no"/,
    ],
    [
      'a variable of somebody else',
      'token_env: PARENT_TOKEN',
      'token_env: AUDIT_KEY',
      /:6:12 .*is no name of a variable of parents/,
    ],
    ['no place to go', 'https://ioc', 'ftp://ioc', /:5:6 /],
    ['no end of telling', 'every: 5m', 'every: 1s', /:9:8 .*too short; allowed: 10s and longer/],
  ])('refuses %s, and tells what it told before', async (_, from, to, message) => {
    const good = await load(files);
    const { faults, dashboards } = await load(edited(files, FILE, from, to), good);
    expect(text(faults)).toMatch(message);
    expect(dashboards?.parents.get('tinh')).toEqual(good.dashboards?.parents.get('tinh'));
  });

  it('is told measures that are known, in their units', () => {
    const written = files.get(FILE) ?? '';
    const read = (from: string, to: string) => readYaml<Parent>(FILE, written.replace(from, to), ParentSchema);
    const units = new Map(['up', 'alerts_open', 'dossiers_open', 'dossiers_overdue', 'links_up'].map((name) => [`ioc.${name}`, '1'])); // prettier-ignore
    expect(checkTold(read('', ''), units)).toEqual([]);
    expect(text(checkTold(read('ioc.links_up', 'ioc.link_up'), units))).toMatch(
      /:16:3 unknown metric "ioc.link_up"; did you mean "ioc.links_up"/,
    );
    expect(text(checkTold(read('{ value: 1 }', "{ value: 1, value_unit: '%' }"), units))).toMatch(
      /:12:\d+ is "%"; allowed: "1"/,
    );
  });
});
