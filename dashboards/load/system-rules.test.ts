import { beforeAll, describe, expect, it } from 'vitest';
import type { Dashboards } from '../dashboards.ts';
import { unitsOfMetrics } from './feed-rules.ts';
import { createReaders } from './readers.ts';
import { checkSystems } from './system-rules.ts';
import { load, shippedFiles } from './test-files.ts';
import { SAMPLE_BOARD, SAMPLE_SYSTEM } from './test-system.ts';

const FILE = 'systems/21-mau.yaml';
const readers = createReaders();
let dashboards: Dashboards;
beforeAll(async () => {
  const files = new Map(await shippedFiles()).set('boards/mau.yaml', SAMPLE_BOARD);
  const loaded = await load(files);
  expect(loaded.faults).toEqual([]);
  if (!loaded.dashboards) throw new Error('the sample is served');
  dashboards = loaded.dashboards;
});

/** The faults of the sample with one text changed. */
function faultsOf(from: string, to: string, file = FILE): string[] {
  const text = SAMPLE_SYSTEM.replace(from, to);
  if (from !== '' && text === SAMPLE_SYSTEM) throw new Error(`the sample holds no ${from}`);
  const measure = { name: { vi: 'x', en: 'x' }, unit: '1', kind: 'count' as const };
  const measures = { out: measure, out_electronic: measure };
  return checkSystems([readers.system(file, text)], {
    ...dashboards,
    measures: unitsOfMetrics([['document', { name: { vi: 'x', en: 'x' }, measures }]]),
    limits: [
      readers.sources('sources/mau.yaml', 'sources: [{ source: cong-dvc, silent_after_s: 7200 }]').value ?? {
        families: {},
        sources: [],
      },
    ],
    files: new Set(['feeds/van-ban']),
    provinces: [dashboards.province.units],
  }).map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`);
}

describe('a system', () => {
  it('is right where all that it names is there', () => {
    expect(faultsOf('', '')).toEqual([]);
  });

  it.each([
    [
      'metric',
      '[filing-share]',
      '[filing-shar]',
      /:6:11 metrics\[0\] unknown metric "filing-shar"; did you mean "filing-share"/,
    ],
    [
      'measure',
      '[document.out,',
      '[document.outs,',
      /:11:13 feed\.carries\[0\] unknown measure "document\.outs"; did you mean/,
    ],
    [
      'panel',
      '[mau/share]',
      '[mau/shares]',
      /:12:10 panels\[0\] unknown panel "mau\/shares"; did you mean "mau\/share"/,
    ],
    [
      'source',
      'cong-dvc',
      'cong-dv',
      /:10:11 feed\.source nothing in sources\/ says how long "cong-dv" may be silent; did you mean "cong-dvc"/,
    ],
    [
      'further source',
      'panels: [mau/share]',
      '  others: [{ source: cong-dv, carries: [document.out] }]\npanels: [mau/share]',
      /:12:22 feed\.others\[0\]\.source nothing in sources\/ says how long "cong-dv" may be silent/,
    ],
    [
      'measure of a further source',
      'panels: [mau/share]',
      '  others: [{ source: cong-dvc, carries: [document.outs] }]\npanels: [mau/share]',
      /feed\.others\[0\]\.carries\[0\] unknown measure "document\.outs"/,
    ],
    ['way in without a file', 'by: [http]', 'by: [mqtt]', /:9:7 feed\.by nothing says how to read it/],
    [
      'file',
      'by: [http]',
      'by: [mqtt]\n  file: feeds/van',
      /:10:9 feed\.file unknown file "feeds\/van"; .*feeds\/van-ban/,
    ],
    [
      'type of another family',
      'reading.sample, unit: H49.02, minutes',
      'entry.made, unit: H49.02, minutes',
      /:15:15 example\.send\[0\]\.type type of another family "entry\.made"; allowed: reading\.sample/,
    ],
    [
      'unit',
      'unit: H49.03',
      'unit: H50.03',
      /:18:37 example\.send\[3\]\.unit unknown unit "H50\.03"; did you mean "H49\.03"/,
    ],
    [
      'panel of another system',
      'panel: mau/share, is: 94.65',
      'panel: mang/ring, is: 94.65',
      /:20:16 example\.shows\[0\]\.panel "mang\/ring" is no panel of the system; allowed: mau\/share/,
    ],
    [
      'role',
      'is: 94.65',
      'role: trend, is: 94.65',
      /example\.shows\[0\]\.role mau\/share asks no "trend"; allowed: main/,
    ],
    [
      'column',
      'column: note',
      'column: notes',
      /:21:35 example\.shows\[1\]\.column count-share has no column "notes"; did you mean "note"/,
    ],
    ['key', 'group:', 'groups:', /:3:1 groups unknown key "groups"; did you mean "group"/],
  ])('is refused for a %s that is none', (_, from, to, fault) => {
    expect(faultsOf(from, to)).toContainEqual(expect.stringMatching(fault));
  });

  it('has its number in the name of its file, and for itself', () => {
    expect(faultsOf('', '', 'systems/22-mau.yaml')).toEqual([expect.stringContaining('its number, in two digits')]);
    const known = { ...dashboards, measures: new Map(), limits: [], files: new Set<string>(), provinces: [] };
    const both = [FILE, 'systems/21-khac.yaml'].map((file) => readers.system(file, SAMPLE_SYSTEM));
    expect(checkSystems(both, known).map(({ message }) => message)).toContain(
      `21 is that of ${FILE}; allowed: one file each`,
    );
  });
});
