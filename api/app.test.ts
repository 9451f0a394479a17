import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp } from './app.ts';
import { testDashboards } from './test-boards.ts';

/** The app without a database: nothing answers at that address. */
describe('app', () => {
  let folder: string;
  let app: FastifyInstance;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-app-'));
    app = await buildApp({
      client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: 'secret-word' }, { quiet: true }),
      clock: Date.now,
      load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
      folder,
      watch: false,
      dist: join(folder, 'dist'),
      auth: { visitors: 'duty' },
    });
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const get = (url: string, accept = '*/*') => app.inject({ url, headers: { accept } });
  const build = async () => {
    await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
    await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html><title>Toàn Cảnh</title>');
    await writeFile(join(folder, 'dist', 'assets', 'index-1a2b.js'), `export const x = '${'x'.repeat(4000)}';`);
  };

  it('is up without its database, says that it is not ready, and hides why', async () => {
    expect((await get('/api/health')).statusCode).toBe(200);
    for (const url of ['/api/ready', '/api/dossiers', '/api/units/H49']) {
      const reply = await get(url);
      expect(reply.statusCode).toBe(503);
      expect(reply.headers['retry-after']).toBe('2');
      expect(reply.json()).toEqual({
        code: 'IOC_STORE_AWAY',
        message: 'the database does not answer',
        request_id: expect.any(String),
      });
    }
  });

  it('says that the web app is not built, until it is', async () => {
    const before = await get('/wall/toan-canh', 'text/html');
    expect(before.statusCode).toBe(503);
    expect(before.body).toContain('npm start');
    await build();
    expect((await get('/wall/toan-canh', 'text/html')).body).toContain('<title>Toàn Cảnh');
  });

  it('keeps hashed files for ever and asks again for the page that names them', async () => {
    await build();
    const script = await get('/assets/index-1a2b.js');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const url of ['/', '/index.html', '/wall/toan-canh'])
      expect((await get(url, 'text/html')).headers['cache-control']).toBe('no-cache');
    const squeezed = await app.inject({ url: '/assets/index-1a2b.js', headers: { 'accept-encoding': 'gzip' } });
    expect(squeezed.headers['content-encoding']).toBe('gzip');
  });

  it.each([
    ['/api/nothing', 'text/html'],
    ['/assets/gone-1a2b.js', 'text/html'],
    ['/wall/toan-canh', 'application/json'],
    ['/../../etc/passwd', '*/*'],
    ['/%2e%2e%2fpackage.json', '*/*'],
  ])('answers %s as %s with 404, not with the page', async (url, accept) => {
    await build();
    const reply = await get(url, accept);
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ code: 'IOC_NOT_FOUND' });
  });

  it('lets its pages talk to this server only', async () => {
    await build();
    const policy = String((await get('/', 'text/html')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|unsafe-(?:eval|inline)|upgrade-insecure-requests/);
    const docs = await get('/api/docs/', 'text/html');
    expect(docs.statusCode).toBe(200);
    expect(docs.body).not.toMatch(/(src|href)="https?:/);
  });

  it('refuses a request that is too large', async () => {
    const big = await app.inject({
      method: 'POST',
      url: '/api/boards',
      payload: 'x'.repeat(100_000),
      headers: { 'content-type': 'text/plain' },
    });
    expect(big.statusCode).toBe(413);
    expect((await get(`/api/units/${'x'.repeat(300)}`)).statusCode).toBe(404);
  });

  it('waits for a request thirty seconds at most', () => {
    expect(app.server.requestTimeout).toBe(30_000);
  });
});
