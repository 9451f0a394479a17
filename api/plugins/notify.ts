import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createWorkingTimes, type WorkingTime } from '#ingest/dossier/working-time.ts';
import type { Calendar } from '#ingest/schema/calendar.ts';
import { networkOf } from '#dashboards/topology/network.ts';
import type { PostEvents } from '../actions/event-poster.ts';
import type { NotifyConfig } from '../alerts/notify/decide.ts';
import { createDeliver } from '../alerts/notify/deliver/deliver.ts';
import { RefusedError } from '../alerts/notify/deliver/refused.ts';
import { ERRORS, IocError } from '../errors.ts';
import { remembered } from '../remembered.ts';
import type { Notifier } from '../alerts/notify/notifier.ts';
import { startWatch } from '../alerts/notify/watch.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Who is told of alerts; undefined until the log has been read, and where this process tells nobody. */
    notifier: () => Notifier | undefined;
    /** Who is told of alerts, as the files say it. */
    notifyConfig: () => NotifyConfig;
    /** Whether this process tells people of alerts; of several one does. */
    tellsOfAlerts: boolean;
  }
}

/** How people are told of alerts. */
export interface NotifyPluginOptions {
  /** Stores what was told. */
  post: PostEvents;
  /** Secrets of receivers, by the name of their environment variable; undefined where this process tells nobody. Of several processes one tells. */
  env: ((name: string) => string | undefined) | undefined;
  every_ms?: number | undefined;
  patience_ms?: number | undefined;
}

const timesOf = remembered((calendar: Calendar): ((path: string) => WorkingTime) => createWorkingTimes(calendar));

/** Tells people of alerts, from when the app listens to its end. */
export default fp<NotifyPluginOptions>(
  (app: FastifyInstance, { post, env, every_ms, patience_ms }) => {
    const dashboards = () => app.book.dashboards();
    let made: { of: unknown; config: NotifyConfig } | undefined;
    const config = (): NotifyConfig => {
      const of = dashboards();
      if (made?.of === of) return made.config;
      const { notify: files, rules, province } = of;
      const next: NotifyConfig = {
        files,
        network: networkOf(province.topology, province.units),
        timeOf: timesOf(province.calendar),
        escalationOf: (rule) => rules.get(rule)?.escalation,
      };
      made = { of, config: next };
      return next;
    };
    app.decorate('notifyConfig', config);
    app.decorate('tellsOfAlerts', env !== undefined);
    if (!env) return void app.decorate('notifier', () => undefined);
    const words = () => {
      const { rules, province } = dashboards();
      return { rules, units: province.units, zone: province.calendar.zone };
    };
    let watch: ReturnType<typeof startWatch> | undefined;
    app.decorate('notifier', () => watch?.notifier());
    app.addHook('onListen', () => {
      watch = startWatch({
        store: app.store,
        served: () => ({ units: dashboards().province.units, rules: dashboards().rules }),
        now: app.clock,
        config,
        post,
        deliver: createDeliver({ files: () => dashboards().notify, words, now: app.clock, env }),
        failed: (error, what) => {
          // a refusal says what happened without what was sent; anything else says where it came from
          if (error instanceof RefusedError) app.log.warn({ why: error.message }, what);
          else if (error instanceof IocError && ERRORS[error.code].retryable) app.log.warn({ code: error.code }, what);
          else app.log.error({ err: error }, what);
        },
        every_ms,
        patience_ms,
      });
    });
    app.addHook('preClose', () => watch?.stop());
  },
  { name: 'notify', dependencies: ['store', 'boards'] },
);
