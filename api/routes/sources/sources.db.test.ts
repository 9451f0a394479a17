import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';

let db: TestStore;
let api: TestApp;

beforeAll(async () => {
  db = await startTestStore();
  api = await startTestApp(db.accesses.reader);
  const now = new Date(Date.now() - 5_000).toISOString().replace('T', ' ').replace('Z', '');
  const row = { unit_path: '/H49/', observed_at: now, received_at: now, simulated: 0 };
  const put = (table: string, values: readonly object[]) =>
    db.writer.insert({ table: `log.${table}`, format: 'JSONEachRow', values });
  const key = (n: number): string => `00000000-0000-0000-0000-00000000000${n}`;
  await put('link_event', [{ ...row, event_key: key(1), source: 'mang', type: 'link.sample', link_id: 'l', up: 1 }]);
  await put('intake_event', [
    {
      ...{ ...row, event_key: key(2), source: 'toan-canh/collector', type: 'intake.source', subject: 'link/mang' },
      ...{ of_family: 'link', name: 'mang', limit_ms: 60_000, is_silent: 1 },
    },
    {
      ...{ ...row, event_key: key(3), source: 'toan-canh/ingest', type: 'intake.report', subject: 'events/mang' },
      ...{ entry: 'events', name: 'mang', accepted: 10, rejected: 5 },
    },
    {
      ...{ ...row, event_key: key(4), source: 'toan-canh/collector', type: 'intake.report', subject: 'syslog' },
      ...{ entry: 'syslog', period_ms: 15_000, received: 3, dropped: 1, kernel_dropped: 2, faulty: 0 },
      ...{ queue_bytes: 7, queue_limit_bytes: 100, oldest_ms: 1_500, error: 'store_away' },
    },
  ]);
});
afterAll(async () => {
  await api.close();
  await db.close();
});

it('says how every source is, and what waits at the entries of the collector', async () => {
  const reply = await fetch(`${api.url}/api/sources`);
  expect(reply.status).toBe(200);
  expect(await reply.json()).toMatchObject({
    health: [
      {
        family: 'link',
        source: 'mang',
        limit_ms: 60_000,
        is_silent: true,
        per_minute: 2,
        rejected: 1,
        simulated: false,
      },
    ],
    entries: [
      {
        ...{ entry: 'syslog', per_minute: 12, queue_bytes: 7, queue_limit_bytes: 100, oldest_ms: 1_500 },
        ...{ dropped: 1, kernel_dropped: 2, faulty: 0, error: 'store_away' },
      },
    ],
    refused: [],
  });
});

it('tells whoever looks at a board which source is beyond its own limit', async () => {
  const socket = await api.open();
  const reply = await socket.emitWithAck('board:watch', { board: 'thu' });
  if (!reply.ok) throw new Error(reply.failure.code);
  expect(reply.value.pulse.sources.map(({ family, is_silent }) => ({ family, is_silent }))).toEqual([
    { family: 'intake', is_silent: null },
    { family: 'intake', is_silent: null },
    { family: 'link', is_silent: true },
  ]);
});
