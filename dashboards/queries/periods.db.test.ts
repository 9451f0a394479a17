import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { AT, dossier, entry, insert, instant, reading } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

let store: TemporaryEngine;
let run: Run;

/** Documents that a unit sent, at a local time; `signed` of them signed. */
const sent = (at: string, value: number, signed = 0) => [
  reading('H49.02', 'document.sent', 'van-ban', at, value),
  reading('H49.02', 'document.signed', 'van-ban', at, signed),
];
const LEVELS = [
  ['2025-11-18 10:00:00', 7],
  ['2025-11-18 10:40:00', 100],
  ['2026-11-11 10:00:00', 20],
  ['2026-11-18 10:00:00', 30],
] as const;
const READINGS = [
  // a year ago: the log begins on 17 November 2025, a quarter to midnight
  ...sent('2025-11-17 23:45:00', 1),
  ...sent('2025-11-18 00:00:00', 40, 10),
  ...sent('2025-11-18 10:31:00', 500),
  // October's last minute and November's first, by the clock of Việt Nam; that of UTC calls both 31 October
  ...sent('2026-10-31 23:59:59', 3),
  ...sent('2026-11-01 00:00:00', 5),
  ...sent('2026-11-11 09:00:00', 60, 30),
  ...sent('2026-11-11 10:45:00', 900),
  ...sent('2026-11-17 12:00:00', 8),
  ...sent('2026-11-18 00:00:00', 80, 60),
  ...sent('2026-11-18 09:00:00', 10, 6),
  ...LEVELS.map(([at, value]) => reading('H49.02', 'portal.visitors', 'cong', at, value)),
];

/** Finished on a day, promised for another; `paused` longer than rule 766 allows to count is no matter here. */
const ended = (name: string, day: string, due: string, status = 9) => [
  dossier('H49.02', name, day, 2, `${day} 08:00:00`, { due: `${due} 17:00:00`, channel: 1 }),
  dossier('H49.02', name, day, status, `${day} 23:30:00`),
];
const DOSSIERS = [
  ...ended('a1', '2025-11-10', '2025-11-09'),
  ...ended('a2', '2025-11-18', '2025-11-20'),
  ...ended('a3', '2025-11-18', '2025-11-17'),
  ...ended('b1', '2026-08-25', '2026-08-25'),
  ...ended('c1', '2026-11-11', '2026-11-12'),
  ...ended('d1', '2026-11-12', '2026-11-11'),
  ...ended('d2', '2026-11-17', '2026-11-17'),
  ...ended('d3', '2026-11-17', '2026-11-20'),
  ...ended('d4', '2026-11-17', '2026-11-16', 7),
];
const SAID = '2026-11-02 09:00:00';
const ENTRIES = [
  ['2025-10', 7],
  ['2026-09', 8],
  ['2026-10', 9],
] as const;

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'reading_event', READINGS);
  await insert(store.writer, 'entry_event', ENTRIES.map(([period, value]) => entry('H49', 'staff.all', period, SAID, value))); // prettier-ignore
  for (const row of DOSSIERS) await insert(store.writer, 'dossier_event', [row]);
  await store.fold();
});
afterAll(() => store.close());

const metrics = 'document.sent';
/** Value and what it is compared with. */
const pair = async (query: string, params: Record<string, string | number>, at = AT) =>
  (await run(query, { params, at }))[0]?.slice(0, 2);

describe('a count', () => {
  it('of today is compared with the same weekday a week ago, yesterday and the same day a year ago, to the same minute', async () => {
    expect(await pair('count-sum', { metrics, days: 1 })).toEqual([90, 60]);
    // yesterday at half past ten nobody had sent any yet
    expect(await pair('count-sum', { metrics, days: 1, compare: 'period' })).toEqual([90, null]);
    expect(await pair('count-sum', { metrics, days: 1, compare: 'year' })).toEqual([90, 40]);
  });

  it('of seven days begins at a local midnight, and is compared with the seven before', async () => {
    expect(await pair('count-sum', { metrics, days: 7, compare: 'period' })).toEqual([98, 60]);
    expect(await pair('count-sum', { metrics, days: 18 })).toEqual([1063, null]);
    expect(await pair('count-sum', { metrics, days: 19 })).toEqual([1066, null]);
  });

  it('is not compared where the log does not reach the first day', async () => {
    expect(await pair('count-sum', { metrics, days: 30, compare: 'period' })).toEqual([1066, null]);
    expect(await pair('count-sum', { metrics, days: 7, compare: 'year' })).toEqual([98, null]);
    expect(await pair('count-sum', { metrics, days: 2, compare: 'year' })).toEqual([98, 41]);
  });

  it('of a 29 February is compared with the 28th', async () => {
    const leap = instant('2028-02-29 10:30:00');
    await insert(store.writer, 'reading_event', [...sent('2027-02-28 08:00:00', 4), ...sent('2028-02-29 08:00:00', 6)]);
    expect(await pair('count-sum', { metrics, days: 1, compare: 'year' }, leap)).toEqual([6, 4]);
  });

  it('as a share is compared alike', async () => {
    const share = { part: 'document.signed', whole: metrics, days: 1 };
    expect(await pair('count-share', { ...share, compare: 'week' })).toEqual([73.33, 50]);
    expect(await pair('count-share', { ...share, compare: 'year' })).toEqual([73.33, 25]);
    expect(await pair('count-share', { ...share, days: 7, compare: 'year' })).toEqual([67.35, null]);
  });

  it('by day has beside it the day that it is compared with', async () => {
    const rows = await run('count-by-time', { params: { metrics, days: 2, step_h: 24, compare: 'week' } });
    expect(rows.map(([t, , value, previous]) => [t, value, previous])).toEqual([
      [instant('2026-11-17 00:00:00'), 8, null],
      [instant('2026-11-18 00:00:00'), 90, 60],
    ]);
    const year = await run('count-by-time', { params: { metrics, days: 2, step_h: 24, compare: 'year' } });
    expect(year.map(([, , value, previous]) => [value, previous])).toEqual([[8, 1], [90, 40]]); // prettier-ignore
    const alone = await run('count-by-time', { params: { metrics, days: 2, step_h: 24 } });
    expect(alone.map(([, , value, previous]) => [value, previous])).toEqual([[8, null], [90, null]]); // prettier-ignore
  });

  it('by day has a day on which only the other was counted', async () => {
    const rows = await run('count-by-time', { params: { metrics, days: 8, step_h: 24, compare: 'period' } });
    expect(rows.map(([t, , value, previous, as_of]) => [t, value, previous, as_of])).toEqual([
      [instant('2026-11-11 00:00:00'), 960, null, instant('2026-11-11 10:45:00')],
      [instant('2026-11-17 00:00:00'), 8, null, instant('2026-11-17 12:00:00')],
      [instant('2026-11-18 00:00:00'), 90, null, instant('2026-11-18 09:00:00')],
    ]);
    const later = { at: instant('2026-11-25 10:30:00'), params: { metrics, days: 7, step_h: 24, compare: 'period' } };
    expect(
      (await run('count-by-time', later)).map(([t, , value, previous, as_of]) => [t, value, previous, as_of]),
    ).toEqual([
      [instant('2026-11-24 00:00:00'), null, 8, null],
      [instant('2026-11-25 00:00:00'), null, 90, null],
    ]);
  });
});

describe('a level', () => {
  const visitors = { metrics: 'portal.visitors', fresh_s: 3600 };

  it('is compared with what it was then, at the same time of day', async () => {
    expect(await pair('gauge-now', { ...visitors, compare: 'week' })).toEqual([30, 20]);
    expect(await pair('gauge-now', { ...visitors, compare: 'year' })).toEqual([30, 7]);
    expect(await pair('gauge-now', { ...visitors, compare: 'period' })).toEqual([30, null]);
    expect(await pair('gauge-now', visitors)).toEqual([30, null]);
  });

  it('by day has beside it the day that it is compared with', async () => {
    const rows = await run('gauge-by-time', {
      params: { ...{ metrics: 'portal.visitors', days: 1, step_h: 24 }, compare: 'year' },
    });
    expect(rows.map(([t, , value, previous]) => [t, value, previous])).toEqual([
      [instant('2026-11-18 00:00:00'), 30, 7],
    ]);
  });
});

describe('dossiers that ended', () => {
  it('are judged over some days by the rule that is asked for', async () => {
    // d1 is late; d2 is on its day but after the hour; d4 was withdrawn after its day
    expect(await pair('ended-in-time', { days: 7, rules: 'province' })).toEqual([75, 100]);
    const [by766] = await run('ended-in-time', { params: { days: 7, rules: '766' } });
    expect(by766?.slice(2)).toEqual([3, 4]);
  });

  it('are compared with a year ago, and not where none is known of the first day or before', async () => {
    expect(await pair('ended-in-time', { days: 7, compare: 'year' })).toEqual([75, 50]);
    expect(await pair('ended-in-time', { days: 30, compare: 'year' })).toEqual([80, null]);
  });

  it('are counted by local day, over more than a month too', async () => {
    const days = async (params: Record<string, string | number>) =>
      (await run('outcomes-by-day', { params })).filter(([, , value]) => value !== 0);
    const of = (day: string, series: string, value: number) => [instant(`${day} 00:00:00`), series, value];
    expect(await days({ days: 7 })).toEqual([
      of('2026-11-12', 'finished_late', 1),
      of('2026-11-17', 'finished_early', 1),
      of('2026-11-17', 'finished_on_time', 1),
    ]);
    expect(await days({ days: 90 })).toEqual([
      of('2026-08-25', 'finished_on_time', 1),
      of('2026-11-11', 'finished_early', 1),
      ...(await days({ days: 7 })),
    ]);
  });

  it('are judged day by day as over the days together, and a day without any has no row', async () => {
    const days = async (rules: string) => run('ended-in-time-by-day', { params: { days: 7, rules } });
    expect(await days('province')).toEqual([
      [instant('2026-11-12 00:00:00'), 0],
      [instant('2026-11-17 00:00:00'), 100],
    ]);
    expect((await days('766')).map(([, share]) => share)).toEqual([0, 33.33]);
    expect(await run('ended-in-time-by-day', { params: { days: 90 } })).toHaveLength(4);
  });

  it('are a part of those that were accepted, and those finished early a part of them', async () => {
    const steps = async (days: number, rules = 'province') => run('dossier-steps', { params: { days, rules } });
    expect(await steps(30)).toEqual([
      ['received', 5],
      ['finished', 4],
      ['finished_early', 2],
    ]);
    expect((await steps(90)).map(([, count]) => count)).toEqual([6, 5, 2]);
    expect((await steps(30, '766')).map(([, count]) => count)).toEqual([5, 4, 2]);
    const before = await run('dossier-steps', { at: instant('2020-01-01 00:00:00') });
    expect(before.map(([, count]) => count)).toEqual([null, null, null]);
  });

  it('are also read where they were accepted longer than thirty days ago', async () => {
    const known = async (days: number) => (await run('online-by-unit', { params: { days } }))[0]?.[4];
    expect(await known(30)).toBe(5);
    expect(await known(90)).toBe(6);
    const desk = async (days: number) => (await run('filed-by-channel', { params: { days } }))[1]?.[2];
    expect([await desk(30), await desk(90)]).toEqual([5, 6]);
  });
});

it('compares a stated figure with the period before, or the same period of last year', async () => {
  const all = { metric: 'staff.all' };
  expect(await pair('entry-newest', all)).toEqual([9, 8]);
  expect(await pair('entry-newest', { ...all, compare: 'year' })).toEqual([9, 7]);
  const before = instant('2026-11-02 08:00:00');
  expect(await pair('entry-newest', { ...all, compare: 'year' }, before)).toEqual([null, null]);
});
