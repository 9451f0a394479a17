import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { RELATIONS, TABLES } from '#ingest/clickhouse/relations.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { aim, type Lens } from './lens.ts';
import { createStore, type Store } from './store.ts';
import { testQuery } from './test-boards.ts';
import { dossierRow, insert, linkRow } from './test-rows.ts';

const T0 = Date.UTC(2025, 0, 15, 2);
const MINUTE = 60_000;

describe('lens on a real engine', () => {
  let db: TestStore;
  let store: Store;
  beforeAll(async () => {
    db = await startTestStore();
    store = createStore({ client: connect(db.accesses.reader, { quiet: true }), clock: () => T0 + 60 * MINUTE });
  });
  afterAll(() => db.close());

  const ask = async (sql: string, lens: Partial<Lens> = {}, store_ = store) => {
    const query = testQuery('ask', sql, [], { description: 'x', rows: { value: { type: 'text' } }, max_rows: 5000 });
    const { rows } = await store_.run(query, {}, { scope: '/H49/', at: null, known_at: null, ...lens });
    return rows.map(([value]) => String(value));
  };

  it('shows, for any path, the rows below it and no other, whatever characters it holds', async () => {
    const hostile = [
      "'",
      '"',
      '\\',
      "\\'",
      "''",
      '%',
      '_',
      '`',
      '\0',
      '\n',
      '\t',
      ')',
      "') OR 1=1 --",
      "' OR ''='",
      '{',
      '}',
      ':',
      'đ',
      '😀',
    ];
    const part = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
      fc.array(fc.constantFrom(...hostile), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    );
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `/Z/${parts.join('/')}/`);
    const paths = [...new Set([...hostile.map((text) => `/Z/${text}/`), ...fc.sample(path, 150)])];
    await insert(
      db.writer,
      'dossier_event',
      paths.map((unit_path) => dossierRow({ observed_at: T0, unit_path })),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...paths), path), async (scope) => {
        const expected = paths.filter((one) => one.startsWith(scope)).sort();
        const hex = (texts: string[]) => texts.map((one) => Buffer.from(one).toString('hex').toUpperCase()).sort();
        const query = 'SELECT DISTINCT hex(unit_path) AS value FROM dossier_event';
        expect((await ask(query, { scope })).sort()).toEqual(hex(expected));
        expect((await ask(query, { scope, at: T0 })).sort()).toEqual(hex(expected));
      }),
      { numRuns: 60 },
    );
  });

  it('filters every table that holds rows', async () => {
    const reply = await db.owner.query({
      query: `SELECT concat(database, '.', name) AS name FROM system.tables
              WHERE database IN ('log', 'live') AND engine LIKE '%MergeTree' ORDER BY name`,
      format: 'JSON',
    });
    const { data } = z.object({ data: z.array(z.object({ name: z.string() })) }).parse(await reply.json());
    expect(TABLES.map(({ name }) => name).sort()).toEqual(data.map(({ name }) => name));
  });

  it('reaches every relation, in joins, unions and subqueries too', async () => {
    const at = T0 + 1;
    const both = (make: (unit_path: string) => unknown) => ['/H49/H49.01/', '/H49/H49.02/'].map(make);
    await insert(
      db.writer,
      'dossier_event',
      both((unit_path) => dossierRow({ observed_at: at, unit_path, dossier_id: `${unit_path}-250101-1` })),
    );
    await insert(
      db.writer,
      'link_event',
      both((unit_path) => linkRow({ observed_at: at, unit_path, link_id: unit_path })),
    );
    const scope = '/H49/H49.02/';
    for (const lens of [{ scope }, { scope, at: T0 + MINUTE }]) {
      for (const relation of Object.keys(RELATIONS))
        expect(
          await ask(
            `SELECT DISTINCT toString(unit_path) AS value FROM ${relation} WHERE unit_path != '${scope}'`,
            lens,
          ),
        ).toEqual([]);
      expect(await ask('SELECT DISTINCT toString(unit_path) AS value FROM source', lens)).toEqual([scope]);
      expect(
        await ask(
          `WITH e AS (SELECT unit_path FROM dossier_event) SELECT DISTINCT toString(d.unit_path) AS value
           FROM dossier AS d INNER JOIN e ON 1 = 1 INNER JOIN (SELECT unit_path FROM link) AS l ON l.unit_path = e.unit_path
           UNION DISTINCT SELECT toString(unit_path) AS value FROM log.dossier_event`,
          lens,
        ),
      ).toEqual([scope]);
    }
  });

  it('answers as it was at an instant, and as it was known by then', async () => {
    const unit_path = '/T/T.01/';
    const dossier_id = 'T.01-250115-0001';
    const row = (minute: number, status: number, received = minute) =>
      dossierRow({
        unit_path,
        dossier_id,
        status,
        observed_at: T0 + minute * MINUTE,
        received_at: T0 + received * MINUTE,
      });
    await insert(db.writer, 'dossier_event', [row(0, 2), row(10, 4), row(20, 9, 40)]);
    const status = (lens: Partial<Lens>) =>
      ask('SELECT toString(status) AS value FROM dossier', { scope: unit_path, ...lens });
    const minute = (n: number) => T0 + n * MINUTE;
    expect(await status({})).toEqual(['9']);
    expect(await status({ at: minute(5) })).toEqual(['2']);
    expect(await status({ at: minute(15) })).toEqual(['4']);
    expect(await status({ at: minute(30) })).toEqual(['9']);
    expect(await status({ at: minute(30), known_at: minute(30) })).toEqual(['4']);
    expect(await status({ at: minute(30), known_at: minute(40) })).toEqual(['9']);
    expect(await status({ at: minute(-1) })).toEqual([]);
    expect(await status({ known_at: minute(5) })).toEqual(['2']);
  });

  it('is the only thing that the user of the API may set', async () => {
    const reader = connect(db.accesses.reader, { quiet: true });
    const { settings } = aim({ scope: '/H49/', at: null, known_at: null }, T0);
    const set = (more: Record<string, number>) =>
      reader.query({ query: 'SELECT 1', clickhouse_settings: { ...settings, ...more } });
    await expect(set({ max_execution_time: 1000 })).rejects.toThrow(/readonly/);
    await expect(set({ readonly: 0 })).rejects.toThrow(/readonly/);
    await reader.close();
  });
});

describe('store', () => {
  let db: TestStore;
  beforeAll(async () => {
    db = await startTestStore();
  });
  afterAll(() => db.close());
  const lens = { scope: '/H49/', at: null, known_at: null };
  const run = (sql: string, timeout_ms = 10_000, max_rows = 3) => {
    const store = createStore({ client: connect(db.accesses.reader, { quiet: true }), clock: Date.now, timeout_ms });
    const rows = { value: { type: 'number', nullable: true }, at: { type: 'instant' } } as const;
    return store.run(testQuery('q', sql, [], { description: 'q', rows, max_rows }), {}, lens);
  };
  const coded = (code: string) => expect.objectContaining({ code });

  it('gives the declared columns in the declared order, missing as null', async () => {
    const { columns, rows } = await run(
      'SELECT toInt64(n) AS at, if(n = 5, NULL, 0.5) AS value FROM (SELECT arrayJoin([5, 6]) AS n)',
    );
    expect(columns).toEqual(['value', 'at']);
    expect(rows).toEqual([[null, 5], [0.5, 6]]); // prettier-ignore
  });

  it.each([
    ['a column too many', 'SELECT 1 AS value, 1 AS at, 1 AS more', 'IOC_ROWS_WRONG'],
    ['a column too few', 'SELECT 1 AS value', 'IOC_ROWS_WRONG'],
    ['another type', "SELECT 'x' AS value, 1 AS at", 'IOC_ROWS_WRONG'],
    ['null where none may be', 'SELECT 1 AS value, NULL AS at', 'IOC_ROWS_WRONG'],
    ['a relation that is not there', 'SELECT * FROM nothing', 'IOC_QUERY_FAILED'],
    [
      'more rows than allowed',
      'SELECT 1 AS value, number AS at FROM (SELECT arrayJoin(range(4)) AS number)',
      'IOC_QUERY_TOO_LONG',
    ],
  ])('refuses %s', (_, sql, code) => expect(run(sql)).rejects.toEqual(coded(code)));

  it('gives up a query that takes too long', () =>
    expect(run('SELECT sleepEachRow(1) AS value, 1 AS at FROM (SELECT arrayJoin(range(3)))', 300)).rejects.toEqual(
      coded('IOC_QUERY_TIMEOUT'),
    ));

  it('says that the database is away when it is', async () => {
    const client = connect({ ...db.accesses.reader, url: 'http://127.0.0.1:9' }, { quiet: true });
    await expect(createStore({ client, clock: Date.now }).ping()).rejects.toEqual(coded('IOC_STORE_AWAY'));
  });

  it('sees a log and its states grow with every insert, and no other', async () => {
    const store = createStore({ client: db.reader, clock: Date.now });
    await insert(db.writer, 'link_event', [linkRow({ observed_at: T0 })]);
    const before = await store.watermarks();
    await insert(db.writer, 'dossier_event', [
      dossierRow({ observed_at: T0 }),
      dossierRow({ observed_at: T0 - 90 * 86_400_000 }),
    ]);
    const after = await store.watermarks();
    for (const table of ['dossier_event', 'dossier_row', 'source_state'])
      expect(after[table]).toBeGreaterThan(before[table] ?? 0);
    for (const table of ['link_event', 'link_word_state']) expect(after[table]).toBe(before[table]);
  });
});
