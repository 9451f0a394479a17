import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventKey } from '../../pipeline/event-key.ts';
import { FAMILY_NAMES } from '../../schema/event.ts';
import type { DossierEventRow } from '../../schema/dossier.ts';
import { LOG_TABLES, type Log } from '../relations.ts';
import { startTestStore, type TestStore } from '../test-store.ts';
import { LOG_COLUMNS } from './columns.ts';
import { RowBuffer } from './row-buffer.ts';
import { batchToken, clickhouseStore } from './store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const logs = z.array(z.enum([...FAMILY_NAMES, 'dead_letter'])).parse(Object.keys(LOG_TABLES));

const row: DossierEventRow = {
  event_key: eventKey('s', 'columns'),
  ...{ id: 'i', source: 's', type: 'dossier.step', subject: 'd', unit_path: '/H49/', unit: 'Cẩm Phả', simulated: 1 },
  observed_at: Date.UTC(1969, 6, 20, 20, 17, 40, 123),
  received_at: Date.UTC(2024, 1, 29, 1, 2, 3, 4),
  ...{ dossier_id: 'd', opened_on: '2023-10-27', status: 4, due_at: Date.UTC(2123, 0, 1), procedure_code: 'p' },
  ...{ procedure_name: 'Tên rất dài '.repeat(30), field_code: 'f', field_name: 'n', channel: 2, applicant_kind: 3 },
  ...{ handler_path: '/H49/H49.02/', handler: 'h', step_holder: 'x', attributes: '{"a":1}' },
};

describe('the columns of inserts', () => {
  it.each(logs)('are those of the table of %s', async (log: Log) => {
    const result = await store.owner.query({
      query: `SELECT name FROM system.columns WHERE database = 'log' AND table = {table:String} AND default_kind = ''`,
      query_params: { table: LOG_TABLES[log] },
      format: 'JSONCompactEachRow',
    });
    const names = z.array(z.tuple([z.string()])).parse(await result.json());
    expect(LOG_COLUMNS[log].map((column) => column.name)).toEqual(names.map(([name]) => name));
  });

  it('bring every value into the table as it was, and the same batch twice brings it once', async () => {
    const out = new RowBuffer(16);
    for (const column of LOG_COLUMNS.dossier) column.write(out, row);
    const token = batchToken('dossier', [row.event_key]);
    const { insert } = clickhouseStore(store.writer, Date.now);
    await insert('dossier', out.written(), token);
    await insert('dossier', out.written(), token);
    const result = await store.owner.query({
      query: `SELECT * EXCEPT (event_key, observed_at, received_at, due_at), lower(hex(event_key)) AS event_key,
        toFloat64(observed_at) * 1000 AS observed_at, toFloat64(received_at) * 1000 AS received_at, toFloat64(due_at) * 1000 AS due_at
        FROM log.dossier_event`,
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([row]);
    const counts = await store.owner.query({
      query: 'SELECT count() AS rows FROM live.source_state',
      format: 'JSONEachRow',
    });
    expect(JSON.stringify(await counts.json())).toMatch(/"rows":"?1"?}/);
  });
});
