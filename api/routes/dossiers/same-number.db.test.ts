import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { dossierRow, insert, storeChases } from '../../test-rows.ts';
import { writeCursor } from './cursor.ts';
import { PageSchema } from './list-route.ts';
import { SORTS } from './queries.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const DAY = 24 * 3_600_000;
const UNITS = ['H49.01', 'H49.02', 'H49.01.01'];

describe('a number that several units use', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW, post: storeChases(db.writer) });
    const dossier = (unit: string, dossier_id: string) => ({
      ...{ unit, unit_path: unit === 'H49.01.01' ? '/H49/H49.01/H49.01.01/' : `/H49/${unit}/`, dossier_id },
      ...{ observed_at: NOW - 5 * DAY, due_at: NOW - 2 * DAY },
    });
    await insert(db.writer, 'dossier_event', [
      ...UNITS.map((unit) => dossierRow(dossier(unit, 'TWIN-1'))),
      ...UNITS.map((unit) => dossierRow({ ...dossier(unit, `${unit}-2`), due_at: null })),
      dossierRow({ ...dossier('H49.01', 'A,1'), due_at: NOW + 30 * DAY }),
      dossierRow({ ...dossier('H49.02', 'A,1'), unit: '?', unit_path: '/H49/?/' }),
      dossierRow({ ...dossier('H49.02', 'TWIN-1'), observed_at: NOW - 4 * DAY, status: 4 }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const list = async (query: string) =>
    PageSchema.parse(await (await fetch(`${api.url}/api/dossiers?${query}`)).json());

  it.each(SORTS.flatMap((sort) => [sort, `-${sort}`]))(
    'is on as many pages of the list by %s as it has rows',
    async (sort) => {
      const seen: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const page = await list(`sort=${sort}&limit=1${next === '' ? '' : `&after=${next}`}`);
        expect(page.count).toBe(8);
        seen.push(...page.rows.map(({ unit, dossier_id }) => `${unit} ${dossier_id}`));
        next = page.next;
      }
      expect(new Set(seen).size).toBe(8);
      expect(seen).toEqual((await list(`sort=${sort}`)).rows.map(({ unit, dossier_id }) => `${unit} ${dossier_id}`));
    },
  );

  it('ends a list with a page that names no next one, and tells its length even past the end', async () => {
    expect((await list('limit=8')).next).toBeNull();
    const { next } = await list('limit=7&sort=unit');
    expect(await list(`limit=1&sort=unit&after=${next ?? ''}`)).toMatchObject({ count: 8, next: null });
    const after = writeCursor({ rank: 9007199254740991, text: 'z', unit_path: '/z/', id: 'z' });
    expect(await list(`sort=unit&after=${after}`)).toMatchObject({ count: 8, rows: [], next: null });
  });

  const ask = async (path: string, body?: unknown) => {
    const reply = await fetch(`${api.url}/api${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    const answer: unknown = await reply.json();
    return { status: reply.status, answer };
  };

  it('is one dossier of one unit in its detail, which names the others', async () => {
    expect((await ask('/dossiers/TWIN-1?unit=H49.02')).answer).toMatchObject({
      dossier: { unit: 'H49.02', status: 4 },
      steps: [{ status: 2 }, { status: 4 }],
      other_units: ['H49.01', 'H49.01.01'],
    });
    expect((await ask('/dossiers/TWIN-1')).answer).toMatchObject({
      dossier: { unit: 'H49.01', status: 2 },
      steps: [{ status: 2 }],
      other_units: ['H49.01.01', 'H49.02'],
    });
    expect((await ask('/dossiers/H49.01-2?unit=H49.02')).status).toBe(404);
  });

  it('is listed under the units that are not in the tree, as many as their line counts', async () => {
    const { answer } = await ask('/dossiers/summary?group_by=unit&state=open');
    expect(answer).toMatchObject({ lines: expect.arrayContaining([expect.objectContaining({ key: '?' })]) });
    expect(await list('unit=?&state=open')).toMatchObject({ count: 1, rows: [{ dossier_id: 'A,1', unit: '' }] });
    expect((await ask('/dossiers/summary?unit=?&group_by=unit')).answer).toMatchObject({ lines: [{ key: '?' }] });
  });

  it('is said to be sorry for by one unit without a word on the dossiers of the others', async () => {
    const missing = async () =>
      (await list('apology=missing')).rows.map(({ unit, dossier_id }) => `${unit} ${dossier_id}`);
    const all = ['H49.01 TWIN-1', 'H49.02 TWIN-1', 'H49.01.01 TWIN-1', ' A,1'].sort();
    expect((await missing()).sort()).toEqual(all);
    const noted = await ask('/apologies', { dossier_ids: ['TWIN-1'], unit: 'H49.02' });
    expect(noted).toMatchObject({ status: 201, answer: { rows: [{ unit: 'H49.02', dossier_id: 'TWIN-1' }] } });
    expect((await missing()).sort()).toEqual(all.filter((each) => !each.startsWith('H49.02')));
    expect((await ask('/apologies?dossier=TWIN-1&unit=H49.01')).answer).toMatchObject({ rows: [] });
  });

  it('may have a comma, and names one that is not overdue beside one that is', async () => {
    const slip = { dossier_ids: ['A,1'] };
    expect(await ask('/apologies', { ...slip, unit: 'H49.01' })).toMatchObject({
      status: 409,
      answer: { code: 'IOC_NOT_OVERDUE' },
    });
    // of both it is that of a unit which is not in the tree
    expect(await ask('/apologies', slip)).toMatchObject({ status: 201, answer: { rows: [{ unit: '' }] } });
    expect((await list('apology=sent')).rows.map(({ dossier_id }) => dossier_id)).toContain('A,1');
    const deadline_at = new Date(NOW + DAY).toISOString();
    expect(await ask('/chases', { dossier_ids: ['A,1'], text: 'a', deadline_at })).toMatchObject({
      status: 201,
      answer: { chases: expect.arrayContaining([expect.objectContaining({ unit: 'H49.01', dossier_ids: ['A,1'] })]) },
    });
  });
});
