import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import type { Calendar } from '#ingest/schema/calendar.ts';
import type { PostEvents } from '../actions/event-poster.ts';
import { startEvaluator, type Evaluator } from '../alerts/evaluator.ts';
import { remembered } from '../remembered.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Undefined where rules are not evaluated. */
    evaluator: Evaluator | undefined;
  }
}

/** How rules are evaluated. */
export interface AlertsPluginOptions {
  post: PostEvents;
  every_ms?: number;
}

/** The evaluation of alert rules; it runs from ready to close. */
export default fp<AlertsPluginOptions>(
  (app: FastifyInstance, { post, every_ms }) => {
    // years of days are laid out: once a calendar
    const workingOf = remembered((calendar: Calendar) => createWorkingTime(calendar));
    app.decorate('evaluator', undefined);
    app.addHook('onReady', () => {
      app.evaluator = startEvaluator({
        store: app.store,
        clock: app.clock,
        post,
        every_ms,
        book: () => {
          const { rules, province } = app.book.dashboards();
          return { rules, units: province.units, working: workingOf(province.calendar) };
        },
        failed: (what, err) => app.log.warn({ err }, what),
        behind: (windows) =>
          app.log.info(
            { windows },
            windows > 0 ? 'alert rules catch up with what was missed' : 'alert rules are caught up',
          ),
      });
    });
    app.addHook('preClose', () => app.evaluator?.stop());
  },
  { name: 'alerts', dependencies: ['store', 'boards'] },
);
