import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EMPTY_CURVE, fateOf, forecastLate, withFate, type Curve } from '#ingest/dossier/forecast.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { dossierRow, insert } from '../../test-rows.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const HOUR = 3_600_000;
const UNITS = ['H49.01', 'H49.02'];
const PROCEDURES = ['1.000001', '1.000002'];
const DetailSchema = z.object({ forecast: z.record(z.string(), z.union([z.number(), z.string()])).nullable() });

/** Dossiers of both units and procedures, accepted and promised on odd hours; some end early, some late, some not at all. */
const PAST = Array.from({ length: 120 }, (_, n) => {
  const accepted_at = NOW - (40 + (n % 37)) * 24 * HOUR - n * 61_000;
  const due_at = accepted_at + (20 + (n % 23) * 20) * HOUR;
  const ended_at = n % 11 === 0 ? null : accepted_at + (due_at - accepted_at) * ((n % 29) / 22);
  const unit = UNITS[n % 2] ?? '';
  return {
    dossier_id: `${unit}-241201-${String(n).padStart(4, '0')}`,
    unit,
    procedure_code: PROCEDURES[n % 5 === 0 ? 1 : 0] ?? '',
    accepted_at,
    due_at,
    ended_at: ended_at === null ? null : Math.floor(ended_at),
  };
});

describe('the forecast of a dossier', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW });
    const open = UNITS.map((unit, n) => ({
      ...{ dossier_id: `${unit}-250110-000${n}`, unit, procedure_code: PROCEDURES[n] ?? '' },
      ...{ accepted_at: NOW - 30 * HOUR, due_at: NOW + 30 * HOUR, ended_at: null },
    }));
    const paused = { ...PAST[1], dossier_id: 'H49.01-241201-9999', unit: 'H49.01', accepted_at: NOW - 99 * HOUR };
    await insert(db.writer, 'dossier_event', [
      ...[...PAST, ...open].flatMap(({ accepted_at, ended_at, ...same }) => {
        const base = { ...same, unit_path: `/H49/${same.unit}/` };
        const accepted = dossierRow({ ...base, observed_at: accepted_at });
        return ended_at === null ? [accepted] : [accepted, dossierRow({ ...base, observed_at: ended_at, status: 9 })];
      }),
      dossierRow({ ...paused, due_at: NOW - HOUR, observed_at: NOW - 99 * HOUR }),
      dossierRow({ ...paused, due_at: NOW - HOUR, observed_at: NOW - 98 * HOUR, status: 5 }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const forecast = async (id: string, query = '') =>
    DetailSchema.parse(await (await fetch(`${api.url}/api/dossiers/${id}${query}`)).json()).forecast;
  const curve = (of: (one: (typeof PAST)[number]) => boolean): Curve =>
    PAST.filter(of).reduce((known, one) => withFate(known, fateOf(one, NOW) ?? Number.NaN), EMPTY_CURVE);

  it.each(UNITS)(
    'in %s is that of the pure function on the same past, whatever the store did in between',
    async (unit) => {
      const n = UNITS.indexOf(unit);
      const procedure_code = PROCEDURES[n];
      const expected = forecastLate(0.5, {
        all: curve(() => true),
        procedure: curve((one) => one.procedure_code === procedure_code),
        procedure_unit: curve((one) => one.procedure_code === procedure_code && one.unit === unit),
      });
      expect(expected?.open).toBeGreaterThan(10);
      expect(await forecast(`${unit}-250110-000${n}`)).toEqual(expected);
      // learnt a moment ago
      expect(await forecast(`${unit}-250110-000${n}`)).toEqual(expected);
    },
  );

  it('is none for a dossier that has ended, rests, or is looked at as of the past', async () => {
    expect(await forecast('H49.02-241201-0001')).toBeNull();
    expect(await forecast('H49.01-241201-9999')).toBeNull();
    expect(await forecast('H49.01-250110-0000', '?at=2025-01-15T02:00:00Z')).toBeNull();
  });

  it('says that a promise which has passed has passed', async () => {
    expect(await forecast('H49.01-241201-0000')).toMatchObject({ level: 'passed', probability: 1 });
  });
});
