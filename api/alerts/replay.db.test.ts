import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { startTemporaryEngine, type TemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { dossier, insert, instant, link, reading } from '#dashboards/queries/test-province.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import { createStore } from '../store.ts';
import { replayRules } from './replay.ts';

let engine: TemporaryEngine;
let dashboards: Dashboards | undefined;
const DAY = '2026-11-18';
const time = (clock: string) => `${DAY} ${clock}`;
const minutes = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
/** A clock time of so many minutes after nine. */
const clock = (minute: number) =>
  `${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

/** The links of a ring of three, sampled each minute, cut from 9:20 to 9:41. */
const RING = ['H49.12', 'H49.12.01', 'H49.12.02'].flatMap((unit) => [
  ...minutes(0, 19).map((minute) => link(unit, 'sample', time(clock(minute)), 'vong-van-don')),
  link(unit, 'down', time('09:20:00'), 'vong-van-don'),
  link(unit, 'up', time('09:41:00'), 'vong-van-don'),
  ...minutes(42, 90).map((minute) => link(unit, 'sample', time(clock(minute)), 'vong-van-don')),
]);
/** A rack that warms from 9:30, past 30 °C from 9:33 to 9:50; another that was last read at 9:30. */
const HEAT = minutes(0, 90).flatMap((minute) => [
  reading('H49', 'dc.temperature', 'tu-1', time(clock(minute)), minute >= 33 && minute <= 50 ? 31.5 : 24),
  ...(minute <= 30 ? [reading('H49', 'dc.temperature', 'tu-2', time(clock(minute)), 23)] : []),
]);
/** Twenty dossiers in progress, five of them overdue since midnight until the desk finishes them at 9:40. */
const DOSSIERS = Array.from({ length: 20 }, (_, n) => {
  const due = n < 5 ? '2026-11-17 16:00:00' : '2026-11-30 16:00:00';
  const taken = dossier('H49.04', `n${n}`, '2026-11-09', 2, '2026-11-09 08:00:00', { due });
  return n < 5 ? [taken, dossier('H49.04', `n${n}`, '2026-11-09', 9, time('09:40:00'))] : [taken];
}).flat();

beforeAll(async () => {
  engine = await startTemporaryEngine();
  ({ dashboards } = await loadDashboards({ folder: join(import.meta.dirname, '../../dashboards'), province: 'quang-ninh-2019' })); // prettier-ignore
  await insert(engine.writer, 'link_event', RING);
  await insert(engine.writer, 'reading_event', HEAT);
  await insert(engine.writer, 'dossier_event', DOSSIERS);
  await engine.fold();
});
afterAll(() => engine.close());

it('replays a recorded morning through the rules: which alerts, when, and when they were over', async () => {
  if (!dashboards) throw new Error('nothing was loaded');
  const { rules, province } = dashboards;
  const names = ['ring-down', 'link-down', 'centre-down', 'dc-temperature', 'overdue-share', 'due-soon', 'threat-burst', 'fire-alarm']; // prettier-ignore
  const replayed = await replayRules({
    // long after that day: what was is read from the log
    store: createStore({ client: engine.reader, clock: () => instant('2026-11-20 10:00:00') }),
    rules: names.flatMap((name) => rules.get(name) ?? []),
    working: createWorkingTime(province.calendar),
    scope: province.units.root.path,
    from: instant(time('09:00:00')),
    to: instant(time('10:30:00')),
    step_ms: 60_000,
  });
  const said = (at: number | null) => (at === null ? null : new Date(at + 7 * 3_600_000).toISOString().slice(11, 19));
  expect(
    replayed.map(({ rule, unit, text, severity, onset_at, fired_at, resolved_at, value }) => [
      ...[rule, unit, text, severity, value],
      ...[said(onset_at), said(fired_at), said(resolved_at)],
    ]),
  ).toEqual([
    // five of twenty until 9:40, and kept for half an hour
    ['overdue-share', 'H49.04', '', 3, 25, '09:00:00', '09:15:00', '10:10:00'],
    // three links, one story
    ['ring-down', 'H49.12', 'vong-van-don', 4, 3, '09:20:00', '09:21:00', '09:43:00'],
    ['dc-temperature', 'H49', 'Phòng máy', 3, 31.5, '09:33:00', '09:35:00', '09:56:00'],
    // not read for a quarter of an hour
    ['dc-temperature', 'H49', 'Phòng máy', 2, null, '09:46:00', '09:48:00', null],
  ]);
}, 120_000);
