import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { AT, dossier, insert, instant, intake, link, screen, security, waiting } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

let store: TemporaryEngine;
let run: Run;

/** A dossier that H49.04 has accepted on 9 November. */
const bulk = (n: number, due: string) =>
  dossier('H49.04', `bulk${n}`, '2026-11-09', 2, '2026-11-09 08:00:00', { due, channel: 1 });

const FIRST = [
  dossier('H49.01', 'a1', '2026-11-18', 2, '2026-11-18 08:15:00', { due: '2026-11-23 17:00:00', channel: 2 }),
  dossier('H49.01.03', 'a2', '2026-11-18', 2, '2026-11-18 09:05:00', { due: '2026-11-20 17:00:00', channel: 1 }),
  dossier('H49.01', 'b1', '2026-11-11', 2, '2026-11-11 09:00:00', { due: '2026-11-17 16:30:00', channel: 2 }),
  dossier('H49.02.01', 'b2', '2026-11-01', 2, '2026-11-01 09:00:00', { due: '2026-11-10 17:00:00', channel: 3 }),
  dossier('H49.02', 'b3', '2026-10-01', 2, '2026-10-01 09:00:00', { due: '2026-10-10 17:00:00', channel: 1 }),
  dossier('H49.02', 'b4', '2026-11-03', 2, '2026-11-03 09:00:00', { due: '2026-11-10 17:00:00', channel: 1 }),
  dossier('H49.01', 'b5', '2026-11-11', 2, '2026-11-11 11:00:00', { due: '2026-11-20 17:00:00', channel: 1 }),
  dossier('H49.01', 'b6', '2026-11-11', 2, '2026-11-11 08:00:00', { due: '2026-11-17 17:00:00', channel: 1 }),
  dossier('H49.01', 'b7', '2026-11-02', 2, '2026-11-02 08:00:00', { due: '2026-11-05 07:00:00', channel: 1 }),
  dossier('H49.01', 'b8', '2026-11-02', 2, '2026-11-02 09:00:00', { due: '2026-11-04 17:00:00', channel: 1 }),
  dossier('H49.01', 'b9', '2026-10-20', 2, '2026-10-20 09:00:00', { due: '2026-10-29 17:00:00', channel: 1 }),
  dossier('H49.01', 'b10', '2026-11-10', 10, '2026-11-16 10:00:00'),
  dossier('H49.01', 'submitted', '2026-11-18', 1, '2026-11-18 08:30:00', { channel: 2 }),
  dossier('H49.02', 'n1', 'no-day', 2, '2026-11-18 10:00:00', { due: '2026-11-18 09:00:00', channel: 1 }),
  dossier('?', 'u1', '2026-11-18', 2, '2026-11-18 07:50:00'),
  dossier('H49.03', 'c1', '2026-11-16', 2, '2026-11-16 09:00:00', { due: '2026-11-17 09:00:00', channel: 1 }),
  ...Array.from({ length: 15 }, (_, n) => bulk(n, '2026-11-30 17:00:00')),
];
/** Comes later, partly out of order. */
const LATER = [
  dossier('H49.01', 'b9', '2026-10-20', 9, '2026-10-30 15:00:00'),
  dossier('H49.01', 'b8', '2026-11-02', 7, '2026-11-06 10:00:00'),
  dossier('H49.01', 'b7', '2026-11-02', 9, '2026-11-05 08:00:00'),
  dossier('H49.01', 'b6', '2026-11-11', 9, '2026-11-18 09:40:00'),
  dossier('H49.01', 'b5', '2026-11-11', 9, '2026-11-12 10:00:00'),
  dossier('H49.01', 'b10', '2026-11-10', 2, '2026-11-10 08:00:00', { due: '2026-11-20 17:00:00', channel: 1 }),
  dossier('H49.02', 'b4', '2026-11-03', 5, '2026-11-04 09:00:00'),
  dossier('H49.01', 'b1', '2026-11-11', 4, '2026-11-12 09:00:00'),
  dossier('H49.01.03', 'a2', '2026-11-18', 4, '2026-11-18 09:30:00'),
  dossier('H49.02', 'b3', '2026-10-01', 0, '2026-11-18 10:00:00'),
  bulk(15, '2026-11-13 08:00:00'),
  bulk(16, '2026-11-11 08:00:00'),
  bulk(17, '2026-11-17 08:00:00'),
  bulk(18, '2026-11-12 08:00:00'),
  bulk(19, '2026-11-16 08:00:00'),
  dossier('H49.04', 'bulk0', '2026-11-09', 0, '2026-11-18 10:10:00'),
];
const again = { received: '2026-11-18 10:20:00' };
/** Sent again: the same events, seen later. */
const REPEATED = [
  dossier('H49.01', 'a1', '2026-11-18', 2, '2026-11-18 08:15:00', { due: '2026-11-23 17:00:00', channel: 2, ...again }),
  dossier('H49.01', 'b6', '2026-11-11', 9, '2026-11-18 09:40:00', again),
];
const SCREENS = [
  screen('H49', 'Phòng họp', '2026-11-18 10:29:40', '2026-11-18 10:29:39'),
  // it draws no more, whatever it goes on to say; one is silent; one was dead before it was switched off
  screen('H49.02', 'Sảnh', '2026-11-18 10:29:50', '2026-11-18 10:20:00'),
  screen('H49', 'Hành lang', '2026-11-18 10:27:50', '2026-11-18 10:27:50'),
  screen('H49.02', 'Kho', '2026-11-18 09:00:00', '2026-11-18 08:00:00'),
  screen('H49.02', 'Kho', '2026-11-18 09:30:00'),
];
const RING = 'vong-van-don';
const LINKS = [
  ...['H49.12', 'H49.12.01', 'H49.12.02'].flatMap((unit) => [
    link(unit, 'sample', '2026-11-18 10:23:30', RING),
    link(unit, 'down', '2026-11-18 10:24:00', RING),
    link(unit, 'down', '2026-11-18 10:24:30', RING),
  ]),
  link('H49.01', 'sample', '2026-11-18 10:29:30', 'vong-a'),
  link('H49.03', 'sample', '2026-11-18 10:00:00', 'vong-a'),
  link('H49.02.01', 'sample', '2026-11-18 10:19:30'),
  link('H49.02.01', 'down', '2026-11-18 10:20:00'),
  link('H49.05', 'up', '2026-11-10 08:00:00'),
  // nobody samples it: it is told to be down, up and down again
  link('H49.06', 'down', '2026-11-18 09:00:00'),
  link('H49.06', 'up', '2026-11-18 09:30:00'),
  link('H49.06', 'down', '2026-11-18 10:05:00'),
];
const minutes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => String(from + n).padStart(2, '0'));
const SECURITY = [
  ...minutes(11, 16).map((minute) => security('H49.22', `2026-11-18 10:${minute}:00`, 3)),
  ...minutes(21, 26).map((minute) => security('H49.22', `2026-11-18 10:${minute}:00`, minute === '26' ? 4 : 3)),
  security('H49.22', '2026-11-18 09:10:00', 1),
  security('H49.23', '2026-11-18 09:15:00', 0),
  security('H49.23', '2026-11-18 08:15:00'),
  security('H49.23', '2026-11-17 22:00:00', 2),
  // in the second of AT, and after it
  security('H49.23', '2026-11-18 10:30:00.400', 1),
];
const READINGS = [
  waiting('H49.01', '2026-11-18 10:29:00', 5),
  waiting('H49.01', '2026-11-18 10:20:00', 50, '2026-11-18 10:29:59'),
  waiting('H49.02', '2026-11-18 10:25:00', 7),
  waiting('H49.02', '2026-11-18 10:28:00', null),
  waiting('H49.03', '2026-11-18 10:00:00', 9),
];
const look = { of_family: 'link', name: 'test', limit_ms: 180_000 };
const INTAKE = [
  intake('source', 'link/test', '2026-11-18 10:20:00', { ...look, is_silent: 0 }),
  intake('source', 'link/test', '2026-11-18 10:29:00', { ...look, is_silent: 1 }),
  intake('source', 'security/test', '2026-11-18 10:29:00', { ...look, of_family: 'security', is_silent: 0 }),
  intake('silent', 'link/test', '2026-11-18 10:27:00', { ...look, is_silent: 1 }),
  intake('report', 'eve/test', '2026-11-18 10:26:00', { entry: 'eve', name: 'test', accepted: 20, rejected: 1 }),
  intake('report', 'eve/test', '2026-11-18 10:27:00', { entry: 'eve', name: 'test', accepted: 30, rejected: 0 }),
  ...[0, 12].map((dropped, n) =>
    intake('report', 'syslog', `2026-11-18 10:29:${String(15 * n + 10)}`, {
      ...{
        entry: 'syslog',
        period_ms: 15_000,
        received: 100,
        dropped,
        kernel_dropped: n,
        faulty: 2,
        oldest_ms: 40_000,
      },
      ...{ queue_bytes: 5_000 * n, queue_limit_bytes: 10_000, error: n === 1 ? 'spool_full' : '' },
    }),
  ),
];

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  for (const batch of [FIRST, LATER, REPEATED]) {
    await insert(store.writer, 'dossier_event', batch);
    await store.fold();
  }
  for (const batch of [LINKS.slice(3), LINKS.slice(0, 5)]) await insert(store.writer, 'link_event', batch);
  await insert(store.writer, 'display_event', SCREENS);
  await insert(store.writer, 'security_event', SECURITY);
  await insert(store.writer, 'intake_event', INTAKE);
  await insert(store.writer, 'reading_event', READINGS.slice(0, 1));
  await insert(store.writer, 'reading_event', READINGS);
});
afterAll(() => store.close());

/** The hours and values that are set, of rows (t, …, value) over 24 hours. */
const byHour = (rows: (string | number | null)[][]) =>
  rows
    .filter((row) => row.at(-1) !== 0 && row.at(-1) !== null)
    .map(([t, ...rest]) => [(Number(t) - instant('2026-11-18 00:00:00')) / 3_600_000, ...rest]);

describe('figures', () => {
  it('counts what was accepted today, and by this minute a week ago', async () => {
    expect(await run('received-today')).toEqual([[4, 2]]);
  });

  it('counts as on time what ended by its promised day, or was withdrawn', async () => {
    expect(await run('on-time-month')).toEqual([[80, 5, 4]]);
  });

  it('counts as overdue what is in progress past its promised day, not what is paused', async () => {
    expect(await run('overdue-now')).toEqual([[9, 28, 3]]);
  });

  it('counts links up without those fallen silent, and names the unit that lost most', async () => {
    expect(await run('links-up')).toEqual([[2, 8, 'H49.12']]);
  });

  it('counts alerts since midnight, not records', async () => {
    expect(await run('threats-today')).toEqual([[14, 12]]);
  });

  it('sums the newest readings that are fresh and have a value', async () => {
    expect(await run('desks-waiting')).toEqual([[5, 1]]);
  });

  it('gives nothing rather than zero where nothing is known', async () => {
    const scope = '/H49/H49.09/';
    expect(await run('received-today', { scope })).toEqual([[null, null]]);
    expect(await run('on-time-month', { scope })).toEqual([[null, 0, 0]]);
    expect(await run('overdue-now', { scope })).toEqual([[null, 0, 0]]);
    expect(await run('links-up', { scope })).toEqual([[null, 0, '']]);
    expect(await run('threats-today', { scope })).toEqual([[null, 0]]);
    expect(await run('threats-last-hour', { scope })).toEqual([[null, null]]);
    expect(await run('threats-unclassified', { scope })).toEqual([[null, null]]);
    expect(await run('threats-passed', { scope })).toEqual([[null, 0]]);
    expect(await run('desks-waiting', { scope })).toEqual([[null, 0]]);
    expect(await run('overdue-by-unit', { scope })).toEqual([]);
    for (const id of ['alerts-overdue', 'silent-units', 'incidents', 'alerts-security', 'alerts-screens'])
      expect(await run(id, { scope })).toEqual([]);
  });
});

describe('series', () => {
  it('has every hour of the last 24, the running one last', async () => {
    const rows = await run('received-by-hour');
    expect(rows.map(([t]) => t)).toEqual(
      Array.from({ length: 24 }, (_, n) => instant('2026-11-17 11:00:00') + n * 3_600_000),
    );
    expect(rows.map(([, value]) => value)).toEqual([...Array.from({ length: 20 }, () => 0), 1, 1, 1, 1]);
  });

  it('knows nothing of the hours after the last word', async () => {
    const rows = await run('received-by-hour', { at: instant('2026-11-18 13:30:00') });
    expect(rows.slice(-4).map(([, value]) => value)).toEqual([1, null, null, null]);
  });

  it('puts what came beside what went', async () => {
    expect(byHour(await run('in-out-by-hour'))).toEqual([[7, 'in', 1], [8, 'in', 1], [9, 'in', 1], [9, 'out', 1], [10, 'in', 1]]); // prettier-ignore
  });

  it('gives the share of each day, and none for a day without an end', async () => {
    const rows = await run('on-time-by-day');
    expect(rows[0]).toEqual([instant('2026-10-20 00:00:00'), null]);
    const days = rows.filter(([, value]) => value !== null).map(([t, value]) => [new Date(Number(t) + 7 * 3_600_000).toISOString().slice(5, 10), value]); // prettier-ignore
    expect(days).toEqual([['10-30', 0], ['11-05', 100], ['11-06', 100], ['11-12', 100], ['11-16', 100], ['11-18', 0]]); // prettier-ignore
  });

  it('gives threats by severity, zero where sensors spoke of other things, none where they were silent', async () => {
    const rows = await run('threats-by-hour');
    expect(rows).toHaveLength(120);
    expect(byHour(rows)).toEqual([
      [-2, 'medium', 1],
      [9, 'unclassified', 1],
      [9, 'low', 1],
      [10, 'high', 11],
      [10, 'critical', 1],
    ]);
    const hours = new Map(rows.map(([t, series, value]) => [`${(Number(t) - instant('2026-11-18 00:00:00')) / 3_600_000} ${series}`, value])); // prettier-ignore
    expect([hours.get('8 low'), hours.get('7 low')]).toEqual([0, null]);
    expect(byHour(await run('threats-total-by-hour'))).toEqual([[-2, 1], [9, 2], [10, 12]]); // prettier-ignore
  });

  it('counts up to the very instant, not up to its second', async () => {
    const low = async (at: number) =>
      byHour(await run('threats-by-hour', { at })).filter(([, series]) => series === 'low');
    expect(await low(AT + 399)).toEqual([[9, 'low', 1]]);
    expect(await low(AT + 400)).toEqual([[9, 'low', 1], [10, 'low', 1]]); // prettier-ignore
    const total = byHour(await run('threats-total-by-hour', { at: AT + 400 }));
    expect(total.at(-1)).toEqual([10, 13]);
  });

  it('sums the mean of each desk, and has a gap without readings', async () => {
    const rows = await run('desks-waiting-by-hour');
    expect(rows.slice(-2).map(([, value]) => value)).toEqual([null, 43.5]);
  });
});

describe('shares and lists', () => {
  it('ranks child units by what is overdue', async () => {
    expect(await run('overdue-by-unit')).toEqual([
      ['H49.03', 'H49.03', 100, 1, 1],
      ['H49.02', 'H49.02', 66.7, 2, 3],
      ['H49.01', 'H49.01', 33.3, 1, 3],
      ['H49.04', 'H49.04', 25, 5, 20],
      ['?', '?', 0, 0, 1],
    ]);
  });

  it('shows a district its communes, and its own desk beside them', async () => {
    expect(await run('overdue-by-unit', { scope: '/H49/H49.02/' })).toEqual([
      ['H49.02.01', 'H49.02.01', 100, 1, 1],
      ['H49.02', 'H49.02', 50, 1, 2],
    ]);
    const silent = await run('silent-units', { scope: '/H49/H49.02/' });
    expect(silent.map(([, , , unit, since]) => [unit, since])).toEqual([['H49.02.01', instant('2026-11-01 09:00:01')]]);
  });

  it('parts the overdue by how long', async () => {
    expect(await run('overdue-by-age')).toEqual([['late_1_3d', 4], ['late_4_7d', 2], ['late_8_15d', 2], ['late_16_30d', 0], ['late_31d', 1]]); // prettier-ignore
  });

  it('parts what was accepted by way of filing, leaving out what is not known', async () => {
    expect(await run('filed-by-channel')).toEqual([['online', 6.1, 2, 2], ['desk', 90.9, 30, 1], ['post', 3, 1, 3]]); // prettier-ignore
  });

  it('gives each unit its link, down when its ring is', async () => {
    const since = instant('2026-11-18 10:23:30');
    expect(await run('links-by-unit')).toEqual([
      ['tslcd-H49.01', 'H49', 'H49.01', 1, 0, 1, '', null],
      ['tslcd-H49.02.01', 'H49', 'H49.02', 0, 1, 1, '', instant('2026-11-18 10:19:30')],
      ['tslcd-H49.03', 'H49', 'H49.03', 1, 0, 1, '', null],
      ['tslcd-H49.05', 'H49', 'H49.05', 1, 0, 1, '', null],
      ['tslcd-H49.06', 'H49', 'H49.06', 0, 1, 1, '', instant('2026-11-18 10:05:00')],
      ['tslcd-H49.12', 'H49', 'H49.12', 0, 3, 3, RING, since],
    ]);
  });

  it('draws the rings and links that are known, and how each is', async () => {
    const rows = await run('network');
    expect(rows).toContainEqual(['ring', RING, 'vong-tinh', 'H49.12', 'down', 3]);
    const states = new Map(rows.filter(([part]) => part === 'link').map(([, id, , , state]) => [id, state]));
    const told = ['tslcd-H49.12', 'tslcd-H49.06', 'tslcd-H49.03', 'tslcd-H49.04.01'].map((id) => states.get(id));
    expect(told).toEqual(['down', 'down', 'silent', 'unheard']);
  });

  it('says what is wrong now, one row a cause, worst first', async () => {
    const since = [instant('2026-11-18 10:23:30'), instant('2026-11-18 10:05:00'), instant('2026-11-18 10:19:30')];
    const heard = instant('2026-11-16 09:00:01');
    expect(await run('incidents')).toEqual([
      // the district itself may have its second link, of which nothing is known: it is counted as cut off
      [`ring_down:${RING}`, 4, 'ring_down', 'H49.12', since[0], 3, 3, 0, RING, RING, '', 'links', RING, '', 'down'],
      ...['tslcd-H49.06', 'tslcd-H49.02.01'].map((id, n) => {
        const [unit, severity] = n === 0 ? ['H49.06', 3] : ['H49.02.01', 2];
        // no dossier of that commune was heard of for days: one story with its link
        return [
          `link_down:${id}`,
          severity,
          'link_down',
          unit,
          since[1 + n],
          1,
          1,
          n,
          id,
          '',
          id,
          'links',
          '',
          id,
          'down',
        ];
      }),
      ['unit_silent:H49.03', 2, 'unit_silent', 'H49.03', heard, null, null, null, '', '', '', 'sources', '', '', ''],
    ]);
    expect(await run('alerts-security')).toEqual([
      ['threat_burst:H49.22', 4, 'threat_burst', 'H49.22', instant('2026-11-18 10:10:00'), 12, 1, ''],
    ]);
    expect(await run('alerts-overdue')).toEqual([
      ['overdue_share:H49.04', 3, 'overdue_share', 'H49.04', instant('2026-11-17 08:00:00'), 25, 5, ''],
    ]);
    expect(await run('silent-units')).toEqual([
      ['unit_silent:H49.03', 2, 'unit_silent', 'H49.03', instant('2026-11-16 09:00:01'), null, null, ''],
    ]);
  });

  it('says how long each link was down, and what share of the known time it was up', async () => {
    const of = (params: Record<string, string | number>, scope = '/H49/') =>
      run('link-availability', { params, scope });
    const t = AT - 86_400_000;
    expect(await of({ by: 'link' })).toEqual([
      // told to be down, up and down again: an hour and a half are known, 55 minutes of it down
      ['tslcd-H49.06', 'H49.06', t, 38.88, 55],
      ['tslcd-H49.02.01', 'H49.02.01', t, 4.76, 10],
      ...['H49.12', 'H49.12.01', 'H49.12.02'].map((unit) => [`tslcd-${unit}`, unit, t, 7.69, 6]),
      ['tslcd-H49.01', 'H49.01', t, 100, 0],
      // it only tells of changes; H49.03 was sampled and is not heard: nothing is known of it, which is not down
      ['tslcd-H49.05', 'H49.05', t, 100, 0],
    ]);
    expect((await of({ by: 'link', measure: 'down' })).slice(0, 2).map(([label, , , value]) => [label, value])).toEqual(
      [
        ['tslcd-H49.06', 55],
        ['tslcd-H49.02.01', 10],
      ],
    );
    const all = await of({});
    expect(all.map(([label, unit, , , down]) => [label, unit, down])).toEqual([['', expect.any(String), 83]]);
    expect(await of({}, '/H49/H49.09/')).toEqual([]);
    const hours = await of({ by: 'unit', step_h: 1 });
    const six = hours.filter(([label]) => label === 'H49.06').map(([, , from, value]) => [(Number(from) - instant('2026-11-18 00:00:00')) / 3_600_000, value]); // prettier-ignore
    expect(six).toEqual([[9, 50], [10, 16.66]]); // prettier-ignore
    expect(hours.filter(([label]) => label === 'H49.05')).toHaveLength(24);
    expect(await of({ by: 'unit' }, '/H49/H49.12/')).toHaveLength(3);
    const days = await of({ by: 'unit', hours: 168, step_h: 24 });
    expect(days.filter(([label]) => label === 'H49.05').map(([, , from]) => from)).toContain(instant('2026-11-12 00:00:00')); // prettier-ignore
  });

  it('tells alerts of security apart by what sensors said of them, and counts those of a day', async () => {
    // no sensor spoke in the day before yesterday's hour
    expect(await run('threats-last-hour')).toEqual([[12, null]]);
    expect(await run('threats-unclassified')).toEqual([[1, 14]]);
    expect(await run('threats-passed')).toEqual([[12, 0]]);
    expect(await run('threats-by-unit')).toEqual([['H49.22', 'H49.22', 13], ['H49.23', 'H49.23', 2]]); // prettier-ignore
    expect(await run('threats-by-unit', { scope: '/H49/H49.22/' })).toEqual([['H49.22', 'H49.22', 13]]);
    // a unit without alerts has none, rather than nothing known of it
    const children = new Map((await run('threats-by-child')).map(([unit, value]) => [unit, value]));
    expect([children.get('H49.22'), children.get('H49.23'), children.get('H49.05')]).toEqual([13, 2, 0]);
    expect(await run('threats-just-now')).toEqual([['H49.22', 'H49.22', instant('2026-11-18 10:26:00'), 4]]);
    expect(await run('threats-by-category')).toEqual([['-', 15]]);
    expect(await run('threats-by-action')).toEqual([['-', 15]]);
    expect(await run('threats-by-asset')).toEqual([['may-1', 15]]);
    const newest = await run('threats-newest');
    expect(newest).toHaveLength(15);
    expect(newest[0]?.slice(1, 5)).toEqual([instant('2026-11-18 10:26:00'), 4, 'H49.22', 'ET SCAN']);
  });

  it('says how each source is against its limit, what waits and what was lost', async () => {
    const sources = await run('sources-health');
    const of = (id: string) => sources.find(([first]) => first === id);
    expect(sources[0]?.[0]).toBe('link/test');
    expect(of('link/test')?.slice(4, 6)).toEqual([0, 180_000]);
    expect(of('security/test')?.slice(4, 6)).toEqual([null, 180_000]);
    expect(of('dossier/test')?.slice(4)).toEqual([null, null, expect.any(Number), 10, 0]);
    expect(await run('sources-sending')).toEqual([[1, 2]]);
    expect(await run('sources-rate')).toEqual([[10, 1]]);
    expect(await run('dropped-today')).toEqual([[13, 1]]);
    expect(await run('queue-oldest')).toEqual([[40]]);
    expect(await run('queues')).toEqual([['syslog', 'syslog', instant('2026-11-18 10:29:25'), 60_000, 400, 5_000, 10_000, 40_000, 13, 4, 0, 'spool_full']]); // prettier-ignore
    expect((await run('alerts-sources')).map(([id, severity, kind]) => [id, severity, kind])).toEqual([
      ['queue_trouble:syslog', 4, 'queue_spool_full'],
      ['source_silent:link/test', 3, 'source_silent'],
    ]);
    expect((await run('latest-sources')).map(([, t, , type, , text]) => [t, type, text])).toEqual([[instant('2026-11-18 10:27:00'), 'intake.silent', 'test']]); // prettier-ignore
    expect(await run('refused-today')).toEqual([[0, 0]]);
    expect(await run('refused-by-reason')).toEqual([]);
  });

  it('knows nothing of sources and queues while nobody reports', async () => {
    const at = instant('2026-11-18 12:00:00');
    expect(await run('sources-sending', { at })).toEqual([[null, null]]);
    expect(await run('sources-rate', { at })).toEqual([[null, 0]]);
    expect(await run('queue-oldest', { at })).toEqual([[null]]);
    expect((await run('sources-health', { at })).map((row) => row[7])).toEqual(expect.arrayContaining([null]));
    expect(await run('alerts-sources', { at })).toEqual([]);
  });

  it('names screens that draw no more, but none that was switched off', async () => {
    expect(await run('alerts-screens')).toEqual([
      ['screen_dead:man-Hành lang', 3, 'screen_dead', 'H49', instant('2026-11-18 10:27:50'), null, null, 'Hành lang'],
      ['screen_dead:man-Sảnh', 3, 'screen_dead', 'H49.02', instant('2026-11-18 10:20:00'), null, null, 'Sảnh'],
    ]);
  });

  it('calls no unit silent when most are: that is a day off', async () => {
    expect(await run('silent-units', { at: instant('2026-11-20 10:30:00') })).toEqual([]);
  });

  it('tells what just happened, a ring as one row, samples and inner steps not at all', async () => {
    const [dossiers, links, security] = await Promise.all([
      run('latest-dossiers'),
      run('latest-links'),
      run('latest-security'),
    ]);
    expect(links.map(([, t, , type, unit, text]) => [t, type, unit, text])).toEqual([
      [instant('2026-11-18 10:24:00'), 'link.down', expect.stringContaining('H49.12'), RING],
      [instant('2026-11-18 10:20:00'), 'link.down', 'H49.02.01', ''],
      [instant('2026-11-18 10:05:00'), 'link.down', 'H49.06', ''],
      [instant('2026-11-18 09:30:00'), 'link.up', 'H49.06', ''],
      [instant('2026-11-18 09:00:00'), 'link.down', 'H49.06', ''],
    ]);
    expect(dossiers.map(([, , , type, unit, text]) => [type, unit, text])).toEqual([
      ['dossier.received', 'H49.02', 'Thủ tục n1'],
      ['dossier.finished', 'H49.01', 'Thủ tục b6'],
      ['dossier.received', 'H49.01.03', 'Thủ tục a2'],
      ['dossier.submitted', 'H49.01', 'Thủ tục submitted'],
      ['dossier.received', 'H49.01', 'Thủ tục a1'],
      ['dossier.received', '?', 'Thủ tục u1'],
    ]);
    expect(security).toHaveLength(12);
    for (const rows of [dossiers, links, security])
      expect(rows.map(([, t]) => t)).toEqual(rows.map(([, t]) => t).sort((a, b) => Number(b) - Number(a)));
  });
});
