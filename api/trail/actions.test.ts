import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp } from '../app.ts';
import { testDashboards } from '../test-boards.ts';
import { actionOf, ACTIONS } from './actions.ts';

it('names routes that there are, and notes those that write and have no name by their path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-actions-'));
  const app = await buildApp({
    client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: '' }, { quiet: true }),
    clock: Date.now,
    load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
    folder,
    watch: false,
    dist: join(folder, 'dist'),
  });
  const routes = Object.keys(ACTIONS).map((route) => route.split(' '));
  const absent = routes.filter(([method = '', url = '']) => !app.hasRoute({ method, url }));
  await app.close();
  await rm(folder, { recursive: true });
  expect(absent).toEqual([]);
  expect(actionOf('PUT', '/api/new/:id')).toBe('PUT /api/new/:id');
  expect(actionOf('GET', '/api/boards')).toBeUndefined();
  expect(actionOf('POST', undefined)).toBeUndefined();
});
