import { beforeAll, describe, expect, it } from 'vitest';
import { edited, load, shippedFiles } from './test-files.ts';
import type { Files } from './read-folder.ts';

const FILE = 'boards/phan-anh.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

/** The faults of a changed board, as `line path: message`; the line is that of the file. */
async function faultsOf(from: string | RegExp, to: string): Promise<string[]> {
  const changed = edited(files, FILE, from, to);
  const { faults } = await load(changed);
  const lines = (changed.get(FILE) ?? '').split('\n');
  return faults
    .filter(({ file }) => file === FILE)
    .map(
      ({ line, column, path, message }) => `${(lines[line - 1] ?? '').slice(column - 1).trim()} | ${path}: ${message}`,
    );
}

describe('the variables of a board', () => {
  it('are refused where a panel names none of them', async () =>
    expect(await faultsOf('days: $period\n', 'days: $perid\n')).toEqual([
      '$perid | panels.satisfied.queries.main.params.days: "days" names no variable of the board, "$perid"; did you mean "period"? allowed: compare, period',
    ]));

  it('are refused where a choice does not fit the parameter that takes it', async () => {
    const [type] = await faultsOf('{ value: 90, name', "{ value: '90', name");
    expect(type).toMatch(
      /\$period \| panels\.satisfied\.\S+: "days" by a choice of the variable "period" is "90"; allowed: a number \(UInt8\)/,
    );
    const [large] = await faultsOf('{ value: 90, name', '{ value: 900, name');
    expect(large).toContain('by a choice of the variable "period" is 900; allowed: a whole number that UInt8 can hold');
    const [other] = await faultsOf('{ value: year, name', '{ value: decade, name');
    expect(other).toContain('is "decade"; allowed: "week", "period", "year"');
  });

  it('are refused where the default is no choice, a choice stands twice, or there is only one', async () => {
    expect(await faultsOf('default: 30', 'default: 45')).toEqual([
      '45 | variables.period.default: is 45, which is no choice; allowed: 7, 30, 90',
    ]);
    const [twice] = await faultsOf('{ value: 90, name', '{ value: 7, name');
    expect(twice).toContain('variables.period.choices[2].value: choice "7" stands twice; allowed: each once');
    expect((await faultsOf(/( +- \{ value: (period|year), .*\n)+/, '')).join()).toMatch(
      /variables\.compare\.choices: .*allowed/,
    );
  });

  it('are refused where nothing uses them, or their name means something else', async () => {
    const unused = await faultsOf('  compare:\n', "  spare:\n    title: { vi: Thừa, en: Spare }\n    choices: [{ value: a, name: { vi: a, en: a } }, { value: b, name: { vi: b, en: b } }]\n    default: a\n  compare:\n"); // prettier-ignore
    expect(unused).toEqual([
      'spare: | variables.spare: no panel uses the variable "spare"; allowed: a parameter of a query that says $spare',
    ]);
    expect((await faultsOf('  compare:\n    title', '  rota:\n    title')).join()).toMatch(
      /variables\.rota: .*is taken; allowed/,
    );
  });

  it('are the only places that texts have', async () =>
    expect(await faultsOf("vi: 'Hài lòng, {period}'", "vi: 'Hài lòng, {perod}'")).toEqual([
      expect.stringMatching(
        /panels\.satisfied\.title\.vi: "\{perod\}" is no variable of the board; did you mean "period"\? allowed: compare, period$/,
      ),
    ]));
});
