import { expect, it } from 'vitest';
import { createReaders } from '#dashboards/load/readers.ts';
import { SAMPLE_SYSTEM } from '#dashboards/load/test-system.ts';
import { shippedProvince } from '#ingest/simulate/test-province.ts';
import { cover, coverageTable, isComplete } from './coverage.ts';
import { toldBy } from './told.ts';

const FILE = 'systems/21-mau.yaml';
const { value: system } = createReaders().system(FILE, SAMPLE_SYSTEM);
const all = new Map([['cong-dvc', new Set(['document.out', 'document.out_electronic'])]]);

it('ticks each part of a system, and misses the systems that have no file', () => {
  const covered = cover([{ file: FILE, system }], [], all);
  expect(covered).toHaveLength(54);
  expect(isComplete(covered)).toBe(false);
  const lines = coverageTable(covered);
  expect(lines.find((line) => line.includes('Văn bản mẫu'))?.split(/ {2,}/)).toEqual([
    ' 21',
    'Văn bản mẫu',
    ...new Array<string>(6).fill('✓'),
  ]);
  expect(lines.at(-1)).toBe('1 of 54 systems complete');
});

it('says what is missing, where', () => {
  const fault = { file: FILE, line: 12, column: 10, path: 'panels[0]', message: 'unknown panel "mau/x"' };
  const told = new Map([['cong-dvc', new Set(['document.out'])]]);
  const one = cover([{ file: FILE, system }], [fault], told).find(({ number }) => number === 21);
  expect(one?.missing).toEqual({
    ...{ catalogue: [], feed: [], freshness: [], example: [] },
    panel: ['12:10 unknown panel "mau/x"'],
    simulator: ['cong-dvc does not tell document.out_electronic'],
  });
});

it('misses what none of several sources tells', () => {
  const text = SAMPLE_SYSTEM.replace('panels:', '  others: [{ source: mail, carries: [mail.boxes] }]\npanels:');
  const { value } = createReaders().system(FILE, text);
  const simulator = (told: typeof all) =>
    cover([{ file: FILE, system: value }], [], told).find(({ number }) => number === 21)?.missing.simulator;
  expect(simulator(all)).toEqual(['nothing is told by the source mail']);
  expect(simulator(new Map(all).set('mail', new Set(['mail.boxes'])))).toEqual([]);
});

it('hears what the simulator tells, by source', { timeout: 60_000 }, async () => {
  const told = toldBy(await shippedProvince(), Date.parse('2026-11-18T10:30:00+07:00'));
  expect(told.get('cong-dvc')).toContain('portal.visits');
  expect(told.get('mot-cua')?.size).toBeGreaterThan(0);
  expect(told.get('suricata-ttdl')).toContain('eve');
  expect(told.get('mang-tslcd')).toContain('link.sample');
  expect(told.get('thong-ke-mot-cua') ?? told.get('cam-bien')).toBeDefined();
});
