import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { dossierRow, insert } from '../test-rows.ts';
import { DOSSIER_STATES } from './dossiers/queries.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const HOUR = 3_600_000;
const CountsSchema = z.record(z.enum(DOSSIER_STATES), z.number());
const ListSchema = z.object({
  at: z.number(),
  next: z.string().nullable(),
  rows: z.array(
    z.object({ dossier_id: z.string(), unit: z.string(), due_at: z.number().nullable(), status: z.number() }).loose(),
  ),
});
const SummarySchema = z.object({ counts: CountsSchema.nullable() });
const UnitSchema = z.object({
  counts: CountsSchema.nullable(),
  children: z.array(z.object({ unit: z.object({ code: z.string() }).loose(), counts: CountsSchema.nullable() })),
});
const FailureSchema = z.strictObject({ code: z.string(), message: z.string(), request_id: z.string() });

describe('REST', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW });
    let n = 0;
    const dossier = (
      unit: string,
      status: number,
      { accepted = -48, due, finished }: { accepted?: number; due?: number; finished?: number } = {},
    ) => {
      const dossier_id = `${unit}-250113-${String((n += 1)).padStart(4, '0')}`;
      const base = { dossier_id, unit, unit_path: unit === 'H49.01.01' ? '/H49/H49.01/H49.01.01/' : `/H49/${unit}/` };
      const due_at = due === undefined ? null : NOW + due * HOUR;
      const rows = [dossierRow({ ...base, observed_at: NOW + accepted * HOUR, due_at })];
      if (status !== 2) rows.push(dossierRow({ ...base, observed_at: NOW + (finished ?? -1) * HOUR, status, due_at }));
      return rows;
    };
    await insert(db.writer, 'dossier_event', [
      ...dossier('H49.01', 2, { due: -3 }),
      ...dossier('H49.01', 4, { due: 5 }),
      ...dossier('H49.01', 5, { due: -3 }),
      ...dossier('H49.01', 2, { accepted: -2 }),
      ...dossier('H49.01', 9, { due: -9, finished: -5 }),
      ...dossier('H49.01', 10, { due: 30, finished: -30 }),
      ...dossier('H49.01', 7, { due: -9 }),
      ...dossier('H49.01.01', 4, { due: 23.9 }),
      ...dossier('H49.02', 4, { due: 24.1, accepted: -11 }),
    ]);
    await mkdir(join(api.folder, 'maps'));
    await writeFile(join(api.folder, 'maps', 'thu.geojson'), '{"type":"FeatureCollection","features":[]}');
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const get = async (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });
  const list = async (query: string) => ListSchema.parse(await (await get(`/api/dossiers?${query}`)).json());
  const counts = async (query = '') =>
    SummarySchema.parse(await (await get(`/api/dossiers/summary?${query}`)).json()).counts;

  it('counts the states of dossiers by their definition', async () => {
    expect(await counts()).toEqual({
      open: 5,
      overdue: 1,
      due_soon: 2,
      paused: 1,
      received_today: 1,
      finished_today: 1,
    });
    expect(await counts('unit=H49.02')).toEqual({
      open: 1,
      overdue: 0,
      due_soon: 0,
      paused: 0,
      received_today: 0,
      finished_today: 0,
    });
  });

  it('says that nothing is known of a unit instead of zero', async () => {
    expect(await counts('unit=H49.01.02')).toBeNull();
  });

  it('opens every figure into a list of as many dossiers, now and as of an instant', async () => {
    for (const lens of ['', 'at=2025-01-15T01:00:00Z', 'at=2025-01-14T09:00:00%2B07:00&known_at=2025-01-14T02:00:00Z'])
      for (const unit of ['H49', 'H49.01', 'H49.02']) {
        const figures = await counts(`unit=${unit}&${lens}`);
        for (const state of DOSSIER_STATES)
          expect((await list(`unit=${unit}&state=${state}&${lens}`)).rows).toHaveLength(figures?.[state] ?? 0);
      }
  });

  it('turns the clock back: what is finished now was open then', async () => {
    expect(await counts('at=2025-01-14T20:00:00Z')).toMatchObject({ open: 7, finished_today: 0 });
  });

  it('pages through a list in the order of due instants, each dossier once, the undated last', async () => {
    const seen: { dossier_id: string; due_at: number | null }[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await list(`limit=2${next === '' ? '' : `&after=${next}`}`);
      seen.push(...page.rows);
      next = page.next;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen.map(({ dossier_id }) => dossier_id)).size).toBe(5);
    const due = seen.map(({ due_at }) => due_at ?? Infinity);
    expect(due).toEqual(due.toSorted((one, other) => one - other));
    expect(seen.at(-1)?.due_at).toBeNull();
  });

  it('gives a unit its figures and those of the units right below it', async () => {
    const { counts: own, children } = UnitSchema.parse(await (await get('/api/units/H49.01')).json());
    expect(own).toMatchObject({ open: 4, due_soon: 2 });
    expect(children.map(({ unit, counts: child }) => [unit.code, child?.open ?? null])).toEqual([
      ['H49.01.01', 1],
      ['H49.01.02', null],
    ]);
  });

  it.each([
    '/api/units/H50',
    '/api/units/%27',
    '/api/dossiers?unit=H50',
    '/api/dossiers/summary?unit=H49.9',
    '/api/boards/thu?unit=H50',
  ])('answers %s as it answers any unit that is not there', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(404);
    expect(FailureSchema.parse(await reply.json())).toMatchObject({
      code: 'IOC_UNIT_UNKNOWN',
      message: 'there is no such unit',
    });
  });

  it.each([
    '/api/dossiers?state=all',
    '/api/dossiers?limit=0',
    '/api/dossiers?limit=100000',
    '/api/dossiers?after=nonsense',
    '/api/dossiers?at=yesterday',
    '/api/dossiers?at=2999-01-01T00:00:00Z',
    '/api/dossiers?more=1',
  ])('refuses %s', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(400);
    expect(FailureSchema.parse(await reply.json()).code).toBe('IOC_BAD_REQUEST');
  });

  it('gives a map with a tag, and nothing when the tag is still right', async () => {
    const reply = await get('/api/maps/thu');
    expect(await reply.json()).toMatchObject({ type: 'FeatureCollection' });
    const again = await get('/api/maps/thu', { 'if-none-match': reply.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    expect((await get('/api/maps/..%2Fpackage')).status).toBe(400);
    expect((await get('/api/maps/other')).status).toBe(404);
  });

  it('describes every route, and counts what it does', async () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.unknown()) })
      .parse(await (await get('/api/docs/json')).json());
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/health',
        '/api/boards/{id}',
        '/api/dossiers',
        '/api/dossiers/summary',
        '/api/units/{code}',
      ]),
    );
    const text = await (await get('/metrics')).text();
    for (const name of [
      'toancanh_query_ms_count{query="routes.dossiers.list"}',
      'toancanh_keys',
      'toancanh_ticks_total',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(text).toContain(name);
  });
});
