import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { insert } from '../test-rows.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PageSchema = z.object({
  count: z.int(),
  sum: z.number().nullable(),
  next: z.string().nullable().optional(),
  rows: z.array(z.looseObject({ unit: z.string(), value: z.number().nullable() })),
});

const base = (unit: string, at: number) => ({
  ...{ event_key: randomUUID(), id: randomUUID(), source: 'thu', subject: `${unit} thu`, simulated: 0 },
  ...{ unit, unit_path: unit === 'H49' ? '/H49/' : `/H49/${unit}/`, observed_at: at, received_at: at },
});
const counted = (unit: string, at: number, value: number | null, place = '') => ({
  ...base(unit, at),
  ...{ type: 'reading.sample', metric: 'document.out', value, value_unit: '1', place },
});
const stated = (unit: string, metric: string, period: string, at: number, value: number | null) => ({
  ...base(unit, at),
  ...{ type: 'entry.made', metric, period, value, actor: 'nguoi-nhap', note: '' },
});

describe('lists of what was counted and stated', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW });
    await insert(db.writer, 'reading_event', [
      // three on the same instant: a page may end between them
      ...[
        counted('H49.01', NOW - 5 * MINUTE, 3),
        counted('H49.02', NOW - 5 * MINUTE, 4),
        counted('H49', NOW - 5 * MINUTE, 5),
      ],
      // the local day began at 17:00 UTC
      ...[counted('H49.01', NOW - 10 * 60 * MINUTE, 7, 'van-thu'), counted('H49.01', NOW - 10 * 60 * MINUTE - 1, 100)],
      ...[counted('H49.01', NOW - 3 * DAY, 20), counted('H49.02', NOW - MINUTE, null)],
    ]);
    await insert(db.writer, 'entry_event', [
      ...[
        stated('H49', 'index.dti_score', '2023', NOW - 9 * DAY, 60),
        stated('H49', 'index.dti_score', '2023', NOW - 8 * DAY, 61),
      ],
      ...[
        stated('H49', 'index.dti_score', '2024', NOW - 7 * DAY, 65),
        stated('H49', 'index.pci_rank', '2023', NOW - 6 * DAY, 2),
      ],
      ...[
        stated('H49.01', 'staff.volunteers', '2024-Q4', NOW - DAY, 12),
        stated('H49.02', 'staff.volunteers', '2024-Q4', NOW - DAY, 9),
      ],
      ...[
        stated('H49.02', 'staff.volunteers', '2024-Q3', NOW - 2 * DAY, 8),
        stated('H49.02', 'staff.volunteers', '2024-Q3', NOW - MINUTE, null),
      ],
    ]);
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
  const ask = async (path: string) => {
    const reply = await fetch(api.url + path);
    expect(reply.status, path).toBe(200);
    return PageSchema.parse(await reply.json());
  };
  const iso = (at: number) => new Date(at).toISOString();

  it.each([
    ['', 4, 19],
    ['&days=4', 6, 139],
    [`&from=${iso(NOW - 10 * 60 * MINUTE - 1)}`, 5, 119],
    ['&unit=H49.01', 2, 10],
    ['&unit=H49&own=1', 1, 5],
    ['&place=van-thu', 1, 7],
    [`&at=${iso(NOW - 6 * MINUTE)}&known_at=${iso(NOW - 6 * MINUTE)}`, 1, 7],
  ])('what was counted%s are %i readings of %i', async (more, count, sum) => {
    const page = await ask(`/api/counts?metric=document.out${more}`);
    expect(page).toMatchObject({ count, sum, next: null });
    expect(page.rows.reduce((all, { value }) => all + (value ?? 0), 0)).toBe(sum);
  });

  it('leads from page to page, each with the whole sum, and leaves none out where many are of one instant', async () => {
    const seen: unknown[] = [];
    let after = '';
    for (let page = 0; page < 10; page += 1) {
      const one = await ask(`/api/counts?metric=document.out&days=4&limit=2${after}`);
      expect(one).toMatchObject(one.rows.length === 0 ? { sum: null } : { count: 6, sum: 139 });
      seen.push(...one.rows.map(({ id }) => id));
      if (!one.next) break;
      after = `&after=${one.next}`;
    }
    expect(new Set(seen).size).toBe(6);
    expect(seen).toHaveLength(6);
    expect((await fetch(`${api.url}/api/counts?metric=document.out&after=zzz`)).status).toBe(400);
  });

  it('says nothing rather than zero where nothing was counted, and refuses to add up everything', async () => {
    expect(await ask('/api/counts?metric=air.pm25')).toMatchObject({ count: 0, sum: null });
    expect((await fetch(`${api.url}/api/counts`)).status).toBe(400);
    expect((await fetch(`${api.url}/api/counts?metric=a.b&unit=H99`)).status).toBe(404);
  });

  it('gives all of them as a file, whatever the page', async () => {
    const reply = await fetch(`${api.url}/api/counts/export.csv?metric=document.out&days=4`);
    expect(reply.headers.get('content-disposition')).toContain('so-dem-H49.csv');
    const lines = (await reply.text()).trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain('Giá trị');
    expect(lines[1]).toMatch(/^15\/01\/2025 09:55:00,/);
  });

  it.each([
    ['?metric=index.dti_score', 2, 126],
    ['?metric=index.dti_score&own=1&period=newest', 1, 65],
    ['?metric=index.dti_score&period=2023', 1, 61],
    ['?metric=staff.volunteers&period=newest', 2, 21],
    ['?unit=H49.02&metric=staff.volunteers', 1, 9],
    [`?metric=index.dti_score&period=2023&at=${iso(NOW - 8.5 * DAY)}`, 1, 60],
    ['?metric=index.dti_score&history=1', 3, null],
    ['?unit=H49.02&metric=staff.volunteers&history=1', 3, null],
  ])('what was stated%s are %i figures of %j', async (more, count, sum) => {
    const page = await ask(`/api/entries${more}`);
    expect(page).toMatchObject({ count, sum });
    expect(page.rows).toHaveLength(count);
  });

  it('tells all that was stated of a figure, the last word first, what was taken back without a value', async () => {
    const { rows } = await ask('/api/entries?unit=H49.02&metric=staff.volunteers&history=1');
    expect(rows.map(({ period, value, actor }) => [period, value, actor])).toEqual([
      ['2024-Q3', null, 'nguoi-nhap'],
      ['2024-Q4', 9, 'nguoi-nhap'],
      ['2024-Q3', 8, 'nguoi-nhap'],
    ]);
    const file = await (await fetch(`${api.url}/api/entries/export.csv?metric=index.dti_score&history=1`)).text();
    expect(file.trim().split('\r\n')).toHaveLength(4);
  });
});
