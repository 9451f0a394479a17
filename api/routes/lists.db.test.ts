import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { insert, linkRow } from '../test-rows.ts';

// 15 January 2025, 10:00 in Hà Nội
const NOW = Date.UTC(2025, 0, 15, 3);
const MINUTE = 60_000;
const PageSchema = z.object({
  count: z.int(),
  sum: z.number().nullable().optional(),
  rows: z.array(z.looseObject({})),
});

const base = (unit: string, at: number) => ({
  ...{ event_key: randomUUID(), id: randomUUID(), source: 'thu', subject: 'thu', simulated: 0 },
  ...{ unit, unit_path: unit === 'H49' ? '/H49/' : `/H49/${unit}/`, observed_at: at, received_at: at },
});
const alert = (unit: string, minutes: number, severity: number, type = 'security.alert') => ({
  ...base(unit, NOW - minutes * MINUTE),
  ...{ type, severity, event_type: 'alert', category: '', signature: 'Thử', asset: '', action: '', payload: '{}' },
});
const reading = (unit: string, minutes: number, value: number | null) => ({
  ...base(unit, NOW - minutes * MINUTE),
  ...{ type: 'reading.sample', metric: 'queue.waiting', value, value_unit: '1', place: '' },
});
const link = (unit: string, type: string, minutes: number, ring = '') =>
  linkRow({
    ...{ type, unit, unit_path: `/H49/${unit}/`, link_id: `l-${unit}`, subject: `l-${unit}`, ring },
    ...{ up: type === 'link.down' ? 0 : 1, observed_at: NOW - minutes * MINUTE },
  });

describe('lists of records', () => {
  let db: TestStore;
  let api: TestApp;
  beforeAll(async () => {
    db = await startTestStore();
    api = await startTestApp(db.accesses.reader, { clock: () => NOW });
    await insert(db.writer, 'link_event', [
      ...[link('H49.01', 'link.sample', 1), link('H49.02', 'link.sample', 40), link('H49.02', 'link.up', 39)],
      ...[link('H49.03', 'link.down', 5, 'vong'), link('H49.04', 'link.down', 6, 'vong')],
    ]);
    await insert(db.writer, 'security_event', [
      ...[alert('H49', 5, 4), alert('H49.01', 10, 3), alert('H49.01', 30, 0), alert('H49.02', 90, 1)],
      ...[alert('H49.02', 3, 2, 'security.record'), alert('H49.02', 3_000, 4)],
    ]);
    await insert(db.writer, 'reading_event', [
      ...[reading('H49.01', 1, 5), reading('H49.02', 30, 7), reading('H49.03', 1, null)],
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
  const iso = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();

  it.each([
    ['/api/links', 4],
    ['/api/links?state=up', 1],
    ['/api/links?state=silent', 1],
    ['/api/links?state=down,silent', 3],
    ['/api/links?ring=vong&state=down', 2],
    ['/api/links?link=l-H49.01', 1],
    ['/api/links?unit=H49.02', 1],
    ['/api/security', 4],
    ['/api/security?unit=H49.01', 2],
    ['/api/security?unit=H49&own=1', 1],
    ['/api/security?severity=high,critical', 2],
    ['/api/security?severity=unclassified', 1],
    [`/api/security?from=${iso(60)}`, 3],
    [`/api/security?from=${iso(60)}&to=${iso(8)}`, 2],
    [`/api/security?from=${iso(100)}&at=${iso(20)}&known_at=${iso(20)}`, 2],
    ['/api/readings?metric=queue.waiting', 2],
    ['/api/readings?metric=queue.waiting&fresh_s=900', 1],
  ])('%s has %i', async (path, count) => {
    const page = await ask(path);
    expect(page.count).toBe(count);
    expect(page.rows).toHaveLength(count);
    expect((await ask(`${path}${path.includes('?') ? '&' : '?'}limit=1`)).count).toBe(count);
  });

  it('adds readings up, and says nothing rather than zero where there are none', async () => {
    expect(await ask('/api/readings?metric=queue.waiting')).toMatchObject({ sum: 12 });
    expect(await ask('/api/readings?metric=air.pm25')).toMatchObject({ count: 0, sum: null });
  });

  it('finds one alert by its id', async () => {
    const [first] = (await ask('/api/security')).rows;
    expect(await ask(`/api/security?event=${String(first?.id)}`)).toMatchObject({ count: 1 });
  });

  it('refuses a state or a unit that there is not', async () => {
    expect((await fetch(`${api.url}/api/links?state=broken`)).status).toBe(400);
    expect((await fetch(`${api.url}/api/links?unit=H99`)).status).toBe(404);
  });
});
