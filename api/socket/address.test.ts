import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp } from '../app.ts';
import { testDashboards } from '../test-boards.ts';
import { isTrust } from './address.ts';

/** The address that the server knows a viewer by who connects through a proxy on this machine. */
async function addressBehind(trustProxy: string | undefined, forwarded: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-address-'));
  const app = await buildApp({
    ...{ client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: '' }, { quiet: true }) },
    ...{ clock: Date.now, load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }) },
    ...{ folder, watch: false, dist: join(folder, 'dist'), auth: { visitors: 'duty' }, trustProxy },
  });
  onTestFinished(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const entered = once(app.io, 'connection');
  const viewer = io(url, { transports: ['websocket'], extraHeaders: { 'x-forwarded-for': forwarded } });
  onTestFinished(() => void viewer.disconnect());
  await entered;
  return [...app.io.sockets.sockets.values()][0]?.data.address;
}

it('takes the word of the trusted proxies on who opened a socket, and of nobody else', async () => {
  expect(await addressBehind('10.0.0.0/8, 127.0.0.1', '192.0.2.7')).toBe('192.0.2.7');
  // what the viewer itself wrote before the proxy added its own is not looked at
  expect(await addressBehind('127.0.0.1', '198.51.100.1, 192.0.2.7')).toBe('192.0.2.7');
  expect(await addressBehind('10.0.0.0/8', '192.0.2.7')).toBe('127.0.0.1');
  expect(await addressBehind(undefined, '192.0.2.7')).toBe('127.0.0.1');
});

it('knows what names proxies', () => {
  expect(['10.0.0.0/8, 127.0.0.1', '::1', 'loopback', '2001:db8::/32'].filter((text) => !isTrust(text))).toEqual([]);
  expect(['proxy', ' , ', '10.0.0.0/8,', '0.0.0.0/0', '10.0.0.300'].filter(isTrust)).toEqual([]);
});
