import { beforeAll, describe, expect, it } from 'vitest';
import { readInstance, readSeries, readStates } from './series-notation.ts';
import { edited, load, shippedFiles } from './test-files.ts';
import type { Files } from './read-folder.ts';

const HOT = 'alerts/dc-temperature.yaml';
const SHARE = 'alerts/overdue-share.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

/** The faults of the shipped files with one edit, as `line:column path message`. */
async function faultsOf(file: string, from: string | RegExp, to: string): Promise<string> {
  const { faults } = await load(edited(files, file, from, to));
  return faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`).join('\n');
}

describe('a rule of alerts', () => {
  it('ships in all the domains, at least twenty-five of them, each with the query that it asks', async () => {
    const { dashboards, faults } = await load(files);
    expect(faults).toEqual([]);
    const rules = [...(dashboards?.rules.values() ?? [])];
    expect(rules.length).toBeGreaterThanOrEqual(25);
    expect(new Set(rules.map(({ domain }) => domain)).size).toBe(9);
    for (const rule of rules) expect(rule.loaded).toBe(dashboards?.queries.get(rule.query));
    expect(dashboards?.rules.get('ring-down')?.loaded.known?.network).toBeDefined();
  });

  it.each([
    ['an unknown query', HOT, 'query: readings-now', 'query: reading-now', /dc-temperature\.yaml:\d+:8 query unknown query "reading-now"; did you mean "readings-now"\? allowed: alerts-count/],
    ['an unknown parameter', HOT, 'where: { metric:', 'params: { metric:', /:\d+:11 params\.metric query "readings-now" has no parameter "metric"; did you mean "metrics"/],
    ['a parameter of a wrong type', HOT, 'where: { metric: dc.temperature }', 'params: { fresh_s: long }', /params\.fresh_s "fresh_s" is "long"; allowed: a number \(UInt32\)/],
    ['an unknown column that tells apart', HOT, 'by: [unit, subject]', 'by: [unit, subjekt]', /:\d+:12 by\[1\] query "readings-now" gives no column "subjekt"; did you mean "subject"/],
    ['an unknown unit', HOT, 'unit: unit', 'unit: units', / unit query "readings-now" gives no column "units"; did you mean "unit"/],
    ['a value that is text', SHARE, 'value: overdue_percent', 'value: unit', / value column "unit" is text, not number; allowed: due_24h, lapsed_24h/],
    ['a column of a step that is not there', 'alerts/link-down.yaml', 'column: severity, at_least: 4', 'column: gravity, at_least: 4', /when\[0\]\.column query "incidents" gives no column "gravity"/],
    ['a condition on a column that is not there', 'alerts/link-down.yaml', 'where: { kind:', 'where: { kinds:', /where\.kinds query "incidents" gives no column "kinds"; did you mean "kind"/],
    ['a condition of a wrong type', 'alerts/link-down.yaml', 'where: { kind: link_down }', 'where: { kind: 4 }', /where\.kind column "kind" is text, not number/],
    ['a step with two limits', HOT, 'at_least: 35 }', 'at_least: 35, below: 40 }', /when\[0\]\.below a step has one limit, and this has at_least already; allowed: one/],
    ['steps out of order', HOT, '{ severity: critical, at_least: 35 }', '{ severity: low, at_least: 35 }', /when\[1\]\.severity high after low; allowed: from the gravest to the mildest/],
    ['a step that is never reached', HOT, 'above: 27', 'above: 37', /when\[2\] is never reached: step 1 is true whenever it is/],
    ['a name that nothing fills in', HOT, "vi: '{text}: {value} °C'", "vi: '{place}: {value} °C'", /summary\.vi nothing fills in "\{place\}"; allowed: subject, text, unit, value/],
    ['an unknown escalation', HOT, 'every: 30s', "every: 30s\nescalation: truc", /escalation unknown escalation "truc"; did you mean "truc-ban"/],
    ['no length of time', HOT, 'for: 2m', 'for: 2 minutes', /"for" is not right \(is not a length of time/],
    ['too short a time', HOT, 'every: 30s', 'every: 10ms', /every is too short; allowed: 1s and longer/],
    ['a series that says nothing', HOT, '23.5x6', '23.5xx6', /tests\[0\]\.series\.unit=H49,subject=tu-1 "23\.5xx6" says nothing; allowed: numbers, null/],
    ['a state that is none', HOT, 'normal x6', 'calm x6', /tests\[0\]\.states\.unit=H49,subject=tu-1 "calmx6" says nothing; allowed: normal, pending/],
    ['states for other evaluations', HOT, 'normal x6', 'normal x5', /tests\[0\]\.states\.\S+ 5 evaluations, and 6 above; allowed: as many of each/],
    ['an instance that is not told apart', HOT, /unit=H49,subject=tu-1': 23/, "unit=H49': 23", /tests\[0\]\.series\.unit=H49 "unit=H49" does not say subject/],
    ['no test without data', SHARE, /45x4 null x7, unit=H49.03: 4x4 _ x7/, '45x4 9 x7, unit=H49.03: 4x11', /tests no test shows it without data; allowed: tests that show a rule quiet, pending/],
    ['no runbook', SHARE, /runbook:\n(?: {2}.*\n)+/, '', /runbook "runbook" is missing; allowed: a mapping with the keys vi, en/],
  ])('says where it has %s', async (_, file, from, to, expected) => {
    expect(await faultsOf(file, from, to)).toMatch(expected);
  }); // prettier-ignore

  it('is served in its last good version while its file is broken, or its query no longer fits', async () => {
    const good = await load(files);
    const last = good.dashboards?.rules.get('overdue-share');
    for (const [file, from, to] of [
      [SHARE, 'for: 15m', 'for: never'],
      ['queries/dossier-risks.yaml', '  overdue_percent: { type: number, nullable: true }\n', '  share: { type: number, nullable: true }\n'],
    ] as const) {
      const { dashboards, faults } = await load(edited(files, file, from, to), good);
      expect(faults.length).toBeGreaterThan(0);
      expect(dashboards?.rules.get('overdue-share')).toBe(last);
    }
    const { dashboards } = await load(edited(files, SHARE, 'for: 15m', 'for: 20m'), good);
    expect(dashboards?.rules.get('overdue-share')?.for).toBe(1_200_000);
    // what has not changed stays the same, so that whoever holds on to it can tell
    expect(dashboards?.rules.get('ring-down')).toBe(good.dashboards?.rules.get('ring-down'));
  }); // prettier-ignore
});

describe('the notation of tests', () => {
  it('reads series, states and instances', () => {
    expect(readSeries('5 -1.5x2  _ x2 null x xx2')).toEqual({ values: [5, -1.5, -1.5, 'gone', 'gone', null, 'failed', 'failed', 'failed'] }); // prettier-ignore
    expect(readSeries('5 x 3')).toEqual({ values: [5, 'failed', 3] });
    expect(readSeries('1e5')).toEqual({ wrong: '1e5' });
    expect(readSeries('5x99999999')).toEqual({ wrong: '5x99999999' });
    expect(readStates('normal pending firing x3 no_data')).toEqual({ values: ['normal', 'pending', 'firing', 'firing', 'firing', 'no_data'] }); // prettier-ignore
    expect(readInstance('unit=H49.02, link=a=b')).toEqual({ unit: 'H49.02', link: 'a=b' });
    expect([readInstance(''), readInstance('unit')]).toEqual([{}, undefined]);
  });
});
