import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp } from '../app.ts';
import { testDashboards } from '../test-boards.ts';

/** All that anybody may ask who has not logged in. */
const PUBLIC = [
  'GET /api/health',
  'GET /api/ready',
  'GET /api/session/ways',
  'POST /api/session',
  'DELETE /api/session',
  'POST /api/session/oidc/begin',
  'POST /api/session/oidc',
  'POST /api/setup',
  'POST /api/screens/enrol',
  'POST /api/screens/claim',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

let app: FastifyInstance;
let routes: { method: (typeof METHODS)[number]; url: string; name: string }[];

beforeAll(async () => {
  app = await buildApp({
    // nobody gets as far as the database
    client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: '' }, { quiet: true }),
    clock: Date.now,
    load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
    folder: tmpdir(),
    watch: false,
    dist: join(tmpdir(), 'no-dist'),
    auth: {},
  });
  await app.ready();
  const paths = Object.entries(app.swagger().paths ?? {});
  routes = paths.flatMap(([path, item]) =>
    METHODS.filter((method) => Reflect.has(Object(item), method.toLowerCase())).map((method) => ({
      ...{ method, name: `${method} ${path}`, url: path.replaceAll(/\{\w+\}/g, 'x') },
    })),
  );
});
afterAll(async () => app.close());

it('asks for a session on every route but those that are listed here', async () => {
  expect(routes.length).toBeGreaterThan(80);
  const open = await Promise.all(
    routes.map(async ({ method, url, name }) => {
      const reply = await app.inject({ method, url, remoteAddress: '10.0.0.1' });
      return reply.statusCode === 401 && reply.json<{ code: string }>().code === 'IOC_SIGNED_OUT' ? [] : [name];
    }),
  );
  expect(open.flat().sort()).toEqual([...PUBLIC].sort());
});

it('refuses every write that a page of another origin sends', async () => {
  const writes = routes.filter(({ method }) => method !== 'GET');
  expect(writes.length).toBeGreaterThan(30);
  const taken = await Promise.all(
    writes.map(async ({ method, url, name }) => {
      const headers = { origin: 'http://xau.example' };
      const reply = await app.inject({ method, url, headers, remoteAddress: '10.0.0.2' });
      return reply.statusCode === 403 ? [] : [`${name} ${reply.statusCode}`];
    }),
  );
  expect(taken.flat()).toEqual([]);
});
