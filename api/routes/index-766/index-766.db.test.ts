import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { pointsOfKeeping, reckon766 } from '#ingest/dossier/index-766.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { dossierRow, insert, storeEntries } from '../../test-rows.ts';
import { PageSchema } from '../dossiers/list-route.ts';
import { IndexReplySchema } from './reply.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const HOUR = 3_600_000;

describe('GET /api/index-766', () => {
  let now = NOW;
  let db: TestStore;
  let api: TestApp;
  let n = 0;
  const dossier = (
    unit: string,
    status: number,
    more: { accepted?: number; due?: number; done?: number; procedure?: string; channel?: number; facts?: object } = {},
  ) => {
    const { accepted = -48, due, done = -1, procedure = '1.000001', channel = 1, facts } = more;
    const base = {
      ...{ dossier_id: `${unit}-250113-${String((n += 1)).padStart(4, '0')}`, unit, unit_path: `/H49/${unit}/` },
      ...{ due_at: due === undefined ? null : NOW + due * HOUR, procedure_code: procedure, channel },
    };
    const attributes = facts === undefined ? '{}' : JSON.stringify(facts);
    const rows = [dossierRow({ ...base, observed_at: NOW + accepted * HOUR, attributes })];
    if (status !== 2) rows.push(dossierRow({ ...base, observed_at: NOW + done * HOUR, status, attributes }));
    return rows;
  };
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => now, post: storeEntries(db.writer) });
    await insert(db.writer, 'dossier_event', [
      // ended: three kept, one late, one without a promise, one last month
      ...dossier('H49.01', 9, {
        due: 5,
        channel: 2,
        facts: { results: 1, results_electronic: 1, digitised: 1, vneid: 1 },
      }),
      ...dossier('H49.01', 10, { due: 5, facts: { results: 1, digitised: 1, vneid: 0 } }),
      ...dossier('H49.01', 9, { due: 5, channel: 2, facts: { paid_online: 2, fee_total: 15_000 } }),
      ...dossier('H49.01', 9, { due: -9, done: -5, facts: { paid_online: 0, fee_total: 0 } }),
      ...dossier('H49.02', 9, {}),
      ...dossier('H49.02', 9, { accepted: -24 * 40, due: -24 * 20, done: -24 * 18 }),
      // open: two overdue, one soon due, one in time, one paused in time, one without a promise
      ...dossier('H49.01', 2, { due: -3, procedure: '1.000002' }),
      ...dossier('H49.02', 4, { due: -30, accepted: -90, procedure: '1.000002' }),
      ...dossier('H49.01', 4, { due: 5 }),
      ...dossier('H49.02', 4, { due: 90, facts: { paid_online: 0, fee_total: 8_000 } }),
      ...dossier('H49.01', 5, { due: 3 }),
      ...dossier('H49.01', 2),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const ask = async (query = '') => {
    const reply = await fetch(`${api.url}/api/index-766?${query}`);
    return IndexReplySchema.parse(await reply.json());
  };
  const parts = async (query = '') =>
    new Map((await ask(query)).groups.flatMap((group) => group.parts).map((part) => [part.id, part]));
  const enter = (body: object) =>
    fetch(`${api.url}/api/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('counts what is in time by rule 766: ended in the span, and open', async () => {
    const found = await parts();
    // ended with a promise: 4, kept 3; open with a promise: 5, kept 3
    expect(found.get('2.1')).toMatchObject({ part: 6, whole: 9, from: 'feed', is_entered: false });
    expect(found.get('2.1')?.points).toBeCloseTo((6 / 9) * 20, 10);
    expect((await parts('unit=H49.02')).get('2.1')).toMatchObject({ part: 1, whole: 2 });
    expect(await ask()).toMatchObject({ unit: 'H49', from: '2025-01-01', to: '2025-01-31', at: NOW, most: 100 });
  });

  it('counts what the feed states of accepted and of finished dossiers, and nothing it does not state', async () => {
    const found = await parts();
    const counted = (id: string) => [...found.values()].filter((part) => part.id === id)[0];
    // accepted in January: 11; online 2, of which one has an electronic result
    expect(counted('3.3')).toMatchObject({ part: 1, whole: 11, from: 'feed' });
    expect(counted('3.6')).toMatchObject({ part: 1, whole: 2 });
    // finished in January: 5
    expect(counted('4.1')).toMatchObject({ part: 1, whole: 5 });
    expect(counted('4.2')).toMatchObject({ part: 1, whole: 5 });
    expect(counted('4.5')).toMatchObject({ part: 1, whole: 11 });
    for (const id of ['4.3', '4.4', '1.1', '5.4'])
      expect(counted(id)).toMatchObject({ part: null, whole: null, points: null, from: null, is_entered: true });
    expect(await ask()).toMatchObject({ known: 20 + 6 + 6 + 6 + 4 + 5 });
  });

  it('knows nothing of a unit without dossiers, instead of 0', async () => {
    expect(await ask('unit=H49.01.02')).toMatchObject({ points: null, known: 0, grade: null, dossier_points: null });
  });

  it('judges a span that has passed at its end', async () => {
    const found = await ask('from=2024-12-01&to=2024-12-31');
    const kept = found.groups.flatMap((group) => group.parts).find((part) => part.id === '2.1');
    // one ended on 28 December, promised for the 26th
    expect(kept).toMatchObject({ part: 0, whole: 1 });
    expect(found).toMatchObject({ fixes: [], at: Date.UTC(2024, 11, 31, 17) - 1 });
  });

  it('judges what was open at the end of a span as it stood then', async () => {
    // the first one was accepted on the 11th; by the end of the 12th its promise of the 13th had not passed
    const of = async (to: string) => {
      const { groups } = await ask(`from=2025-01-01&to=${to}`);
      const kept = groups.flatMap((group) => group.parts).find((part) => part.id === '2.1');
      return [kept?.part, kept?.whole];
    };
    expect(await of('2025-01-10')).toEqual([null, null]);
    expect(await of('2025-01-12')).toEqual([1, 1]);
    // ten hours ago all were accepted and none had ended: nine have a promise, and one promise had passed, of 30 hours ago
    expect(await of('2025-01-14')).toEqual([8, 9]);
  });

  it('says what to fix, with points that a reckoning confirms and numbers that the lists have', async () => {
    const { fixes, points, groups, dossier_points } = await ask();
    const figures = Object.fromEntries(
      groups
        .flatMap((group) => group.parts)
        .map(({ id, part, whole }) => [id, part === null || whole === null ? null : { part, whole }]),
    );
    expect(reckon766(figures).points).toBeCloseTo(points ?? -1, 10);
    expect(fixes.map(({ kind, key, overdue, due_soon }) => [kind, key, overdue, due_soon])).toEqual([
      ['all', '', 2, 1],
      ['procedure', '1.000002', 2, 0],
      ['procedure', '1.000001', 0, 1],
      ['unit', 'H49.01', 1, 1],
      ['unit', 'H49.02', 1, 0],
    ]);
    for (const fix of fixes) {
      const kept = { ...figures, '2.1': { part: 6 + fix.overdue, whole: 9 } };
      expect(fix.overdue_points).toBeCloseTo((reckon766(kept).points ?? 0) - (points ?? 0), 10);
      const lost = { ...figures, '2.1': { part: 6 - fix.due_soon, whole: 9 } };
      expect(fix.due_soon_points).toBeCloseTo((points ?? 0) - (reckon766(lost).points ?? 0), 10);
      const of = fix.kind === 'all' ? '' : `&${fix.kind}=${fix.key}`;
      for (const [state, count] of [
        ['open_overdue', fix.overdue],
        ['open_due_soon', fix.due_soon],
      ]) {
        const list = await fetch(`${api.url}/api/dossiers?rule=766&state=${state}${of}`);
        expect(PageSchema.parse(await list.json()).count).toBe(count);
      }
    }
    expect(dossier_points).toBeCloseTo(pointsOfKeeping(figures, 1) ?? -1, 10);
  });

  it('takes figures by hand: the newest stands, null takes it back, a month is its own, a unit too', async () => {
    const figures = (part: number | null, whole: number | null) => [
      { metric: 'index_766.3_1.part', value: part },
      { metric: 'index_766.3_1.whole', value: whole },
    ];
    const of = async (query = '') => (await parts(query)).get('3.1');
    expect((await enter({ period: '2025-01', figures: figures(40, 100), note: 'Cổng quốc gia' })).status).toBe(201);
    expect(await of()).toMatchObject({ part: 40, whole: 100, rate: 0.4, from: 'hand', is_entered: true });
    expect((await of())?.points).toBeCloseTo(1, 10);
    expect((await of())?.entered).toEqual({ period: '2025-01', by: 'Khách', at: NOW, note: 'Cổng quốc gia' });
    expect(await of('unit=H49.01')).toMatchObject({ part: null, from: null });
    expect(await of('from=2024-12-01')).toMatchObject({ part: null });
    now += 1000;
    await enter({ period: '2025-01', figures: figures(80, 100) });
    await enter({ period: '2024-12', figures: figures(10, 100) });
    expect(await of()).toMatchObject({ part: 80, whole: 100, points: 2 });
    // entered after December had ended, and of it
    expect(await of('from=2024-12-01')).toMatchObject({ part: 10, whole: 100 });
    expect(await of('from=2024-12-01&to=2025-01-31')).toMatchObject({ part: 90, whole: 200 });
    now += 1000;
    await enter({ period: '2025-01', figures: figures(null, null) });
    expect(await of()).toMatchObject({ part: null, points: null, from: null, entered: null });
    now = NOW;
  });

  it('makes 5.4 of the feed and of complaints by hand', async () => {
    await enter({
      period: '2025-01',
      figures: [
        { metric: 'index_766.5_4.part', value: 0 },
        { metric: 'index_766.5_4.whole', value: 11 },
      ],
    });
    const found = (await parts()).get('5.4');
    expect(found).toMatchObject({ from: 'both', part: 0, whole: 11 });
    expect(found?.rate).toBeCloseTo(6 / 9, 10);
  });

  it('refuses spans and figures that are none', async () => {
    for (const query of ['from=2025-02-01', 'from=2025-01-10&to=2025-01-09', 'from=2023-01-01&to=2025-01-01', 'from=x'])
      expect((await fetch(`${api.url}/api/index-766?${query}`)).status).toBe(400);
    expect((await fetch(`${api.url}/api/index-766?unit=H12`)).status).toBe(404);
    const figure = { metric: 'index_766.3_1.part', value: 1 };
    expect((await enter({ period: '2025-13', figures: [figure] })).status).toBe(400);
    expect((await enter({ period: '2025-01', figures: [figure, figure] })).status).toBe(400);
    expect((await enter({ period: '2025-01', figures: [] })).status).toBe(400);
    expect((await enter({ period: '2025-01', unit: 'H12', figures: [figure] })).status).toBe(404);
  });
});
