import type { ClickHouseClient } from '@clickhouse/client';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '#ingest/schema/clock.ts';
import { createGate, type Gate } from '../gate.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { createStore, type Store } from '../store.ts';

declare module 'fastify' {
  interface FastifyInstance {
    clock: Clock;
    metrics: Metrics;
    store: Store;
    /** Bounds the questions that REST asks; the live path has bounds of its own. */
    gate: Gate;
  }
}

/** What the store is reached with. The client is ended with the app. */
export interface StorePluginOptions {
  client: ClickHouseClient;
  clock: Clock;
  timeout_ms?: number;
}

/** Clock, counters and store. */
export default fp<StorePluginOptions>(
  (app: FastifyInstance, { client, clock, timeout_ms }) => {
    const metrics = createMetrics({
      keys: () => app.live.registry.size(),
      rooms: () => app.io.sockets.adapter.rooms.size - app.io.sockets.adapter.sids.size,
      sockets: () => app.io.sockets.sockets.size,
    });
    app.decorate('clock', clock);
    app.decorate('metrics', metrics);
    app.decorate('gate', createGate({ running: 4, waiting: 64 }));
    app.decorate(
      'store',
      createStore({
        client,
        clock,
        timeout_ms,
        measure: (query, ms, code) => {
          metrics.queries.observe({ query }, ms);
          if (code !== undefined) metrics.queryFailures.inc({ query, code });
        },
      }),
    );
    app.addHook('onClose', async () => client.close());
  },
  { name: 'store' },
);
