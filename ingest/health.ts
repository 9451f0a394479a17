import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClickHouseClient } from '@clickhouse/client';
import type { FastifyInstance, RawServerDefault } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** What the pages say. */
export interface Health {
  metrics: Pick<Metrics, 'registry'>;
  /** True once this process has begun its work. */
  isReady: () => boolean;
  /** True when the store answers now. */
  storeAnswers: () => Promise<boolean>;
}

/** Adds `/health` (it runs), `/ready` (it works, and the store answers) and `/metrics` to a server. */
export function addHealthPages(
  app: Pick<FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, Logger>, 'get'>,
  { metrics, isReady, storeAnswers }: Health,
): void {
  app.get('/health', () => ({ status: 'up' }));
  app.get('/ready', async (_request, reply) => {
    const ready = isReady() && (await storeAnswers());
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'starting' });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

/** Whether the store answers within three seconds. */
export async function answers(client: ClickHouseClient): Promise<boolean> {
  return (await client.ping({ select: false, abort_signal: AbortSignal.timeout(3_000) })).success;
}
