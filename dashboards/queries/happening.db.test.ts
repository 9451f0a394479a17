import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { insert, instant, reading } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

let store: TemporaryEngine;
let run: Run;

const told = (unit: string, metric: string, place: string, at: string, value: number | null) => ({
  ...reading(unit, metric, `${metric}-${unit}-${place}`, at, value),
  place,
});
const READINGS = [
  told('H49.01', 'air.pm25', 'Bãi Cháy', '2026-11-18 10:20:00', 41),
  told('H49.01', 'air.pm25', 'Trạm không ai biết', '2026-11-18 10:21:00', 12),
  told('H49.02', 'air.pm25', 'Trà Cổ', '2026-11-18 08:00:00', 90),
  told('H49.02', 'air.pm10', 'Trà Cổ', '2026-11-18 10:20:00', 70),
  told('H49.03', 'fire.calls', '', '2026-11-18 10:00:00', 2),
  told('H49.04', 'fire.calls', '', '2026-11-18 10:10:00', 0),
  told('H49.05', 'fire.calls', '', '2026-11-18 09:00:00', 4),
  told('H49.02.01', 'traffic.incidents', '', '2026-11-18 10:29:00', 1),
];

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'reading_event', READINGS);
});
afterAll(() => store.close());

describe('what is drawn on a map', () => {
  it('are stations, where they stand, with their newest value unless it is old', async () =>
    expect((await run('stations-now')).map((row) => row.slice(1, 4).concat(row.slice(5)))).toEqual([
      ['H49.01', 'Bãi Cháy', 41, 20.962, 107.02],
      ['H49.01', 'Trạm không ai biết', 12, null, null],
      ['H49.02', 'Trà Cổ', null, 21.484, 108.01],
    ]));

  it('is what was just counted, and not what was counted as none', async () => {
    const params = { metrics: 'fire.calls,traffic.incidents' };
    expect((await run('counts-newest', { params })).map(([, t, unit, value]) => [t, unit, value])).toEqual([
      [instant('2026-11-18 10:29:00'), 'H49.02.01', 1],
      [instant('2026-11-18 10:00:00'), 'H49.03', 2],
    ]);
    expect(await run('counts-newest', { params: { ...params, last_s: 30 } })).toEqual([]);
  });
});
