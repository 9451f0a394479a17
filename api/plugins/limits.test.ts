import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp } from '../app.ts';
import { testDashboards } from '../test-boards.ts';

it('turns away what comes too often, of each side by itself, and counts it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-limits-'));
  const app = await buildApp({
    client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: '' }, { quiet: true }),
    clock: Date.now,
    load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
    folder,
    watch: false,
    dist: join(folder, 'dist'),
    auth: { visitors: 'duty' },
    limits: { address: 4, login: 2 },
  });
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
  await app.close();
  await rm(folder, { recursive: true });
});
