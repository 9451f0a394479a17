import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestIngest, type TestIngest } from '../../test-ingest.ts';

let ingest: TestIngest;
beforeAll(async () => {
  ingest = await startTestIngest();
});
afterAll(() => ingest.close());

const event = (id: string, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'tests',
  type: 'link.down',
  time: '2024-01-31T10:20:30.400+07:00',
  subject: 'tslcd-H49.02',
  unit: '000.00.02.H49',
  data: { from_unit: 'H49', ring: 'vong-1' },
  ...more,
});
const structured = { 'content-type': 'application/cloudevents+json' };
const batch = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };
const lines = { 'content-type': 'application/x-ndjson' };
const taken = (accepted: number, duplicate = 0) => ({ accepted, duplicate, rejected: [] });

describe('POST /v1/events', () => {
  it('stores a structured event and shows it in live and history', async () => {
    expect(await ingest.post('/v1/events', JSON.stringify(event('one')), structured)).toMatchObject({
      status: 200,
      body: taken(1),
    });
    const query = (database: string) =>
      ingest.rows(`SELECT unit_path, link_id, up, ring, toUnixTimestamp64Milli(state_at) AS at FROM ${database}.link`);
    const row = {
      unit_path: '/H49/H49.02/',
      link_id: 'tslcd-H49.02',
      up: 0,
      ring: 'vong-1',
      at: Date.parse('2024-01-31T03:20:30.400Z'),
    };
    expect(await query('live')).toEqual([row]);
    expect(await query('history')).toEqual([row]);
  });

  it('takes batches, lines and plain JSON, and calls what it has a duplicate', async () => {
    const three = [event('a'), event('b'), event('c')];
    expect((await ingest.post('/v1/events', JSON.stringify(three), batch)).body).toEqual(taken(3));
    expect((await ingest.post('/v1/events', JSON.stringify(three))).body).toEqual(taken(0, 3));
    const text = [event('c'), event('d'), event('d')].map((sent) => JSON.stringify(sent)).join('\r\n');
    expect((await ingest.post('/v1/events', `${text}\n\n`, lines)).body).toEqual(taken(1, 2));
    expect(await ingest.count("SELECT count() FROM log.link_event WHERE id IN ('a', 'b', 'c', 'd')")).toBe(4);
  });

  it('takes an event in binary mode with percent-encoded attributes', async () => {
    const reply = await ingest.post('/v1/events', JSON.stringify({ metric: 'air.pm25', value: 12.5 }), {
      'content-type': 'application/json; charset=utf-8',
      'ce-specversion': '1.0',
      'ce-id': 'binary-1',
      'ce-source': 'c%E1%BA%A3m-bi%E1%BA%BFn',
      'ce-type': 'reading.sample',
      'ce-time': '2024-02-01T00:00:00Z',
      'ce-unit': 'TTHCC M%C3%B3ng C%C3%A1i',
    });
    expect(reply.body).toEqual(taken(1));
    expect(await ingest.rows('SELECT source, unit_path, value FROM log.reading_event')).toEqual([
      { source: 'cảm-biến', unit_path: '/H49/H49.02/', value: 12.5 },
    ]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('reads a body in %s', async (encoding, compress) => {
    const body = compress(JSON.stringify(event(encoding)));
    const reply = await ingest.post('/v1/events', body, { ...structured, 'content-encoding': encoding });
    expect(reply.body).toEqual(taken(1));
  });

  it('keeps a missing value missing', async () => {
    const reading = event('null', { type: 'reading.sample', data: { metric: 'air.no2', value: null } });
    await ingest.post('/v1/events', JSON.stringify(reading), structured);
    expect(await ingest.rows("SELECT value FROM live.reading WHERE metric = 'air.no2'")).toEqual([{ value: null }]);
  });

  it('keeps an event of an unknown unit, flagged, and counts it', async () => {
    await ingest.post('/v1/events', JSON.stringify(event('lost', { unit: 'H49.77' })), structured);
    expect(await ingest.rows("SELECT unit_path, unit FROM log.link_event WHERE id = 'lost'")).toEqual([
      { unit_path: '/H49/?/', unit: 'H49.77' },
    ]);
    const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
    expect(metrics).toContain('ingest_unknown_units_total{source="tests"} 1');
  });

  it('stores the good ones of a mixed request and keeps the others as dead letters before it answers', async () => {
    const mixed = [
      event('good'),
      { ...event('typed'), type: 'link.sideways' },
      event('late', { time: '2999-01-01T00:00:00Z' }),
      { ...event('wrong'), data: { email: 'an@example.vn', ChuHoSo: 'Nguyễn Văn An' } },
    ];
    const reply = await ingest.post('/v1/events', JSON.stringify(mixed), batch);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, code: 'IOC_EVENT_TYPE_UNKNOWN' },
        { index: 2, code: 'IOC_EVENT_TIME_RANGE' },
        { index: 3, code: 'IOC_EVENT_DATA' },
      ],
    });
    const letters = JSON.stringify(await ingest.rows('SELECT * FROM live.dead_letter'));
    expect(letters).toContain('link.up, link.down, link.sample');
    expect(letters).toContain('IOC_EVENT_TIME_RANGE');
    expect(letters).not.toMatch(/Nguyễn|an@example/);
  });

  it('answers 422 when nothing could be taken', async () => {
    const reply = await ingest.post('/v1/events', '{"a": 1}\nnot json 0912345678 an@example.vn', lines);
    expect(reply).toMatchObject({
      status: 422,
      body: { accepted: 0, rejected: [{ code: 'IOC_EVENT_ENVELOPE' }, { code: 'IOC_EVENT_NOT_JSON' }] },
    });
    expect(await ingest.rows("SELECT payload FROM log.dead_letter WHERE code = 'IOC_EVENT_NOT_JSON'")).toEqual([
      { payload: 'not json […] […@…]' },
    ]);
  });

  it('refuses what lies in the future by more than five minutes', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const both = [event('soon', { time: at(4) }), event('later', { time: at(6) })];
    expect((await ingest.post('/v1/events', JSON.stringify(both), batch)).body).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, code: 'IOC_EVENT_TIME_FUTURE' }],
    });
  });

  it('knows after a restart what it stored before', async () => {
    const old = [event('kept-1'), event('kept-2', { time: '2019-05-05T05:05:05Z' })];
    await ingest.post('/v1/events', JSON.stringify(old), batch);
    const { createIngest } = await import('../../app.ts');
    const { pino } = await import('pino');
    const { testUnits } = await import('../../test-units.ts');
    const { openTokens } = await import('../../tokens.ts');
    const log = pino({ level: 'silent' });
    const tokens = await openTokens({ file: '/nonexistent', extra: 'another-token-16', log });
    const sizes = { body_bytes: 1e6, inflated_bytes: 1e6, imports_dir: '/nonexistent', feeds_dir: '' };
    const options = { client: ingest.store.writer, units: testUnits(), tokens, clock: Date.now, log, ...sizes };
    const second = createIngest(options);
    await second.prepare();
    const reply = await second.server.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { ...batch, authorization: 'Bearer another-token-16' },
      payload: JSON.stringify([...old, event('new-1')]),
    });
    await second.close();
    expect(reply.json()).toEqual(taken(1, 2));
  });
});
