import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestIngest, type TestIngest } from './test-ingest.ts';

const MIB = 2 ** 20;
const FIXED = 'token-of-one-source';
let ingest: TestIngest;
let folder: string;
let tokensFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-tokens-'));
  tokensFile = join(folder, 'ingest-tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: FIXED, source: 'mo-phong', simulated: true }]));
  ingest = await startTestIngest({ tokensFile, body_bytes: MIB, inflated_bytes: 2 * MIB, patience_ms: 1_500 });
});
afterAll(async () => {
  await ingest.close();
  await rm(folder, { recursive: true });
});

const event = (id: string, more: object = {}) =>
  JSON.stringify({
    ...{ specversion: '1.0', id, source: 'tests', type: 'reading.sample', time: '2024-01-31T10:20:30Z' },
    data: { metric: 'air.pm25', value: 1 },
    ...more,
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('the ingest server', () => {
  it('is up, and ready when the store answers', async () => {
    expect((await fetch(`${ingest.url}/health`)).status).toBe(200);
    expect((await fetch(`${ingest.url}/ready`)).status).toBe(200);
  });

  it.each([
    ['no token', {}, 401, 'IOC_TOKEN_MISSING'],
    ['another scheme', { authorization: 'Basic eA==' }, 401, 'IOC_TOKEN_MISSING'],
    ['a wrong token', bearer('x'), 401, 'IOC_TOKEN_UNKNOWN'],
  ])('refuses %s before it reads the body', async (_name, headers, status, code) => {
    const reply = await fetch(`${ingest.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: event('never'),
    });
    expect(reply.status).toBe(status);
    expect(await reply.json()).toMatchObject({ code, request_id: expect.any(String) });
  });

  it.each([
    [
      'a content type that it does not take',
      '/v1/events',
      { 'content-type': 'text/xml' },
      '<a/>',
      415,
      'IOC_CONTENT_TYPE',
    ],
    ['an unknown encoding', '/v1/events', { 'content-encoding': 'zstd' }, 'x', 415, 'IOC_CONTENT_ENCODING'],
    ['a damaged body', '/v1/events', { 'content-encoding': 'gzip' }, 'x', 400, 'IOC_BODY_DAMAGED'],
    ['a body that is no JSON', '/v1/events', {}, '{"id": "0912345678"', 400, 'IOC_BODY_NOT_JSON'],
    ['an empty body', '/v1/events', {}, '', 400, 'IOC_BODY_EMPTY'],
    ['a body that is too large', '/v1/events', {}, 'x'.repeat(MIB + 1), 413, 'IOC_BODY_TOO_LARGE'],
    ['a wrong query parameter', '/v1/eve?units=x', {}, '{}', 400, 'IOC_QUERY'],
    ['a path that is not there', '/v1/nothing', {}, '{}', 404, 'IOC_ROUTE_UNKNOWN'],
  ])('says what is wrong with %s', async (_name, path, headers, body, status, code) => {
    const reply = await ingest.post(path, body, headers);
    expect(reply).toMatchObject({ status, body: { code, message: expect.any(String) } });
    expect(JSON.stringify(reply.body)).not.toContain('0912345678');
  });

  it('refuses a small body that unfolds into a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MIB, ' '));
    expect(bomb.length).toBeLessThan(MIB);
    expect(await ingest.post('/v1/events', bomb, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
      body: { code: 'IOC_BODY_TOO_LARGE' },
    });
  });

  it('keeps a body that nobody could read as a dead letter', async () => {
    await ingest.post('/v1/events', '{"ChuHoSo": "Nguyễn Văn An", "x": ');
    const letters = await ingest.rows("SELECT payload FROM log.dead_letter WHERE code = 'IOC_BODY_NOT_JSON'");
    expect(letters).toContainEqual({ payload: '{"ChuHoSo": "[…]", "x": ' });
  });

  it('refuses one event that is nested too deep to be written, and stores the others', async () => {
    const deep = event('deep', { type: 'no.such' }).replace(
      '"data":{',
      `"data":{"x":${'['.repeat(20_000)}${']'.repeat(20_000)},`,
    );
    const reply = await ingest.post('/v1/events', `[${event('beside-deep')},${deep}]`);
    expect(reply).toMatchObject({ status: 200, body: { accepted: 1, rejected: [{ index: 1 }] } });
  });

  it('lets a token of one source speak for that source only, and marks what a simulator made', async () => {
    await ingest.post('/v1/events', event('fixed', { source: 'somebody-else' }), bearer(FIXED));
    expect(await ingest.rows("SELECT source, simulated FROM log.reading_event WHERE id = 'fixed'")).toEqual([
      { source: 'mo-phong', simulated: 1 },
    ]);
  });

  it('reads the token file again when it changes, and keeps the last good one', async () => {
    const status = async (token: string) => (await ingest.post('/v1/events', event(token), bearer(token))).status;
    await writeFile(tokensFile, JSON.stringify([{ token: 'a-new-token-of-16', source: '*' }]));
    expect(await status('a-new-token-of-16')).toBe(200);
    expect(await status(FIXED)).toBe(401);
    await writeFile(tokensFile, '[{"token": "broken');
    expect(await status('a-new-token-of-16')).toBe(200);
  });

  it('reports what became of events by source, entry and code', async () => {
    await ingest.post('/v1/events', event('counted', { source: 'dem' }));
    await ingest.post('/v1/events', event('counted', { source: 'dem' }));
    await ingest.post('/v1/events', event('typed', { source: 'dem', type: 'x.y' }));
    const text = await (await fetch(`${ingest.url}/metrics`)).text();
    for (const series of [
      'ingest_events_total{source="dem",entry="events",result="accepted",code=""} 1',
      'ingest_events_total{source="dem",entry="events",result="duplicate",code=""} 1',
      'ingest_events_total{source="dem",entry="events",result="rejected",code="IOC_EVENT_TYPE_UNKNOWN"} 1',
      'ingest_queue_rows 0',
      'ingest_batch_rows_count{log="reading"}',
      'ingest_source_last_seen_seconds{source="dem",entry="events"}',
    ])
      expect(text).toContain(series);
  });

  it('answers 503 with Retry-After while the store is away, and has every event once when it is back', async () => {
    await ingest.store.kill('SIGKILL');
    const away = await ingest.post('/v1/events', event('away'));
    expect(away).toMatchObject({ status: 503, body: { code: 'IOC_STORE_AWAY' } });
    expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await fetch(`${ingest.url}/ready`)).status).toBe(503);
    await ingest.store.restart();
    await expect
      .poll(async () => (await ingest.post('/v1/events', event('away'))).status, { timeout: 20_000 })
      .toBe(200);
    expect(await ingest.count("SELECT count() FROM log.reading_event WHERE id = 'away'")).toBe(1);
  });
});
