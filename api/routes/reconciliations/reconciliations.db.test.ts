import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { load, shippedFiles } from '#dashboards/load/test-files.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { ReconciliationLine } from '../../contract-reconciliation.ts';
import { IocError } from '../../errors.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { testDashboards } from '../../test-boards.ts';
import { dossierRow, insert, storeEntries } from '../../test-rows.ts';
import { PageSchema } from '../dossiers/list-route.ts';
import { ReconciliationReplySchema } from './reply.ts';

// 15 November 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 10, 15, 3);
const october = (day: number) => Date.UTC(2025, 9, day, 2);

let db: TestStore;
let api: TestApp;
let served: Dashboards;
let now = NOW;

beforeAll(async () => {
  const { reconciliations = new Map() } = (await load(await shippedFiles())).dashboards ?? {};
  served = testDashboards({ reconciliations });
  db = await startTestStore();
  api = await startTestApp(db.accesses.reader, {
    clock: () => now,
    load: () => Promise.resolve({ dashboards: served, faults: [] }),
    post: storeEntries(db.writer),
  });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

/** Enters figures by hand, a second after what was entered before. */
async function enter(period: string, figures: Record<string, number | null>, unit = 'H49'): Promise<void> {
  now += 1_000;
  const body = { unit, period, figures: Object.entries(figures).map(([metric, value]) => ({ metric, value })) };
  const reply = await fetch(`${api.url}/api/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.status).toBe(201);
}

async function ask(query: string) {
  const reply = await fetch(`${api.url}/api/reconciliations?${query}`);
  return ReconciliationReplySchema.parse(await reply.json());
}

/** The line of a rule and a unit; throws when there is none. */
async function lineIn(query: string, rule: string, unit = 'H49'): Promise<ReconciliationLine> {
  const { lines } = await ask(query);
  const line = lines.find((each) => each.rule === rule && each.unit === unit);
  if (!line) throw new Error(`no ${rule} of ${unit} among ${lines.map((each) => each.rule).join(', ')}`);
  return line;
}

describe('figures that the reports of provinces gave', () => {
  it('finds 44.800 online dossiers whose parts are 10.000 short', async () => {
    await enter('2019-H1', {
      'dossiers.online': 44_800,
      'dossiers.online_department': 4_862,
      'dossiers.online_district': 13_213,
      'dossiers.online_commune': 16_725,
    });
    expect(await lineIn('period=2019-H1', 'online-by-level')).toMatchObject({
      ...{ state: 'differs', expected: 34_800, difference: 10_000 },
      stated: { value: 44_800, by: 'Khách', source: 'toan-canh', at: now },
    });
  });

  it('finds 492 threats that nobody classified, and 16 units too many', async () => {
    await enter('2020', {
      'security.threats': 873_183,
      'security.threats_high': 855_444,
      'security.threats_critical': 17_247,
      'network.units': 310,
      'network.units_state': 145,
      'network.units_party': 149,
    });
    const { lines } = await ask('period=2020');
    expect(lines.map(({ rule, state, expected, difference }) => [rule, state, expected, difference])).toEqual([
      ['network-units', 'differs', 294, 16],
      ['threats-by-severity', 'differs', 872_691, 492],
    ]);
  });

  it('passes what adds up: 1.577, 83,88 %, 885 and 94,65 %', async () => {
    await enter('2020', {
      'services.online': 1_577,
      'services.level_3': 750,
      'services.level_4': 827,
      'services.published': 1_880,
      'services.online_share': 83.88,
      'services.eforms': 885,
      'services.eforms_province': 715,
      'services.eforms_district': 133,
      'services.eforms_commune': 37,
      'documents.electronic': 137_171,
      'documents.outgoing': 144_922,
      'documents.electronic_share': 94.65,
    });
    for (const rule of ['online-services', 'online-services-share', 'eforms-by-level', 'documents-share'])
      expect(await lineIn('period=2020', rule)).toMatchObject({ state: 'agrees', fits: null });
    expect((await ask('period=2020')).lines.slice(0, 2).every(({ state }) => state === 'differs')).toBe(true);
  });

  it('finds a share of the dossiers received that is called one of those finished', async () => {
    await enter('2019', {
      'dossiers.finished_early_share': 67.2,
      'dossiers.finished_early': 9_567,
      'dossiers.received': 14_229,
    });
    const rule = 'finished-early-share';
    expect(await lineIn('period=2019', rule)).toMatchObject({
      ...{ state: 'differs', expected: null, difference: null },
      parts: [{ value: 9_567 }, { metric: 'dossiers.finished', value: null, by: '', at: null }],
      fits: { metric: 'dossiers.received', value: 14_229 },
    });
    await enter('2019', { 'dossiers.finished': 12_000 });
    expect(await lineIn('period=2019', rule)).toMatchObject({
      state: 'differs',
      expected: 79.725,
      fits: { value: 14_229 },
    });
    await enter('2019', { 'dossiers.finished_early_share': 79.7 });
    expect(await lineIn('period=2019', rule)).toMatchObject({ state: 'agrees', fits: null });
  });

  it('says which part is missing instead of taking it for 0, also when a figure is taken back', async () => {
    await enter('2019-H1', { 'dossiers.online_commune': null });
    const line = await lineIn('period=2019-H1', 'online-by-level');
    expect(line).toMatchObject({ state: 'incomplete', expected: null, difference: null });
    expect(line.parts.filter(({ value }) => value === null).map(({ metric }) => metric)).toEqual([
      'dossiers.online_commune',
    ]);
    expect((await ask('period=2019-H1')).periods).toEqual(['2019', '2020', '2019-H1']);
  });

  it('says nothing of a period or a unit without figures', async () => {
    expect(await ask('period=2018')).toMatchObject({ lines: [], rules: expect.any(Array), period: '2018' });
    expect(await ask('period=2020&unit=H49.02')).toMatchObject({ lines: [], periods: [], unit: 'H49.02' });
    expect(await ask('unit=H49.02')).toMatchObject({ lines: [], periods: [], period: '2025-11' });
  });

  it('without a period speaks of the one stated last', async () => {
    expect(await ask('')).toMatchObject({ period: '2019', unit: 'H49' });
  });

  it('adds up the units right below, each by its own', async () => {
    await enter('2019', { 'dossiers.received': 9_000 }, 'H49.01');
    expect(await lineIn('period=2019', 'received-by-unit')).toMatchObject({
      state: 'incomplete',
      parts: [
        { unit: 'H49.01', value: 9_000 },
        { unit: 'H49.02', value: null },
      ],
    });
    await enter('2019', { 'dossiers.received': 5_229 }, 'H49.02');
    await enter('2019', { 'dossiers.received': 4_000 }, 'H49.01.01');
    await enter('2019', { 'dossiers.received': 4_000 }, 'H49.01.02');
    expect(await lineIn('period=2019', 'received-by-unit')).toMatchObject({ state: 'agrees', expected: 14_229 });
    for (const query of ['period=2019', 'period=2019&unit=H49.01'])
      expect(await lineIn(query, 'received-by-unit', 'H49.01')).toMatchObject({ state: 'differs', difference: 1_000 });
    expect((await ask('period=2019&unit=H49.02')).lines.every(({ unit }) => unit === 'H49.02')).toBe(true);
  });

  it('refuses periods and units that are none', async () => {
    for (const [query, status] of [
      ['period=2019-13', 400],
      ['period=2025-02-30', 400],
      ['periods=2019', 400],
      ['unit=H12', 404],
    ])
      expect((await fetch(`${api.url}/api/reconciliations?${query}`)).status).toBe(status);
  });
});

describe('what is stated against what we count', () => {
  let n = 0;
  /** A dossier of a unit: accepted and promised on days of October, and with a status on a later day. */
  const dossier = (
    unit: string,
    accepted: number,
    due: number,
    ended?: { status: number; day: number },
    channel = 1,
  ) => {
    const base = {
      ...{ dossier_id: `${unit}-251001-${String((n += 1)).padStart(4, '0')}`, unit, unit_path: `/H49/${unit}/` },
      ...{ due_at: october(due), channel },
    };
    const rows = [dossierRow({ ...base, observed_at: october(accepted) })];
    if (ended) rows.push(dossierRow({ ...base, observed_at: october(ended.day), status: ended.status }));
    return rows;
  };
  /** The length of the list that a count leads to. */
  const lengthOf = async (query: Record<string, string>) => {
    const reply = await fetch(`${api.url}/api/dossiers?${new URLSearchParams(query).toString()}`);
    return PageSchema.parse(await reply.json()).count;
  };
  beforeAll(async () => {
    await insert(db.writer, 'dossier_event', [
      ...dossier('H49.02', 2, 10, { status: 9, day: 8 }, 2),
      ...dossier('H49.02', 3, 10, { status: 9, day: 12 }),
      ...dossier('H49.02', 4, 20),
      ...dossier('H49.02', 5, 60),
      // accepted in September, finished in October; accepted in October, overdue since November only
      ...dossier('H49.01', -3, 10, { status: 10, day: 10 }),
      ...dossier('H49.01', 6, 35),
    ]);
  });

  it('takes the word of a source, and says whose it is', async () => {
    const data = {
      metric: 'dossiers.received',
      period: '2025-10',
      value: 1_284,
      actor: 'Một cửa Móng Cái',
      note: 'Biểu 06a',
    };
    await insert(db.writer, 'entry_event', [
      {
        ...{
          event_key: randomUUID(),
          id: '2025-10/received',
          source: 'mot-cua-mong-cai',
          type: 'entry.made',
          subject: '',
        },
        ...{ unit: 'H49.02', unit_path: '/H49/H49.02/', observed_at: now, received_at: now, simulated: 0, ...data },
      },
    ]);
    expect(await lineIn('period=2025-10', 'received-ours', 'H49.02')).toMatchObject({
      ...{ state: 'differs', expected: 4, difference: 1_280 },
      stated: { value: 1_284, by: 'Một cửa Móng Cái', source: 'mot-cua-mong-cai', at: now, note: 'Biểu 06a' },
    });
  });

  it('counts what the list has that it opens, for the unit and those below', async () => {
    const stated = {
      'dossiers.received': 5,
      'dossiers.finished': 3,
      'dossiers.finished_early': 1,
      'dossiers.finished_on_time': 1,
      'dossiers.finished_late': 1,
      'dossiers.open': 3,
      'dossiers.overdue': 1,
      'dossiers.online_share': 20,
    };
    await enter('2025-10', stated);
    for (const unit of ['H49.01', 'H49.02']) await enter('2025-10', stated, unit);
    const { lines } = await ask('period=2025-10');
    const ours = lines.filter(({ counts }) => counts.length > 0);
    expect(ours).toHaveLength(24);
    for (const { unit, counts } of ours)
      for (const { count, query } of counts) {
        expect(query.unit).toBe(unit);
        expect(await lengthOf(query)).toBe(count);
      }
    expect(ours.filter(({ unit }) => unit === 'H49').map(({ state }) => state)).toEqual(
      Array<string>(8).fill('agrees'),
    );
    const found = Object.fromEntries(
      ours.filter(({ unit }) => unit === 'H49.01').map((line) => [line.rule, line.expected]),
    );
    expect(found).toEqual({
      ...{ 'received-ours': 1, 'finished-ours': 1, 'open-ours': 1, 'overdue-ours': 0, 'online-share-ours': 0 },
      ...{ 'finished-early-ours': 0, 'finished-on-time-ours': 1, 'finished-late-ours': 0 },
    });
  });

  it('judges what is open of a period that lasts as it stands now', async () => {
    await enter('2025-11', { 'dossiers.open': 3, 'dossiers.overdue': 2 });
    const line = await lineIn('period=2025-11', 'overdue-ours');
    expect(line).toMatchObject({ state: 'agrees', expected: 2 });
    expect(line.counts[0]?.query).toEqual({ state: 'open_overdue', rule: 'province', unit: 'H49' });
    expect(await lengthOf({ ...line.counts[0]?.query })).toBe(2);
  });

  it('leaves out a count that takes too long, does not ask for it again at once, and shows the rest', async () => {
    const { store } = api.app;
    const { run } = store;
    let asked = 0;
    store.run = (query, params, lens) => {
      if (lens.at === null) return run(query, params, lens);
      asked += 1;
      return Promise.reject(new IocError('IOC_QUERY_TIMEOUT'));
    };
    try {
      for (const turn of [1, 2]) {
        expect(await lineIn('period=2025-10', 'open-ours')).toMatchObject({
          ...{ state: 'incomplete', stated: { value: 3 }, counts: [{ count: null, missing: 'too_slow' }] },
        });
        expect(await lineIn('period=2025-10', 'received-ours')).toMatchObject({ state: 'agrees' });
        expect(asked).toBe(1);
        if (turn === 2) now += 300_000;
      }
      await ask('period=2025-10');
      expect(asked).toBe(2);
    } finally {
      store.run = run;
      now += 300_000;
    }
    expect(await lineIn('period=2025-10', 'open-ours')).toMatchObject({ state: 'agrees', expected: 3 });
  });

  it('has no count, not 0, of a time before the first dossier, and of a unit without any', async () => {
    const missing = { state: 'incomplete', expected: null, counts: [{ count: null, missing: 'no_dossier' }] };
    expect(await lineIn('period=2019', 'received-ours')).toMatchObject(missing);
    await enter('2025-10', { 'dossiers.received': 7 }, 'H49.01.01');
    expect(await lineIn('period=2025-10&unit=H49.01', 'received-ours', 'H49.01.01')).toMatchObject(missing);
    await enter('2025-09', { 'dossiers.received': 7 });
    expect(await lineIn('period=2025-09', 'received-ours')).toMatchObject({
      state: 'differs',
      expected: 1,
      difference: 6,
    });
  });
});
