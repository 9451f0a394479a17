import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { testUnits } from '#ingest/test-units.ts';
import { insertSample } from './check/sample.ts';

const page = await readFile(join(import.meta.dirname, '..', 'dashboards', 'grafana.md'), 'utf8');
/** The columns of each view, as the page has them: `name type`. */
const documented = new Map(
  page
    .split(/^## bi\./m)
    .slice(1)
    .map((part): [string, string[]] => {
      const rows = [...part.matchAll(/^\| (\w+) +\| ([A-Z][^|]*?) +\|/gm)];
      return [part.slice(0, part.indexOf(':')), rows.map(([, name = '', type = '']) => `${name} ${type}`)];
    }),
);
const NAMES = z.array(z.object({ name: z.string() }));
const COLUMNS = z.array(z.object({ name: z.string(), type: z.string() }));

let store: TestStore;
let analyst: ClickHouseClient;
const rows = async (query: string): Promise<unknown[]> =>
  (await analyst.query({ query, format: 'JSONEachRow' })).json();
beforeAll(async () => {
  store = await startTestStore();
  const passwords: unknown = JSON.parse(await readFile(join(store.folder, 'passwords.json'), 'utf8'));
  const { analyst: password } = z.object({ analyst: z.string() }).parse(passwords);
  analyst = connect({ url: store.accesses.owner.url, username: 'analyst', password }, { quiet: true });
  await insertSample(store.writer, testUnits().units, Date.now());
});
afterAll(async () => {
  await analyst.close();
  await store.close();
});

it('documents every view, and every column with its type', async () => {
  const views = NAMES.parse(await rows(`SELECT name FROM system.tables WHERE database = 'bi'`));
  expect(views.map(({ name }) => name).sort()).toEqual([...documented.keys()].sort());
  for (const [view, columns] of documented) {
    const found = COLUMNS.parse(await rows(`DESCRIBE TABLE bi.${view}`));
    expect(found.map(({ name, type }) => `${name} ${type}`)).toEqual(columns);
  }
});

it('gives rows of the whole province, in the time of Vietnam, and nobody’s name', async () => {
  const units = testUnits().units.length;
  expect(await rows('SELECT count() AS links, sum(up) AS up FROM bi.link')).toEqual([{ links: units, up: 0 }]);
  const [reading] = await rows(
    `SELECT toTimeZone(now(), 'Asia/Ho_Chi_Minh') AS now, observed_at, value, unit FROM bi.reading WHERE unit = 'H49.02'`,
  );
  const read = z
    .object({ now: z.string(), observed_at: z.string(), value: z.number(), unit: z.string() })
    .parse(reading);
  expect(read).toMatchObject({ value: 7, unit: 'H49.02' });
  // a minute ago, as both are written
  const ago_ms = Date.parse(`${read.now}Z`) - Date.parse(`${read.observed_at}Z`);
  expect(ago_ms).toBeGreaterThan(55_000);
  expect(ago_ms).toBeLessThan(600_000);
  expect([...documented.values()].flat().join('\n')).not.toMatch(/actor|_by |assignee|holder|handler|applicant|note/);
});

it.each([
  ['the tables under the views', 'SELECT count() FROM live.link'],
  ['the logs', 'SELECT count() FROM log.dossier_event'],
  ['applicants', 'SELECT count() FROM personal.applicant'],
  ['the users', 'SELECT count() FROM system.users'],
  ['writing', 'DROP VIEW bi.link'],
  ['more memory', 'SELECT 1 SETTINGS max_memory_usage = 0'],
  ['more than a minute', 'SELECT 1 SETTINGS max_execution_time = 600'],
])('its user is refused %s', async (_, query) => {
  await expect(rows(query)).rejects.toThrow(/privileges|readonly|greater than/);
});

it('its user may set how long it waits, as drivers do', async () => {
  expect(await rows('SELECT 1 AS one SETTINGS max_execution_time = 60')).toEqual([{ one: 1 }]);
});
