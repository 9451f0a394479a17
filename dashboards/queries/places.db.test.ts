import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { insert, instant, reading } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

let store: TemporaryEngine;
let run: Run;

/** A reading of a place of a unit, which is its series. */
const told = (unit: string, metric: string, place: string, at: string, value: number | null) => ({
  ...reading(unit, metric, `${metric}-${unit}-${place}`, at, value),
  place,
});
const READINGS = [
  told('H49', 'ministry.up', 'Bộ Tư pháp', '2026-11-18 10:20:00', 1),
  told('H49', 'ministry.up', 'Bộ Tư pháp', '2026-11-18 09:50:00', 0),
  told('H49', 'ministry.up', 'Bộ Tư pháp', '2026-11-18 09:10:00', 1),
  told('H49', 'ministry.up', 'Bộ GTVT', '2026-11-18 08:10:00', 0),
  told('H49', 'ministry.up', 'Bộ GTVT', '2026-11-18 10:10:00', null),
  told('H49', 'lgsp.latency_ms', 'Hộ tịch', '2026-11-18 10:20:00', 200),
  told('H49.02', 'lgsp.latency_ms', 'Hộ tịch', '2026-11-18 10:20:00', 400),
  told('H49', 'lgsp.latency_ms', 'Đất đai', '2026-11-18 10:20:00', 900),
  told('H49', 'lgsp.latency_ms', 'Giá', '2026-11-18 08:00:00', 5000),
  told('H49.02', 'mail.boxes', 'Sở', '2026-11-18 10:00:00', 200),
  told('H49.02', 'mail.active', 'Sở', '2026-11-18 10:00:00', 150),
  told('H49.03', 'mail.boxes', 'Sở', '2026-11-18 10:00:00', 0),
  told('H49.03', 'mail.active', 'Sở', '2026-11-18 10:00:00', 0),
  told('H49.02', 'document.out', '', '2026-11-17 10:00:00', 100),
  told('H49.02', 'document.out_electronic', '', '2026-11-17 10:00:00', 90),
  told('H49.02.01', 'document.out', '', '2026-11-17 11:00:00', 100),
  told('H49.02.01', 'document.out_electronic', '', '2026-11-17 11:00:00', 50),
  told('H49.02', 'document.out', '', '2026-11-18 09:00:00', 0),
  told('H49.02', 'document.out_electronic', '', '2026-11-18 09:00:00', 0),
  told('H49.21', 'document.out', '', '2026-11-18 09:00:00', 4),
  told('H49', 'database.records', 'Hộ tịch', '2026-11-18 10:00:00', 500),
  told('H49', 'database.refreshed', 'Hộ tịch', '2026-11-18 08:00:00', 7),
  told('H49', 'database.refreshed', 'Hộ tịch', '2026-11-18 10:00:00', 0),
  told('H49', 'database.refreshed', 'Giá', '2026-11-15 08:00:00', 3),
  told('H49', 'database.records', 'Lưu trữ', '2026-11-18 10:00:00', 20),
];

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'reading_event', READINGS);
});
afterAll(() => store.close());

const midnight = instant('2026-11-18 00:00:00');
const hour = (t: unknown) => (Number(t) - midnight) / 3_600_000;

describe('what is told of places', () => {
  it('is ranked by their newest values, without those that are old', async () => {
    const most = { metrics: 'lgsp.latency_ms', fresh_s: 4500 };
    const values = async (params: Record<string, string | number>) =>
      (await run('gauge-by-place', { params: { ...most, ...params } })).map(([label, value]) => [label, value]);
    expect(await values({})).toEqual([['Đất đai', 900], ['Hộ tịch', 600]]); // prettier-ignore
    expect(await values({ pick: 'max' })).toEqual([['Đất đai', 900], ['Hộ tịch', 400]]); // prettier-ignore
    expect(await values({ pick: 'avg', first: 'small' })).toEqual([['Hộ tịch', 300], ['Đất đai', 900]]); // prettier-ignore
    expect(await values({ by: 'metric', pick: 'min' })).toEqual([['lgsp.latency_ms', 200]]);
    const named = { metrics: 'mail.active,mail.boxes,lgsp.latency_ms', by: 'metric', first: 'named' };
    expect((await values(named)).map(([label]) => label)).toEqual(['mail.active', 'mail.boxes', 'lgsp.latency_ms']);
  });

  it('is a share of a whole, and nothing where the whole is zero', async () => {
    const params = { metrics: 'mail.active', of: 'mail.boxes' };
    expect((await run('gauge-by-place', { params })).map(([, value]) => value)).toEqual([75]);
    expect(await run('gauge-by-place', { params, scope: '/H49/H49.03/' })).toEqual([]);
  });

  it('is a mean an hour, and nothing of an hour in which nothing was said', async () => {
    const rows = await run('gauge-place-by-time', { params: { metrics: 'ministry.up', scale: 100 } });
    expect(rows.map(([label, t, value]) => [label, hour(t), value])).toEqual([
      ['Bộ GTVT', 8, 0],
      ['Bộ Tư pháp', 9, 50],
      ['Bộ Tư pháp', 10, 100],
    ]);
  });

  it('is as fresh as the last refresh that brought something', async () => {
    const rows = await run('places-refreshed');
    expect(rows.map(([, unit, name, records, came, at]) => [unit, name, records, came, at])).toEqual([
      ['H49', 'Lưu trữ', 20, null, null],
      ['H49', 'Giá', null, null, instant('2026-11-15 08:00:00')],
      ['H49', 'Hộ tịch', 500, 7, instant('2026-11-18 08:00:00')],
    ]);
  });
});

it('gives the share of each unit and day, and none of a day on which nothing was counted', async () => {
  const params = { metrics: 'document.out_electronic', of: 'document.out' };
  const rows = await run('count-unit-by-time', { params });
  expect(rows.map(([label, t, value]) => [label, hour(t), value])).toEqual([
    ['H49.02', -24, 70],
    ['H49.21', 0, 0],
  ]);
  const counts = await run('count-unit-by-time', { params: { metrics: 'document.out' } });
  expect(counts.map(([label, , value]) => [label, value])).toEqual([['H49.02', 200], ['H49.02', 0], ['H49.21', 4]]); // prettier-ignore
  const below = await run('count-unit-by-time', { params, scope: '/H49/H49.02/' });
  expect(below.map(([label, , value]) => [label, value])).toEqual([['H49.02', 90], ['H49.02.01', 50]]); // prettier-ignore
});
