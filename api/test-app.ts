import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io as connectSocket, type Socket } from 'socket.io-client';
import type { FastifyInstance } from 'fastify';
import type { Access } from '#ingest/clickhouse/access.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp, type AppOptions } from './app.ts';
import type { ServerEvents, ViewerEvents } from './contract.ts';
import { testDashboards } from './test-boards.ts';

export type TestSocket = Socket<ServerEvents, ViewerEvents>;

/** For tests: an app that listens on a port of loopback, a free one unless it is told which. */
export interface TestApp {
  app: FastifyInstance;
  url: string;
  folder: string;
  /** Opens a socket over websocket, does what comes before the first message, and waits until it is connected. */
  open: (headers?: Record<string, string>, before?: (socket: TestSocket) => void) => Promise<TestSocket>;
  /** Closes sockets and app, and removes the folder. */
  close: () => Promise<void>;
}

/** For tests: starts an app on the reader of a store, with an empty dashboards folder and the boards of test-boards.ts. */
export async function startTestApp(reader: Access, more: Partial<AppOptions> = {}, port = 0): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-api-'));
  const app = await buildApp({
    client: connect(reader, { quiet: true }),
    clock: Date.now,
    load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
    folder,
    watch: false,
    dist: join(folder, 'dist'),
    auth: { visitors: 'duty' },
    ...more,
  });
  const url = await app.listen({ host: '127.0.0.1', port });
  const sockets: TestSocket[] = [];
  return {
    app,
    url,
    folder,
    open: async (headers = {}, before) => {
      const socket: TestSocket = connectSocket(url, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: headers,
      });
      sockets.push(socket);
      before?.(socket);
      await new Promise<void>((done, fail) => {
        socket.once('connect', () => done());
        socket.once('connect_error', fail);
      });
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
