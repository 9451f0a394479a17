import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp, type AppOptions } from '../app.ts';
import { testDashboards } from '../test-boards.ts';

let folder: string;
let app: FastifyInstance | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-limits-'));
});
afterEach(async () => {
  await app?.close();
  await rm(folder, { recursive: true });
});

async function start(options: Pick<AppOptions, 'limits' | 'trustProxy'>): Promise<FastifyInstance> {
  app = await buildApp({
    client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: '' }, { quiet: true }),
    clock: Date.now,
    load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
    folder,
    watch: false,
    dist: join(folder, 'dist'),
    auth: { visitors: 'duty' },
    ...options,
  });
  return app;
}

it('turns away what comes too often, of each side by itself, and counts it', async () => {
  const app = await start({ limits: { address: 4, login: 2 } });
  const get = (url: string, remoteAddress = '10.0.0.1') => app.inject({ url, remoteAddress });
  const logIn = () =>
    app.inject({
      method: 'POST',
      url: '/api/session',
      remoteAddress: '10.0.0.1',
      payload: { name: 'a', password: 'b' },
    });
  expect((await logIn()).statusCode).toBe(404);
  expect((await logIn()).statusCode).toBe(404);
  expect((await logIn()).statusCode).toBe(429);
  // every route is counted, also those that are none
  for (const url of ['/api/health', '/api/boards', '/api/nothing', '/assets/none.js'])
    expect((await get(url)).statusCode).not.toBe(429);
  const refused = await get('/api/health');
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(2);
  expect(refused.json()).toEqual({
    code: 'IOC_TOO_MANY',
    message: 'too many attempts, try again later',
    request_id: expect.any(String),
  });
  expect((await get('/api/health', '10.0.0.2')).statusCode).toBe(200);
  const metrics = await get('/metrics', '10.0.0.3');
  expect(metrics.body).toContain('toancanh_rate_limited_total{by="address"} 1');
  expect(metrics.body).toContain('toancanh_rate_limited_total{by="login"} 1');
});

it('takes the word of the proxy in front on who asks, and of nobody else', async () => {
  const app = await start({ limits: { address: 2 }, trustProxy: '10.0.0.0/24' });
  const ask = async (remoteAddress: string, forwarded: string): Promise<number> =>
    (await app.inject({ url: '/api/health', remoteAddress, headers: { 'x-forwarded-for': forwarded } })).statusCode;
  const asked = async (by: string, names: string[]): Promise<number[]> => {
    const codes: number[] = [];
    for (const name of names) codes.push(await ask(by, name));
    return codes;
  };
  expect(await asked('10.0.0.9', ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])).toEqual([200, 200, 429, 200]);
  expect(await asked('203.0.113.5', ['192.0.2.3', '192.0.2.4', '192.0.2.5'])).toEqual([200, 200, 429]);
});
