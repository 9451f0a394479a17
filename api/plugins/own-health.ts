import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { startOwnHealth, type OwnHealthOptions } from '../own-health/own-health.ts';

/** Where the product's own figures are stored, and the folder whose disk is measured. */
export type OwnHealthPluginOptions = Pick<OwnHealthOptions, 'post' | 'folder' | 'every_ms'>;

/** The product's own figures, which rules of alerts look at; they are said from ready to close. */
export default fp<OwnHealthPluginOptions>(
  (app: FastifyInstance, options) => {
    let health: ReturnType<typeof startOwnHealth> | undefined;
    app.addHook('onReady', () => {
      health = startOwnHealth({
        ...options,
        clock: app.clock,
        unit: () => app.book.dashboards().province.units.root.code,
        lag_s: () => app.evaluator?.lag_s() ?? null,
        differences: () => {
          const { compared_at, is_failing, differences } = app.auditor.state();
          return compared_at === null || is_failing ? null : differences.length;
        },
        parent_lag_s: () => app.parentLag?.(),
        failed: (err) => app.log.warn({ err }, 'own figures are not stored'),
      });
    });
    app.addHook('preClose', (done) => {
      health?.stop();
      done();
    });
  },
  { name: 'own-health', dependencies: ['store', 'boards', 'audit', 'alerts'] },
);
