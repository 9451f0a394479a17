import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dashboards, LoadedQuery } from '#dashboards/dashboards.ts';
import { loadDashboards } from '#dashboards/load.ts';
import type { TemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { QuerySchema } from '#dashboards/schema/query.ts';
import { startSampleStore } from './sample-store.ts';
import { askedOf, findSlow, metricsOf } from './slow-queries.ts';

let dashboards: Dashboards;
let engine: TemporaryEngine;
beforeAll(async () => {
  const loaded = await loadDashboards({
    folder: join(import.meta.dirname, '..', '..', 'dashboards'),
    province: 'quang-ninh-2019',
  });
  if (!loaded.dashboards) throw new Error('the shipped province is served');
  dashboards = loaded.dashboards;
  engine = await startSampleStore(dashboards.province.units.units, ['portal.visitors', 'queue.waiting']);
}, 240_000);
afterAll(() => engine.close());

const queryOf = (id: string, sql: string): LoadedQuery => ({
  ...QuerySchema.parse({ description: id, rows: { value: { type: 'number' } } }),
  ...{ id, sql, relations: ['dossier_event'] },
});

it('refuses a query that is slow, where its SELECT stands, and no ordinary one', { timeout: 240_000 }, async () => {
  const pairs = queryOf(
    'pairs',
    '-- All pairs.\n-- Too many.\n\nSELECT countIf(a.observed_at < b.observed_at) AS value FROM dossier_event AS a INNER JOIN dossier_event AS b ON a.source = b.source',
  );
  const all = queryOf('all', '-- All events.\nSELECT count() AS value FROM dossier_event');
  const asked = [pairs, all].map((query) => ({ query, params: {}, by: 'boards/thu pairs' }));
  const faults = await findSlow(engine.reader, asked, '/H49/');
  expect(faults).toEqual([
    { file: 'queries/pairs.sql', line: 4, column: 1, path: '', message: expect.stringMatching(/\S.*; allowed: /) },
  ]);
  expect(faults[0]?.message).toMatch(
    /^is slow in live \(boards\/thu pairs\): (takes \d+ ms|is given up by the engine) on the sample store; allowed: 25 times the yardstick of \d+ ms, \d+ ms here\./,
  );
});

it('asks what every panel and rule asks, once, and has rows of every metric that they name', () => {
  const asked = askedOf(dashboards);
  const said = asked.map(({ query, params }) => JSON.stringify([query.id, Object.entries(params).sort()]));
  expect(new Set(said).size).toBe(said.length);
  for (const id of dashboards.queries.keys()) expect(asked.some(({ query }) => query.id === id)).toBe(true);
  expect(asked.find(({ query }) => query.id === 'count-share')).toMatchObject({
    params: { part: expect.any(String), whole: expect.any(String) },
  });
  expect(metricsOf(asked)).toEqual(
    expect.arrayContaining(['document.out', 'document.out_electronic', 'index.pci_rank', 'queue.waiting']),
  );
});

it('holds two years of dossiers, folded, and readings of a month', async () => {
  const reply = await engine.reader.query({
    query: `SELECT (SELECT count() FROM live.dossier) AS dossiers, (SELECT count() FROM live.dossier_open) AS open,
      (SELECT dateDiff('day', min(opened_on), max(opened_on)) FROM live.dossier) AS days, (SELECT uniqExact(metric) FROM live.reading) AS metrics`,
    format: 'JSONEachRow',
  });
  const [row] = await reply.json<{ dossiers: number; open: number; days: number; metrics: number }>();
  expect(row?.dossiers).toBeGreaterThan(5_900);
  expect(row?.open).toBeGreaterThan(10);
  expect(row?.days).toBeGreaterThan(700);
  expect(row?.metrics).toBe(2);
});
