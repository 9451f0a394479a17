import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';
import { ParentSchema } from '#dashboards/schema/parent.ts';
import { startTestApp, type TestApp } from '#api/test-app.ts';
import { testDashboards } from '#api/test-boards.ts';
import { dossierRow, insert } from '#api/test-rows.ts';

const TOKEN = 'token-of-the-city-centre';
const STEP_MS = 10_000;
const ROWS = `SELECT toUnixTimestamp64Milli(observed_at) AS at, value FROM log.reading_event FINAL WHERE metric = 'ioc.dossiers_open' ORDER BY at`;

/** Two installations: a city's centre and the province's, with a wire between them that can be cut. */
let parent: TestIngest;
let child: TestStore;
let app: TestApp;
let wire: Server;
let isCut = false;
let folder: string;
/** The clock of the child: it stands until it is moved. */
let now = Math.floor(Date.now() / STEP_MS) * STEP_MS - 100 * STEP_MS + 1_000;

async function startWire(): Promise<Server> {
  const server = createServer((request, reply) => {
    if (isCut) {
      request.socket.destroy();
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      void fetch(`${parent.url}${request.url ?? ''}`, {
        method: 'POST',
        headers: {
          authorization: request.headers.authorization ?? '',
          'content-type': request.headers['content-type'] ?? '',
        },
        body: Buffer.concat(parts),
      }).then(async (answer) => {
        reply.writeHead(answer.status, { 'content-type': 'application/json' });
        reply.end(await answer.text());
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

const parentFile = (figures: object) =>
  ParentSchema.parse({
    name: { vi: 'Tỉnh', en: 'Province' },
    url: `http://127.0.0.1:${z.object({ port: z.int() }).parse(wire.address()).port}`,
    token_env: 'PARENT_TOKEN',
    unit: 'H49.01',
    place: 'IOC Hạ Long',
    every: '10s',
    catch_up: '1h',
    figures,
  });
const startChild = (unit = 'H49.01') =>
  startTestApp(child.accesses.reader, {
    clock: () => now,
    load: () =>
      Promise.resolve({
        dashboards: testDashboards({
          parents: new Map([
            [
              'tinh',
              {
                ...parentFile({ 'ioc.up': { value: 1 }, 'ioc.dossiers_open': { query: 'dossiers', column: 'value' } }),
                unit,
              },
            ],
          ]),
        }),
        faults: [],
      }),
    parents: { secret: () => TOKEN, folder: join(folder, 'parents'), retry_ms: 50 },
  });
/** Dossiers that the child has by now: one more. */
const accept = (n: number) =>
  insert(child.writer, 'dossier_event', [dossierRow({ dossier_id: `H49.01-261101-${n}`, observed_at: now - 500 })]);
const told = async () =>
  z
    .array(z.object({ at: z.coerce.number(), value: z.number() }))
    .parse(await parent.rows(ROWS))
    .map(({ at, value }) => [at, value]);
const stepOf = (at: number) => Math.floor(at / STEP_MS) * STEP_MS;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-parents-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: TOKEN, source: 'ioc-con', unit: 'H49.01' }]));
  [parent, child] = await Promise.all([startTestIngest({ tokensFile }), startTestStore()]);
  wire = await startWire();
});
afterAll(async () => {
  await app.close();
  wire.close();
  await parent.close();
  await child.close();
  await rm(folder, { recursive: true, force: true });
});

it('one that was never reached is waited for since it was tried, so that somebody hears of it', async () => {
  isCut = true;
  app = await startChild();
  await vi.waitFor(() => expect(app.app.parentLag?.()).toBeGreaterThan(0), { timeout: 20_000 });
  const before = app.app.parentLag?.() ?? 0;
  now += 90 * STEP_MS;
  expect(app.app.parentLag?.()).toBeGreaterThanOrEqual(before + 900);
  now -= 90 * STEP_MS;
  await app.close();
  isCut = false;
});

describe('a centre tells the one above it', () => {
  const first = stepOf(now);

  it('its aggregates, under the name that the token stands for', async () => {
    await accept(1);
    app = await startChild();
    await vi.waitFor(async () => expect(await told()).toEqual([[first, 1]]), { timeout: 20_000 });
    expect(
      await parent.rows("SELECT source, unit, place, metric FROM log.reading_event WHERE metric = 'ioc.up'"),
    ).toEqual([{ source: 'ioc-con', unit: 'H49.01', place: 'IOC Hạ Long', metric: 'ioc.up' }]);
    // its own note that it was heard comes after
    await vi.waitFor(() => expect(app.app.parentLag?.()).toBe(0), { timeout: 20_000 });
  });

  it('nothing is lost while the parent is away, though the centre itself is restarted meanwhile: each step is told as it was', async () => {
    isCut = true;
    await app.close();
    now += STEP_MS;
    await accept(2);
    now += STEP_MS;
    await accept(3);
    app = await startChild();
    await vi.waitFor(() => expect(app.app.parentLag?.()).toBeGreaterThan(10), { timeout: 20_000 });
    isCut = false;
    await vi.waitFor(
      async () =>
        expect(await told()).toEqual([
          [first, 1],
          [first + STEP_MS, 1],
          [first + 2 * STEP_MS, 3],
        ]),
      { timeout: 20_000 },
    );
    // of the step that it did not live through it does not say that it was up
    expect(await parent.count("SELECT count() FROM log.reading_event FINAL WHERE metric = 'ioc.up'")).toBe(2);
  });

  it('cannot speak for another unit: what it says is a dead letter there, and is not told again and again', async () => {
    await app.close();
    now += STEP_MS;
    app = await startChild('H49.02');
    await vi.waitFor(
      async () =>
        expect(await parent.rows('SELECT DISTINCT code, source FROM log.dead_letter')).toEqual([
          { code: 'IOC_EVENT_UNIT_FOREIGN', source: 'ioc-con' },
        ]),
      { timeout: 20_000 },
    );
    expect(await parent.count("SELECT count() FROM log.reading_event WHERE unit != 'H49.01'")).toBe(0);
    await vi.waitFor(() => expect(app.app.parentLag?.()).toBe(0), { timeout: 20_000 });
  });
});
