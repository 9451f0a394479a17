import type { ClickHouseClient } from '@clickhouse/client';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '#ingest/schema/clock.ts';
import { startAuditor, type Auditor, type AuditorOptions } from '../audit/auditor.ts';

declare module 'fastify' {
  interface FastifyInstance {
    auditor: Auditor;
  }
}

/** What is audited, and how fast. */
export interface AuditPluginOptions extends Pick<AuditorOptions, 'pace' | 'settle_ms'> {
  client: ClickHouseClient;
  clock: Clock;
}

/** The audit that `live` and `history` say the same; it runs from the start to the end of the API. */
export default fp<AuditPluginOptions>(
  (app: FastifyInstance, options) => {
    const auditor = startAuditor({
      ...options,
      found: (differences) => app.log.error({ differences: differences.slice(0, 10) }, 'live and history differ'),
      failed: (err) => app.log.warn({ err }, 'audit could not go on'),
    });
    app.decorate('auditor', auditor);
    app.addHook('preClose', () => auditor.stop());
  },
  { name: 'audit', dependencies: ['store'] },
);
