import { expect, it } from 'vitest';
import { z } from 'zod';
import { RELATIONS } from '#ingest/clickhouse/relations.ts';
import { startTestStore } from '#ingest/clickhouse/test-store.ts';
import { testQuery } from '../test-boards.ts';
import { sightOf } from './key.ts';

/** The tables that a view reads, also through other views. */
function tablesOf(sql: string, views: ReadonlyMap<string, string>): string[] {
  return [...sql.matchAll(/(?:FROM|JOIN) (log|live)\.(\w+)/g)].flatMap(([, database, name = '']) => {
    const view = database === 'live' ? views.get(name) : undefined;
    return view === undefined ? [name] : tablesOf(view, views);
  });
}

it('watches the very table that a relation is read from, so that no figure keeps an old value for good', async () => {
  const db = await startTestStore();
  try {
    const reply = await db.owner.query({
      query: `SELECT name, create_table_query AS sql FROM system.tables WHERE database = 'live' AND engine = 'View'`,
      format: 'JSON',
    });
    const { data } = z
      .object({ data: z.array(z.object({ name: z.string(), sql: z.string() })) })
      .parse(await reply.json());
    // what a relation is put together of is none itself
    const relations = data.filter(({ name }) => !name.endsWith('_folded'));
    expect(relations.map(({ name }) => name).sort()).toEqual(Object.keys(RELATIONS).sort());
    for (const { name, sql } of relations) {
      const query = testQuery(name, '', [name], { description: name, rows: {} });
      const { tables } = sightOf(query, {}, { scope: '/H49/', at: null, known_at: null });
      const read = tablesOf(sql, new Map(data.map((view) => [view.name, view.sql])));
      // what is known of the sources of dossiers is stored before the dossiers are folded
      expect([...new Set(read)]).toEqual(name === 'dossier_source' ? ['source_state'] : tables);
    }
  } finally {
    await db.close();
  }
});
