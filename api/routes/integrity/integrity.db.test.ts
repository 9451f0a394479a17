import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { dossierRow, insert } from '../../test-rows.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('findings', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW });
    const dossier = (
      n: number,
      unit: string,
      steps: { at: number; heard?: number; status: number }[],
      due_at: number,
    ) =>
      steps.map(({ at, heard = at + 60_000, status }) =>
        dossierRow({
          ...{ dossier_id: `${unit}-250102-${String(n).padStart(4, '0')}`, unit, unit_path: `/H49/${unit}/` },
          ...{ observed_at: at, received_at: heard, status, due_at },
        }),
      );
    const opened = { at: NOW - 10 * DAY, status: 2 };
    const asked = (at: number) => [
      { at, status: 5 },
      { at: at + HOUR, status: 4 },
    ];
    await insert(db.writer, 'dossier_event', [
      // ten that were said a moment ago to have ended two days ago, at their promise
      ...Array.from({ length: 10 }, (_, n) =>
        dossier(n, 'H49.01', [opened, { at: NOW - 2 * DAY + n, heard: NOW - n * 1_000, status: 9 }], NOW - 2 * DAY + n),
      ).flat(),
      // asked for papers twice; and one that ended while they were awaited
      ...dossier(1, 'H49.02', [opened, ...asked(NOW - 8 * DAY), ...asked(NOW - 7 * DAY)], NOW + DAY),
      ...dossier(2, 'H49.02', [opened, { at: NOW - 2 * DAY, status: 5 }, { at: NOW - DAY, status: 9 }], NOW + DAY),
      // told to be finished, and not when
      ...dossier(3, 'H49.02', [opened, { at: NOW - DAY, heard: NOW - DAY, status: 9 }], NOW + DAY),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const ask = async (query = '') => (await fetch(`${api.url}/api/integrity?${query}`)).json();

  it('say by unit what was seen, and of how many', async () => {
    const reply: unknown = await ask();
    expect(reply).toMatchObject({
      ...{ at: NOW, to: NOW, from: NOW - 31 * DAY, dossiers: 13 },
      findings: [
        { code: 'finish_told_later_in_burst', unit: 'H49.01', count: 10, of: 10 },
        { code: 'finish_equals_promise', unit: 'H49.01', count: 10, of: 10 },
        { code: 'finish_out_of_pause', unit: 'H49.02', count: 1, of: 2, dossier_ids: ['H49.02-250102-0002'] },
        { code: 'supplement_repeated', unit: 'H49.02', count: 1, of: 3, dossier_ids: ['H49.02-250102-0001'] },
        { code: 'finish_undated', unit: 'H49.02', count: 1, of: 2, dossier_ids: ['H49.02-250102-0003'] },
      ],
    });
  });

  it('are of the span alone', async () => {
    // what ended in it, and what was accepted in it and is open: neither
    expect(await ask('from=2025-01-13T12:00:00Z&to=2025-01-14T00:00:00Z')).toMatchObject({ dossiers: 0, findings: [] });
    expect(await ask('from=2025-01-14T00:00:00Z')).toMatchObject({ dossiers: 2 });
    expect(await ask('unit=H49.01&from=2025-01-13T00:00:00Z')).toMatchObject({ dossiers: 10 });
  });
});
