import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { apology, AT, dossier, insert, instant, intake, reading, security } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

let store: TemporaryEngine;
let run: Run;

/** A dossier of H49.04 that was accepted on 9 November. */
const accepted = (name: string, due: string, holder?: string) =>
  dossier('H49.04', name, '2026-11-09', 2, '2026-11-09 08:00:00', { due, ...(holder === undefined ? {} : { holder }) });
const DOSSIERS = [
  ...Array.from({ length: 17 }, (_, n) => accepted(`bulk${n}`, '2026-11-30 17:00:00', 'Trần Thị B')),
  // due on the next morning, one of them in somebody's hands
  accepted('soon1', '2026-11-19 09:00:00', 'Nguyễn Văn A'),
  accepted('soon2', '2026-11-19 09:30:00'),
  // overdue: since midnight, and since a week, whose applicant was written to
  accepted('late1', '2026-11-17 16:00:00'),
  accepted('late2', '2026-11-10 16:00:00'),
  // a unit whose system names no holders
  dossier('H49.05', 'silent', '2026-11-09', 2, '2026-11-09 08:00:00', { due: '2026-11-19 09:00:00' }),
  dossier('H49.02', 'pause', '2026-10-01', 5, '2026-10-10 09:00:00'),
  dossier('H49.02', 'rest', '2026-11-10', 5, '2026-11-12 09:00:00'),
  dossier('H49.02', 'filed', '2026-11-16', 1, '2026-11-16 09:00:00', { channel: 2 }),
  dossier('H49.02', 'fresh', '2026-11-18', 1, '2026-11-18 09:00:00', { channel: 2 }),
];
const look = { of_family: 'link', name: 'bo-thu', limit_ms: 180_000, heard_at: instant('2026-11-18 10:20:00') };
const INTAKE = [
  intake('source', 'link/bo-thu', '2026-11-18 10:29:00', { ...look, is_silent: 1 }),
  intake('source', 'security/nids', '2026-11-18 10:29:00', { ...look, name: 'nids', is_silent: 0 }),
  ...[0, 7].map((dropped, n) =>
    intake('report', 'syslog', `2026-11-18 10:${n === 0 ? '20:00' : '29:40'}`, {
      ...{ entry: 'syslog', period_ms: 15_000, received: 100, dropped, kernel_dropped: n },
      ...{ queue_bytes: 5_000 * n, queue_limit_bytes: 10_000, oldest_ms: 40_000 * n },
    }),
  ),
  intake('report', 'snmp', '2026-11-18 10:20:00', { entry: 'snmp', dropped: 0, queue_bytes: 0, queue_limit_bytes: 100 }), // prettier-ignore
];
const letter = (source: string, n: number, received_at: string) => ({
  ...{ unit_path: '/H49/?/', source, entry: 'http', code: 'IOC_UNIT_UNKNOWN', reason: 'lạ', payload: '{}', simulated: 0 },
  letter_key: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  received_at: new Date(instant(received_at)).toISOString().replace('T', ' ').replace('Z', ''),
}); // prettier-ignore

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'dossier_event', DOSSIERS);
  await store.fold();
  await insert(store.writer, 'chase_event', [apology('H49.04', 'H49.04-late2', '2026-11-12 09:00:00')]);
  await insert(store.writer, 'reading_event', [
    reading('H49', 'dc.temperature', 'tu-1', '2026-11-18 10:29:00', 24.5),
    reading('H49', 'dc.temperature', 'tu-2', '2026-11-18 09:00:00', 31),
    reading('H49', 'dc.temperature', 'tu-3', '2026-11-18 10:29:00', null),
    reading('H49', 'dc.temperature', 'tu-4', '2026-11-01 09:00:00', 20),
    reading('H49', 'dc.humidity', 'tu-1', '2026-11-18 10:29:00', 50),
  ]);
  await insert(store.writer, 'security_event', [
    ...Array.from({ length: 15 }, (_, n) => security('H49.22', `2026-11-18 06:${String(n + 10)}:00`, 3)),
    ...Array.from({ length: 5 }, (_, n) => security('H49.22', `2026-11-18 07:${String(n + 10)}:00`, 0)),
    security('H49.22', '2026-11-18 10:05:00', 4),
    security('H49.22', '2026-11-18 10:18:30'),
  ]);
  await insert(store.writer, 'intake_event', INTAKE);
  const letters = [letter('moi', 1, '2026-11-18 10:10:00'), letter('moi', 2, '2026-11-18 01:00:00'), letter('cu', 3, '2026-11-14 01:00:00')]; // prettier-ignore
  await store.writer.insert({ table: 'log.dead_letter', values: letters, format: 'JSONEachRow' });
});
afterAll(() => store.close());

describe('what rules ask', () => {
  it('tells the risks of each unit with dossiers in progress, calm ones too', async () => {
    expect(await run('dossier-risks')).toEqual([
      // unit, running, overdue, percent, lapsed, due soon, unheld, no apology, paused, unaccepted
      ['H49.02', 0, 0, null, 0, 0, 0, 0, 1, 1],
      ['H49.04', 21, 2, 9.5, 1, 2, 1, 1, 0, 0],
      ['H49.05', 1, 0, null, 0, 1, null, 0, 0, 0],
    ]);
    expect((await run('dossier-risks', { scope: '/H49/H49.05/' })).map(([unit, running, , , , , unheld]) => [unit, running, unheld])).toEqual([['H49.05', 1, null]]); // prettier-ignore
    expect(await run('dossier-risks', { scope: '/H49/H49.09/' })).toEqual([]);
  });

  it('gives each series its newest reading, and no value to one that has fallen silent', async () => {
    expect(await run('readings-now', { params: { metrics: 'dc.temperature' } })).toEqual([
      ['tu-1', 'dc.temperature', 'H49', 'Phòng máy', 24.5],
      ['tu-2', 'dc.temperature', 'H49', 'Phòng máy', null],
      ['tu-3', 'dc.temperature', 'H49', 'Phòng máy', null],
    ]);
    expect((await run('readings-now', { params: { metrics: 'dc.humidity,dc.temperature', fresh_s: 7200 } })).map(([, , , , value]) => value)).toEqual([50, 24.5, 31, null]); // prettier-ignore
  });

  it('says how sensors do, and nothing of an hour or two days in which none spoke', async () => {
    expect(await run('security-watch')).toEqual([[11, 1, 23.8]]);
    expect(await run('security-watch', { at: AT + 3 * 3_600_000 })).toEqual([[191, null, 23.8]]);
    expect(await run('security-watch', { scope: '/H49/H49.09/' })).toEqual([[null, null, null]]);
  });

  it('says of each source whether it is silent, and of each entry what it dropped and what waits', async () => {
    expect(await run('sources-watch')).toEqual([
      ['link/bo-thu', 'link', 'bo-thu', 1, 10],
      ['security/nids', 'link', 'nids', 0, 10],
    ]);
    expect(await run('intake-watch')).toEqual([
      ['snmp', 'snmp', 0, null, null, 0],
      ['syslog', 'syslog', 8, 50, 40, 1],
    ]);
    const at = AT + 3_600_000;
    for (const id of ['sources-watch', 'intake-watch']) expect(await run(id, { at })).toEqual([]);
  });

  it('counts what was refused of each source within an hour and a day, calm ones too', async () => {
    expect(await run('refused-by-source')).toEqual([
      ['cu', 0, 0, 'IOC_UNIT_UNKNOWN'],
      ['moi', 1, 2, 'IOC_UNIT_UNKNOWN'],
    ]);
  });
});
