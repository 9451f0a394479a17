import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { entry, insert, instant } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

let store: TemporaryEngine;
let run: Run;

const SAID = '2026-11-02 09:00:00';
const ENTRIES = [
  // a figure that was mended, one of the year before, and one that will be stated tomorrow
  entry('H49', 'index.par_rank', '2024', SAID, 3),
  entry('H49', 'index.par_rank', '2025', SAID, 9),
  entry('H49', 'index.par_rank', '2025', '2026-11-03 09:00:00', 2),
  entry('H49', 'index.par_rank', '2026', '2026-11-19 09:00:00', 1),
  entry('H49', 'index.dti_people', '2025', SAID, 58.4),
  entry('H49', 'index.dti_government', '2025', SAID, 150),
  entry('H49', 'index.dti_society', '2025', SAID, null),
  entry('H49', 'drill.held', '2026-Q1', SAID, 1),
  entry('H49', 'drill.held', '2026-07', SAID, 1),
  entry('H49', 'drill.held', '2026-09', SAID, 0),
  entry('H49', 'target.filing_goal', '2026', SAID, 30),
  entry('H49', 'target.filing_actual', '2026-H1', SAID, 31),
  entry('H49', 'target.mobile_goal', '2026-Q4', SAID, 30),
  entry('H49', 'target.mobile_actual', '2026-H1', SAID, 8),
  entry('H49', 'target.mobile_actual', '2026-11', SAID, 12),
  entry('H49', 'target.meetings_goal', '2026-11', SAID, 50),
  entry('H49', 'steering.meeting_goal', '2026-Q4', SAID, 1),
  entry('H49', 'steering.meeting_actual', '2026-Q3', SAID, 1),
  ...[
    ['H49.01', 88, 17, 16],
    ['H49.12', 66, 9, 15],
    ['H49.14', 66, 13, 11],
  ].flatMap(([unit, score, security, people]) => [
    entry(String(unit), 'index.unit_it_score', '2025', SAID, Number(score)),
    entry(String(unit), 'index.unit_it_security', '2025', SAID, Number(security)),
    entry(String(unit), 'index.unit_it_people', '2025', SAID, Number(people)),
  ]),
  entry('H49.12', 'index.unit_it_score', '2024', SAID, 70),
];

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'entry_event', ENTRIES);
});
afterAll(() => store.close());

describe('what is asked of figures that people state', () => {
  it('is the newest period, as it was last stated by then, and the one before it', async () => {
    const par = { params: { metric: 'index.par_rank' } };
    expect(await run('entry-newest', par)).toEqual([[2, 3, '2025', instant('2026-11-03 09:00:00')]]);
    expect(await run('entry-newest', { ...par, at: instant('2026-11-20 09:00:00') })).toEqual([
      [1, 2, '2026', instant('2026-11-19 09:00:00')],
    ]);
    expect(await run('entry-newest', { params: { metric: 'index.none' } })).toEqual([[null, null, '', null]]);
  });

  it('is a share of full marks, the weakest first, without what was taken back', async () => {
    const metrics = 'index.dti_people,index.dti_government,index.dti_society';
    const shares = await run('entry-of-maxima', { params: { metrics, maxima: '100,200,150', first: 'small' } });
    expect(shares.map(([label, value]) => [label, value])).toEqual([['index.dti_people', 58.4], ['index.dti_government', 75]]); // prettier-ignore
    const points = await run('entry-of-maxima', { params: { metrics } });
    expect(points.map(([, value]) => value)).toEqual([150, 58.4]);
  });

  it('is for how long the newest period in which it was done has been over', async () => {
    expect(await run('entry-days')).toEqual([[110, '07/2026', instant(SAID)]]);
    expect(await run('entry-days', { params: { metric: 'index.none' } })).toEqual([[null, '', null]]);
  });

  it('ranks units, and says in what each lies farthest below the mean', async () => {
    const ranked = await run('entry-ranking');
    // unit, figure, the one before, rank, why, by how much
    expect(ranked.map(([, , unit, value, previous, rank, why, gap]) => [unit, value, previous, rank, why, gap])).toEqual([
      ['H49.01', 88, null, 1, '', null],
      ['H49.12', 66, 70, 2, 'index.unit_it_security', -4],
      ['H49.14', 66, null, 2, 'index.unit_it_people', -3],
    ]); // prettier-ignore
    expect((await run('entry-ranking', { params: { first: 'small' } })).map(([, , unit]) => unit)).toEqual(['H49.12', 'H49.14', 'H49.01']); // prettier-ignore
    expect(await run('entry-ranking', { scope: '/H49/H49.12/' })).toEqual([]);
  });

  it('puts targets together with what stands, those of which nobody has said first, and until when they may take', async () => {
    expect((await run('entry-targets')).map((row) => row.slice(1, 8))).toEqual([
      ['meetings', 'meetings', 50, null, null, null, instant('2026-12-01 00:00:00') - 1000],
      ['mobile', 'mobile', 30, 12, 12, 40, instant('2027-01-01 00:00:00') - 1000],
      ['filing', 'filing', 30, 31, 31, 103.3, instant('2027-01-01 00:00:00') - 1000],
    ]);
  });

  it('does not take what was done in another period for what is due in this one, where that is asked', async () => {
    const steering = { domain: 'steering' };
    expect((await run('entry-targets', { params: steering })).map((row) => row[5])).toEqual([1]);
    expect((await run('entry-targets', { params: { ...steering, same_period: 1 } })).map((row) => row[5])).toEqual([null]); // prettier-ignore
  });
});
