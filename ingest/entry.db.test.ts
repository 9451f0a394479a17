import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestIngest, type TestIngest } from './test-ingest.ts';

let ingest: TestIngest;
beforeAll(async () => {
  ingest = await startTestIngest();
});
afterAll(() => ingest.close());

/** The body of the example in entries.md. */
async function example(): Promise<string> {
  const readme = await readFile(join(import.meta.dirname, 'entries.md'), 'utf8');
  const [, body = ''] = /v1\/events -d '(\[[^']*"entry\.made"[^']*\])'/.exec(readme) ?? [];
  return body;
}

it('takes figures that a source states by the example of entries.md, and keeps whose they are', async () => {
  expect(await ingest.post('/v1/events', await example())).toMatchObject({
    status: 200,
    body: { accepted: 2, duplicate: 0, rejected: [] },
  });
  // sent again, nothing is added
  expect(await ingest.post('/v1/events', await example())).toMatchObject({ body: { accepted: 0, duplicate: 2 } });
  const columns = 'unit_path, metric, period, value, entered_by, source, note';
  for (const database of ['live', 'history'])
    expect(await ingest.rows(`SELECT ${columns} FROM ${database}.entry ORDER BY metric`)).toEqual([
      expect.objectContaining({ metric: 'dossiers.finished', value: 1_190 }),
      {
        ...{ unit_path: '/H49/H49.02/', metric: 'dossiers.received', period: '2025-10', value: 1_284 },
        ...{ entered_by: 'Bộ phận một cửa Móng Cái', source: 'mot-cua-mong-cai', note: 'Biểu 06a tháng 10/2025' },
      },
    ]);
});

it('lets the figure stand that was stated last, and takes one back that is null', async () => {
  const state = (day: string, value: number | null) =>
    ingest.post(
      '/v1/events',
      JSON.stringify({
        ...{ specversion: '1.0', id: day, source: 'bao-cao', type: 'entry.made', time: `${day}T08:00:00+07:00` },
        unit: 'H49.02',
        data: { metric: 'dossiers.received', period: '2025-10', value },
      }),
    );
  const standing = () => ingest.rows("SELECT value, source FROM live.entry WHERE metric = 'dossiers.received'");
  await state('2025-11-05', 1_290);
  await state('2025-11-04', 1_270);
  expect(await standing()).toEqual([{ value: 1_290, source: 'bao-cao' }]);
  await state('2025-11-06', null);
  expect(await standing()).toEqual([]);
});
