import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { PollFeedSchema, type PollFeed } from '../../schema/feed.ts';
import { createPollSource } from './source.ts';

let store: TestStore;
let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let running: TestCollector | undefined;
let faults: string[];
beforeAll(async () => {
  store = await startTestStore();
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/do`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});
beforeEach(() => {
  faults = [];
});
afterEach(async () => {
  await running?.close();
  running = undefined;
});

function feedOf(source: string, more: object = {}): PollFeed {
  const feed = PollFeedSchema.parse({
    kind: 'poll',
    name: { vi: 'Giao thông', en: 'Traffic' },
    source,
    url,
    format: 'json',
    every_s: 1,
    headers_env: { Authorization: 'FEED_TOKEN' },
    mapping: {
      records: 'items',
      time: { from: [{ path: 'at' }], formats: ['epoch_s'] },
      place: { path: 'road' },
      readings: [{ metric: 'traffic.flow', value: { path: 'flow' }, value_unit: '/h' }],
    },
    ...more,
  });
  return { ...feed, every_s: 0.02 };
}
async function start(feed: PollFeed, folder?: string): Promise<TestCollector> {
  const state = folder ?? join(store.folder, `state-${feed.source}`);
  const source = createPollSource({
    feeds: new Map([['giao-thong', feed]]),
    ...{ state_dir: state, variable: (name) => (name === 'FEED_TOKEN' ? 'Bearer thu' : undefined) },
    ...{ log: pino({ level: 'silent' }), onFault: (fault) => faults.push(fault) },
  });
  running = await startTestCollector(store, [source]);
  return running;
}
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(20)) if (await isSo()) return;
  throw new Error('it did not come to it within 20 s');
}
const valuesOf = async (source: string): Promise<(number | null)[]> => {
  const query = `SELECT value FROM live.reading_event WHERE source = '${source}' ORDER BY observed_at, value`;
  const rows: unknown = await (await store.owner.query({ query, format: 'JSONEachRow' })).json();
  return z
    .array(z.object({ value: z.number().nullable() }))
    .parse(rows)
    .map(({ value }) => value);
};
const BEGIN = 1_767_200_000;
const items = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ at: BEGIN + from + index, road: 'QL18', flow: from + index }));
const send = (response: ServerResponse, body: object | string, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

describe('readings that are polled', () => {
  it('come page by page from where the last one ended, also after a restart', { timeout: 60_000 }, async () => {
    const asked: (string | null)[] = [];
    let count = 0;
    answer = (request, response) => {
      const since = new URL(request.url ?? '', url).searchParams.get('since');
      asked.push(since);
      expect(request.headers.authorization).toBe('Bearer thu');
      const from = since === null ? 0 : Number(since) - BEGIN;
      // the last row of a page comes again with the next, as of many services
      send(response, { items: items(from, Math.min(from + 10, count)) });
    };
    count = 35;
    const feed = feedOf('trang', { cursor: { parameter: 'since', field: { path: 'at' } } });
    await start(feed);
    await until(async () => (await valuesOf('trang')).length === 35);
    await running?.close();
    const before = asked.length;
    count = 50;
    await start(feed);
    await until(async () => (await valuesOf('trang')).length === 50);
    expect(await valuesOf('trang')).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(asked[0]).toBeNull();
    expect(asked[before]).toBe(String(BEGIN + 34));
    expect(faults).toEqual([]);
    expect(JSON.parse(await readFile(join(store.folder, 'state-trang', 'giao-thong.json'), 'utf8'))).toMatchObject({
      cursor: String(BEGIN + 49),
    });
  });

  it(
    'are one event however often they are told, and are asked for only when they have changed',
    { timeout: 60_000 },
    async () => {
      let tag = '"1"';
      let whole = 0;
      let unchanged = 0;
      answer = (request, response) => {
        if (request.headers['if-none-match'] === tag) {
          unchanged += 1;
          response.writeHead(304).end();
          return;
        }
        whole += 1;
        send(response, { items: items(0, 3) }, { ETag: tag });
      };
      await start(feedOf('mot'));
      await until(() => unchanged > 3);
      tag = '"2"';
      await until(() => whole === 2 && unchanged > 6);
      await until(async () => (await valuesOf('mot')).length > 0);
      await running?.close();
      expect(await valuesOf('mot')).toEqual([0, 1, 2]);
      expect(whole).toBe(2);
    },
  );

  it('outlive a service that fails in every way', { timeout: 60_000 }, async () => {
    const ways: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(500).end('oops'),
      (response) => response.writeHead(503, { 'Retry-After': '0' }).end(),
      (response) => response.destroy(),
      (response) => send(response, '<html>bảo trì</html>'),
      (response) => send(response, { items: 'none' }),
      (response) => send(response, 'x'.repeat(3_000)),
      () => undefined, // never answers
      (response) => {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{"items"');
        setTimeout(() => response.destroy(), 20);
      },
    ];
    answer = (_, response) => {
      const way = ways.shift();
      if (way) way(response);
      else send(response, { items: [...items(0, 2), { at: 'hôm qua', road: 'QL18', flow: 9 }] });
    };
    await start({ ...feedOf('gay'), timeout_s: 0.2, most_mib: 0.002 });
    await until(async () => (await valuesOf('gay')).length === 2);
    expect(faults.filter((fault) => fault !== 'refused')).toEqual(
      expect.arrayContaining(['status', 'fetch', 'broken', 'too_large']),
    );
    const query = "SELECT reason, payload FROM log.dead_letter FINAL WHERE source = 'gay' ORDER BY reason, payload";
    await until(async () => (await (await store.owner.query({ query, format: 'JSONEachRow' })).json()).length === 3);
    const letters = await (await store.owner.query({ query, format: 'JSONEachRow' })).json();
    expect(letters).toMatchObject([
      { reason: 'cannot be read as what the feed says that it is', payload: '<html>bảo trì</html>' },
      { reason: 'cannot be read as what the feed says that it is' },
      { reason: 'time: is no moment; read are epoch_s' },
    ]);
  });

  it('are read from CSV', { timeout: 60_000 }, async () => {
    answer = (_, response) =>
      send(response, 'gio;xe\n22/11/2025 07:00;1200,5\n22/11/2025 08:00;\n', { 'Content-Type': 'text/csv' });
    await start(
      feedOf('csv', {
        format: 'csv',
        mapping: {
          time: { from: [{ column: 'gio' }], formats: ['dd/MM/yyyy HH:mm'] },
          ...{ decimal: ',', missing: [''] },
          readings: [{ metric: 'traffic.flow', value: { column: 'xe' }, value_unit: '/h' }],
        },
      }),
    );
    await until(async () => (await valuesOf('csv')).length === 2);
    expect(await valuesOf('csv')).toEqual([1200.5, null]);
  });
});
