import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Pace } from '../live/entry.ts';
import { createLive, type Live } from '../live/live.ts';

declare module 'fastify' {
  interface FastifyInstance {
    live: Live;
  }
}

/** How fast the live path runs. */
export interface LivePluginOptions {
  every_ms?: number;
  pace?: Partial<Pace>;
}

/** Registry, ticker and pulses; they run from ready to close. */
export default fp<LivePluginOptions>(
  (app: FastifyInstance, { every_ms, pace }) => {
    const live = createLive({
      store: app.store,
      clock: app.clock,
      every_ms,
      pace,
      root: () => app.book.dashboards().province.units.root.path,
      failed: (key, err) => app.log.warn({ key, err }, 'key failed'),
      turned: (failure, err) => {
        if (failure) app.log.error({ code: failure.code, err }, 'database does not answer');
        else {
          app.log.info('database answers again');
          const again = app.book.isTrusted() ? app.book.reload() : Promise.resolve();
          again.catch((err: unknown) => app.log.error({ err }, 'dashboards could not be read again'));
        }
      },
    });
    app.decorate('live', live);
    app.addHook('onReady', () => live.start());
    app.addHook('preClose', () => live.stop());
  },
  { name: 'live', dependencies: ['store', 'boards'] },
);
