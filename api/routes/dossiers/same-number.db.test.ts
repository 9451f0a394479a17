import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { dossierRow, insert } from '../../test-rows.ts';
import { writeCursor } from './cursor.ts';
import { PageSchema } from './list-route.ts';
import { SORTS } from './queries.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const DAY = 24 * 3_600_000;
const UNITS = ['H49.01', 'H49.02', 'H49.03'];

describe('a number that several units use', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW });
    const dossier = (unit: string, dossier_id: string) => ({
      ...{ unit, unit_path: `/H49/${unit}/`, dossier_id },
      ...{ observed_at: NOW - 5 * DAY, due_at: NOW - 2 * DAY },
    });
    await insert(db.writer, 'dossier_event', [
      ...UNITS.map((unit) => dossierRow(dossier(unit, 'TWIN-1'))),
      ...UNITS.map((unit) => dossierRow({ ...dossier(unit, `${unit}-2`), due_at: null })),
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
        expect(page.count).toBe(6);
        seen.push(...page.rows.map(({ unit, dossier_id }) => `${unit} ${dossier_id}`));
        next = page.next;
      }
      expect(new Set(seen).size).toBe(6);
      expect(seen).toEqual((await list(`sort=${sort}`)).rows.map(({ unit, dossier_id }) => `${unit} ${dossier_id}`));
    },
  );

  it('ends a list with a page that names no next one, and tells its length even past the end', async () => {
    expect((await list('limit=6')).next).toBeNull();
    const { next } = await list('limit=5&sort=unit');
    expect(await list(`limit=1&sort=unit&after=${next ?? ''}`)).toMatchObject({ count: 6, next: null });
    const after = writeCursor({ rank: 9007199254740991, text: 'z', unit_path: '/z/', id: 'z' });
    expect(await list(`sort=unit&after=${after}`)).toMatchObject({ count: 6, rows: [], next: null });
  });
});
