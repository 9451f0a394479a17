import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { askWholeProvince } from '../../public-aggregates.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { testProvince } from '../../test-boards.ts';
import { dossierRow, insert, linkRow } from '../../test-rows.ts';
import { PageSchema } from '../dossiers/list-route.ts';
import { CountsSchema } from '../dossiers/summary-route.ts';
import { unitQueries } from './queries.ts';

// the present: what was touched lately is kept by the server's own clock
const NOW = Date.now();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ACCEPTED_ON = new Date(NOW - 10 * DAY).toISOString().slice(2, 10).replaceAll('-', '');

const counts = CountsSchema.nullable();
const UnitSchema = z.object({
  ...{ counts, own: counts, unknown: counts },
  children: z.array(z.object({ unit: z.object({ code: z.string() }).loose(), counts })),
});
const FiguresSchema = z.record(z.string(), z.number().nullable());
const rank = z.object({ place: z.number(), of: z.number() }).nullable();
const causes = z.array(
  z.object({ key: z.string(), label: z.string(), of: z.number(), bad: z.number(), points: z.number() }),
);
const StandingSchema = z.object({
  ...{ at: z.number(), since: z.number(), own: FiguresSchema, province: FiguresSchema },
  ranks: z.record(z.string(), rank),
  causes: z.record(z.string(), causes),
});
const NetworkSchema = z.object({
  links: z
    .object({ counts: z.record(z.string(), z.number()), rows: z.array(z.record(z.string(), z.unknown())) })
    .nullable(),
  threats: z.object({ by_severity: z.array(z.number()), rows: z.array(z.record(z.string(), z.unknown())) }).nullable(),
});

let db: TestStore;
let api: TestApp;
let number = 0;

interface Story {
  unit_path: string;
  procedure?: string;
  step?: string;
  due: number;
  finished?: number;
}

/** A dossier accepted ten days ago; days from now. */
function story({ unit_path, procedure = '1.1', step = '', due, finished }: Story) {
  const unit = unit_path.split('/').at(-2) ?? '';
  const base = {
    dossier_id: `${unit === '?' ? 'H49.99' : unit}-${ACCEPTED_ON}-${String((number += 1)).padStart(4, '0')}`,
    ...{ unit, unit_path, procedure_code: procedure, procedure_name: `Thủ tục ${procedure}`, step_holder: step },
    due_at: NOW + due * DAY,
  };
  const rows = [dossierRow({ ...base, observed_at: NOW - 10 * DAY })];
  if (finished !== undefined) rows.push(dossierRow({ ...base, observed_at: NOW + finished * DAY, status: 9 }));
  return rows;
}
const many = (count: number, one: Story) => Array.from({ length: count }, () => story(one)).flat();

const threat = (severity: number, hours: number, unit_path: string) => ({
  ...{
    event_key: randomUUID(),
    id: randomUUID(),
    source: 'ids',
    type: 'security.alert',
    subject: '',
    unit_path,
    unit: '',
  },
  ...{ observed_at: NOW - hours * HOUR, received_at: NOW - hours * HOUR, simulated: 0, severity, event_type: 'alert' },
  ...{ category: '', signature: `S${severity}`, asset: 'máy chủ', action: '', payload: '' },
});

beforeAll(async () => {
  db = await startTestStore();
  api = await startTestApp(db.accesses.reader, { clock: () => NOW });
  const one = '/H49/H49.01/';
  const two = '/H49/H49.02/';
  await insert(db.writer, 'dossier_event', [
    ...many(3, { unit_path: one, procedure: '1.1', step: 'Phòng TN&MT', due: -3 }),
    ...many(3, { unit_path: one, procedure: '1.2', step: 'Một cửa', due: 5 }),
    ...many(2, { unit_path: `${one}H49.01.01/`, procedure: '1.2', step: 'Một cửa', due: -2 }),
    ...many(9, { unit_path: two, procedure: '1.1', due: 4 }),
    ...many(1, { unit_path: two, procedure: '1.1', due: -4 }),
    ...many(2, { unit_path: '/H49/?/', due: 4 }),
    ...many(1, { unit_path: one, due: -5, finished: -2 }),
    ...many(1, { unit_path: one, due: 0, finished: -4 }),
    ...many(2, { unit_path: two, due: 0, finished: -5 }),
  ]);
  const link = (link_id: string, more: object) => linkRow({ link_id, observed_at: NOW - HOUR, ...more });
  await insert(db.writer, 'link_event', [
    link('a', { observed_at: NOW - 60_000, type: 'link.sample', latency_ms: 4 }),
    link('b', { type: 'link.sample', latency_ms: 4 }),
    link('c', {}),
    link('c', { type: 'link.down', up: 0, observed_at: NOW - HOUR / 2 }),
    link('z', { unit_path: two, unit: 'H49.02' }),
  ]);
  await insert(db.writer, 'security_event', [
    ...[threat(4, 1, one), threat(2, 2, one), threat(2, 30, one), threat(3, 1, two)],
    { ...threat(0, 1, '/H49/H49.01/H49.01.02/'), type: 'security.record' },
  ]);
});
afterAll(async () => {
  await api.close();
  await db.close();
});
const get = async (path: string): Promise<unknown> => (await fetch(api.url + path)).json();
const standing = async (unit: string) => StandingSchema.parse(await get(`/api/units/${unit}/standing`));
const network = async (unit: string) => NetworkSchema.parse(await get(`/api/units/${unit}/network`));

describe('a unit', () => {
  it.each(['H49', 'H49.01', 'H49.01.01', 'H49.02'])('%s has rows that add up to its figures', async (code) => {
    const { counts: all, own, unknown, children } = UnitSchema.parse(await get(`/api/units/${code}`));
    const parts = [own, unknown, ...children.map((child) => child.counts)];
    for (const group of ['open', 'open_overdue', 'finished', 'received'] as const)
      expect(parts.reduce((sum, part) => sum + (part?.[group] ?? 0), 0)).toBe(all?.[group]);
  });

  it('stands beside the province, in its place, and each of its figures opens as long a list', async () => {
    const { own, province, ranks, since } = await standing('H49.01');
    expect(own).toMatchObject({
      open: 8,
      overdue: 5,
      overdue_share: 62.5,
      ended: 2,
      late: 1,
      early: 1,
      on_time_share: 50,
    });
    expect(province).toMatchObject({ open: 20, overdue: 6, overdue_share: 30, ended: 4, late: 1, on_time_share: 75 });
    expect(own.median_ms).toBe(7 * DAY);
    expect(ranks).toEqual({
      on_time_share: { place: 2, of: 2 },
      overdue_share: { place: 2, of: 2 },
      early_share: { place: 2, of: 2 },
      median_ms: { place: 2, of: 2 },
    });
    const from = new Date(since).toISOString();
    const length = async (query: string) => PageSchema.parse(await get(`/api/dossiers?unit=H49.01&${query}`)).count;
    expect(await length('state=open_overdue')).toBe(5);
    expect(await length(`state=finished_late&finished_from=${from}`)).toBe(1);
  });

  it('is told which procedures and steps take it from the province, each as long as its list', async () => {
    const { own, province, causes: why } = await standing('H49.01');
    expect(why.overdue_procedure?.map(({ key, label, of, bad }) => [key, label, of, bad])).toEqual([
      ['1.1', 'Thủ tục 1.1', 3, 3],
      ['1.2', 'Thủ tục 1.2', 5, 2],
    ]);
    expect(why.overdue_step?.map(({ key, bad }) => [key, bad])).toEqual([
      ['Phòng TN&MT', 3],
      ['Một cửa', 2],
    ]);
    expect(why.late_procedure).toMatchObject([{ key: '1.1', label: 'Thủ tục 1.1', of: 2, bad: 1, points: 25 }]);
    const sum = why.overdue_procedure?.reduce((total, { points }) => total + points, 0);
    expect(sum).toBeCloseTo((own.overdue_share ?? 0) - (province.overdue_share ?? 0));
    const list = PageSchema.parse(await get('/api/dossiers?unit=H49.01&state=open_overdue&procedure=1.1'));
    expect(list.count).toBe(3);
  });

  it('is told nothing of any other unit', async () => {
    const reply = await get('/api/units/H49.01/standing');
    expect(JSON.stringify(reply)).not.toMatch(/H49\.02|Hai/);
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(reply)).sort()).toEqual(
      ['at', 'causes', 'own', 'province', 'ranks', 'rule', 'since'].sort(),
    );
  });

  it('has no place without others, and no figure without dossiers', async () => {
    expect((await standing('H49')).ranks).toMatchObject({ overdue_share: null, on_time_share: null });
    const { own, ranks } = await standing('H49.01.02');
    expect(own).toMatchObject({ open: 0, overdue_share: null, on_time_share: null, median_ms: null });
    expect(Object.values(ranks)).toEqual([null, null, null, null]);
  });

  it('knows its links by how they are and since when', async () => {
    const { links } = await network('H49.01');
    expect(links?.counts).toEqual({ down: 1, silent: 1, up: 1 });
    expect(links?.rows.map(({ link_id, state, since }) => [link_id, state, since])).toEqual([
      ['c', 'down', NOW - HOUR / 2],
      ['b', 'silent', NOW - HOUR],
      ['a', 'up', null],
    ]);
    expect((await network('H49.01.01')).links).toBeNull();
  });

  it('counts the alerts of a day, tells none from nothing known', async () => {
    const { threats } = await network('H49.01');
    expect(threats?.by_severity).toEqual([0, 0, 1, 0, 1]);
    expect(threats?.rows.map(({ signature }) => signature)).toEqual(['S4', 'S2']);
    expect((await network('H49.01.02')).threats).toEqual({ by_severity: [0, 0, 0, 0, 0], rows: [] });
    expect((await network('H49.01.01')).threats).toBeNull();
  });

  it('answers an unknown unit as one that does not exist', async () => {
    for (const path of ['standing', 'network'])
      expect((await fetch(`${api.url}/api/units/H49.77/${path}`)).status).toBe(404);
  });
});

describe('a public aggregate', () => {
  it('is only what is listed', async () => {
    const run = () => Promise.reject(new Error('was asked'));
    const asked = askWholeProvince({ run }, testProvince().units, unitQueries().causes, {});
    await expect(asked).rejects.toThrow('is not a public aggregate');
  });
});
