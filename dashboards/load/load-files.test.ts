import { beforeAll, describe, expect, it } from 'vitest';
import { edited, load, shippedFiles } from './test-files.ts';
import { idOf, type Files } from './read-folder.ts';

const BOARD = 'boards/toan-canh.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

/** The faults of the shipped files with one edit, as `line:column path message`. */
async function faultsOf(file: string, from: string | RegExp, to: string): Promise<string> {
  const { faults } = await load(edited(files, file, from, to));
  return faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`).join('\n');
}

describe('the files that ship', () => {
  it('have nothing wrong', async () => {
    const { faults, dashboards } = await load(files);
    expect(faults).toEqual([]);
    expect(dashboards?.boards.get('toan-canh')).toBeDefined();
    expect(dashboards?.queries.get('overdue-by-unit')?.relations).toEqual(['dossier_open']);
  });
});

describe('a board', () => {
  it.each([
    [
      'an unknown kind',
      'kind: series',
      'kind: serie',
      /:\d+:11 panels\.flow\.kind unknown "kind" "serie"; did you mean "series"\? allowed: alerts, bars/,
    ],
    [
      'an unknown query',
      'query: overdue-now',
      'query: overdue',
      /panels\.overdue\.queries\.main\.query unknown query "overdue"; did you mean "overdue-/,
    ],
    ['an unknown metric', 'metric: desks-waiting', 'metric: desks', /panels\.waiting\.metric unknown metric "desks"/],
    [
      'an unknown key',
      'second: delta,',
      'secnd: delta,',
      /panels\.received\.options\.secnd unknown key "secnd"; did you mean "second"/,
    ],
    [
      'an unknown choice',
      'second: delta,',
      'second: deltas,',
      /"second" is not right .*; allowed: "part", "delta", "note", "target", "none"/,
    ],
    [
      'a panel without title',
      / {4}title: \{ vi: Vừa.*\n/,
      '',
      /panels\.latest\.title "title" is missing; allowed: a mapping with the keys vi, en/,
    ],
    ['a panel without question', / {4}question: \{ vi: Vừa.*\n/, '', /panels\.latest\.question "question" is missing/],
    ['a panel without metric', / {4}metric: events\n/, '', /panels\.latest\.metric "metric" is missing; allowed: text/],
    [
      'a panel without sources',
      / {4}sources: \[link\]\n/,
      '',
      /panels\.links\.sources "sources" is missing; allowed: a list of at least 1/,
    ],
    [
      'a panel without a staleness limit',
      / {4}stale_after_s: 120\n/,
      '',
      /panels\.links\.stale_after_s "stale_after_s" is missing; allowed: a whole number from 5/,
    ],
    [
      'a family that is not read',
      'sources: [link]',
      'sources: [link, dossier]',
      /panels\.links\.sources the queries read link; allowed: \[link\]/,
    ],
    [
      'a panel that overflows to the right',
      'x: 40, y: 0, w: 8',
      'x: 41, y: 0, w: 8',
      /panels\.waiting\.at\.w ends in column 49; allowed: x \+ w up to 48/,
    ],
    [
      'a panel that overflows below',
      'y: 50, w: 48, h: 4',
      'y: 50, w: 48, h: 5',
      /panels\.latest\.at\.h ends in row 55; allowed: y \+ h up to 54/,
    ],
    [
      'panels that overlap on a wall of two screens only',
      'at_wide: { x: 19, y: 0, w: 17, h: 50 }',
      'at_wide: { x: 18, y: 0, w: 17, h: 50 }',
      /panels\.map\.at_wide overlaps the panel "overdue-share"/,
    ],
    [
      'panels that overlap',
      'x: 8, y: 0, w: 8',
      'x: 7, y: 0, w: 8',
      /panels\.on-time\.at overlaps the panel "received"/,
    ],
    [
      'a query without the columns of the kind',
      'query: in-out-by-hour',
      'query: received-by-hour',
      /gives no column "series", which a panel of kind series reads/,
    ],
    ['a second line without its column', 'second: target', 'second: delta', /gives no column "previous"/],
    [
      'a target that the metric has not',
      'second: delta,',
      'second: target,',
      /metric "dossiers-received" has no target/,
    ],
    [
      'an unknown parameter',
      'query: silent-units }',
      'query: silent-units, params: { silent: 5 } }',
      /has no parameter "silent"; did you mean "silent_s"/,
    ],
    [
      'a parameter of another type',
      'query: silent-units }',
      'query: silent-units, params: { silent_s: x } }',
      /"silent_s" is "x"; allowed: a number \(UInt32\)/,
    ],
    [
      'a parameter out of range',
      'query: silent-units }',
      'query: silent-units, params: { silent_s: -1 } }',
      /allowed: a whole number that UInt32 can hold/,
    ],
    [
      'colours by limits that the metric has not',
      /metric: overdue-share(?=\n    sources: \[dossier, link, alert\])/,
      'metric: threats',
      /metric "threats" has no limits to colour by/,
    ],
    [
      'a series twice',
      '- { id: out,',
      '- { id: in,',
      /panels\.flow\.options\.series\[1\]\.id series "in" stands twice/,
    ],
    [
      'a name that is not one',
      '  received:\n',
      '  Received:\n',
      /panels\.Received the name "Received" is not allowed; allowed: text like/,
    ],
    ['a key twice', 'kind: feed', 'kind: feed\n    kind: map', /Map keys must be unique; allowed: one YAML document/],
    ['text that is not YAML', 'grid: {', 'grid: [', /allowed: one YAML document/],
    [
      'an unknown map',
      /opens: \/unit\/\{unit\}/,
      'options: { map: ha-giang }',
      /unknown map "ha-giang"; allowed: quang-ninh-2019/,
    ],
  ])('is refused with %s, which says where and what is allowed', async (_, from, to, expected) => {
    expect(await faultsOf(BOARD, from, to)).toMatch(expected);
  });
});

describe('the other files', () => {
  it.each([
    ['a query without SQL', 'queries/links-up.sql', /[^]*/, '', /no SQL here/],
    [
      'a column of an unknown type',
      'queries/links-up.yaml',
      'type: text',
      'type: string',
      /rows\.note\.type .*allowed: "instant", "number", "text"/,
    ],
    [
      'a default outside what is allowed',
      'queries/desks-waiting.yaml',
      'default: 900',
      'default: 9.5',
      /the default of "fresh_s" is 9.5; allowed: a whole number/,
    ],
    [
      'limits out of order',
      'metrics/overdue-share.yaml',
      '[2, 5, 10, 20]',
      '[2, 5, 5, 20]',
      /limits\[2\] 5 is out of order; allowed: four limits, rising/,
    ],
    [
      'falling limits where up is good',
      'metrics/on-time-share.yaml',
      '[98, 95, 90, 80]',
      '[80, 90, 95, 98]',
      /falling, because up is good/,
    ],
    [
      'an unknown calendar',
      'units/quang-ninh-2019.yaml',
      'calendar: viet-nam',
      'calendar: vietnam',
      /unknown calendar "vietnam"; did you mean "viet-nam"/,
    ],
    [
      'a unit without its parent',
      'units/quang-ninh-2019.yaml',
      'code: H49.02,',
      'code: H49.90,',
      /unknown parent H49\.02; allowed: one tree/,
    ],
    ['an unknown zone', 'calendar/viet-nam.yaml', 'Asia/Ho_Chi_Minh', 'Asia/Saigonn', /unknown zone "Asia\/Saigonn"/],
    [
      'a holiday that ends before it begins',
      'calendar/viet-nam.yaml',
      'from: 2025-01-25',
      'from: 2025-03-25',
      /out of order; allowed: from not after to/,
    ],
  ])('are refused with %s', async (_, file, from, to, expected) => {
    expect(await faultsOf(file, from, to)).toMatch(expected);
  });

  it('are missed by name', async () => {
    const some = new Map(files);
    some.delete('queries/links-up.yaml');
    some.delete('queries/desks-waiting.sql');
    const { faults } = await load(some);
    expect(faults.map(({ file, message }) => `${file} ${message}`).join('\n')).toMatch(
      /boards\/toan-canh\.yaml unknown query "(links-up|desks-waiting)"[^]*queries\/desks-waiting\.yaml there is no queries\/desks-waiting\.sql[^]*queries\/links-up\.sql there is no queries\/links-up\.yaml/,
    );
  });
});

describe('a broken file', () => {
  it('leaves the last good board serving', async () => {
    const good = await load(files);
    const bad = await load(edited(files, BOARD, 'kind: feed', 'kind: fed'), good);
    expect(bad.faults).toHaveLength(1);
    expect(bad.dashboards?.boards.get('toan-canh')).toBe(good.dashboards?.boards.get('toan-canh'));
  });

  it('leaves the last good query and metric serving, and the board that names them', async () => {
    const good = await load(files);
    const broken = edited(
      edited(files, 'queries/overdue-now.sql', 'dossier_open', 'dossier_opem'),
      'metrics/threats.yaml',
      'integer',
      'int',
    );
    const bad = await load(broken, good);
    expect(bad.faults.map(({ file }) => file)).toEqual(['metrics/threats.yaml', 'queries/overdue-now.sql']);
    expect(bad.dashboards?.queries.get('overdue-now')).toBe(good.dashboards?.queries.get('overdue-now'));
    expect(bad.dashboards?.metrics.get('threats')).toEqual(good.dashboards?.metrics.get('threats'));
    expect(bad.dashboards?.boards.has('toan-canh')).toBe(true);
  });

  it('leaves the last good province serving', async () => {
    const good = await load(files);
    const bad = await load(edited(files, 'units/quang-ninh-2019.yaml', 'root: H49', 'root: H50'), good);
    expect(bad.faults).toHaveLength(1);
    expect(bad.dashboards?.province.units.root.code).toBe('H49');
  });

  it('serves a board with the queries that it fits, where a query changed and the board has not yet', async () => {
    const good = await load(files);
    const renamed = edited(files, 'queries/links-up.yaml', 'value: {', 'links: {');
    const between = await load(renamed, good);
    expect(between.faults.map(({ file, path }) => `${file} ${path}`)).toEqual([
      'boards/don-vi.yaml panels.links.queries.main.query',
      'boards/mang.yaml panels.links.queries.main.query',
      `${BOARD} panels.links.queries.main.query`,
    ]);
    expect(between.dashboards?.queries.get('links-up')).toBe(good.dashboards?.queries.get('links-up'));
    expect(between.dashboards?.boards.get('toan-canh')).toBe(good.dashboards?.boards.get('toan-canh'));
  });

  it('keeps what a board still names when a query is deleted', async () => {
    const good = await load(files);
    const fewer = new Map(files);
    fewer.delete('queries/links-up.yaml');
    fewer.delete('queries/links-up.sql');
    const bad = await load(fewer, good);
    const path = 'panels.links.queries.main.query';
    expect(bad.faults).toMatchObject([
      { file: 'boards/don-vi.yaml', path },
      { file: 'boards/mang.yaml', path },
      { file: BOARD, path },
    ]);
    expect(bad.dashboards?.queries.has('links-up')).toBe(true);
  });

  it('is served in its new form as soon as it is mended', async () => {
    const good = await load(files);
    const bad = await load(edited(files, BOARD, 'kind: feed', 'kind: fed'), good);
    const mended = await load(edited(files, BOARD, 'Vừa xảy ra', 'Mới xảy ra'), bad);
    expect(mended.faults).toEqual([]);
    expect(mended.dashboards?.boards.get('toan-canh')?.panels.latest?.title.vi).toBe('Mới xảy ra');
  });

  it('leaves out what was never good', async () => {
    const { dashboards, faults } = await load(edited(files, BOARD, 'kind: feed', 'kind: fed'));
    expect(faults).toHaveLength(1);
    const others = [...files.keys()].filter((file) => file.startsWith('boards/') && file !== BOARD).map(idOf);
    expect([...(dashboards?.boards.keys() ?? [])]).toEqual(others);
    const none = await load(edited(files, 'units/quang-ninh-2019.yaml', 'root: H49', 'root: H50'));
    expect(none.dashboards).toBeUndefined();
  });
});
