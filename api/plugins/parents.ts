import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Parent } from '#dashboards/schema/parent.ts';
import { fileCheckpoint } from '../parents/checkpoint.ts';
import { sendTold } from '../parents/send.ts';
import { startTelling, type Telling } from '../parents/tell.ts';
import { toldAt } from '../parents/told.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** How long a centre above has waited for figures, the one that waits longest, in seconds; undefined where none is told. */
    parentLag?: () => number | undefined;
  }
}

/** With what the centres above are told. */
export interface ParentsPluginOptions {
  /** The value of a variable `PARENT_…`, which holds a token. */
  secret: (name: string) => string | undefined;
  /** Folder of the checkpoints: one file a parent. */
  folder: string;
  retry_ms?: number;
}

/** Tells the centres above this one, of files in `parents/`; from ready to close, and as the files are. */
export default fp<ParentsPluginOptions>(
  (app: FastifyInstance, { secret, folder, retry_ms }) => {
    let tellings = new Map<string, { written: string; telling: Telling }>();
    app.decorate('parentLag', () => {
      const lags = [...tellings.values()].map(({ telling }) => telling.lag_s());
      return lags.length === 0 ? undefined : Math.max(...lags);
    });
    const start = (id: string, parent: Parent): Telling | undefined => {
      const token = secret(parent.token_env);
      if (token === undefined || token === '') {
        app.log.error({ parent: id, variable: parent.token_env }, 'a parent is not told: its token is not set');
        return undefined;
      }
      return startTelling({
        parent,
        clock: app.clock,
        checkpoint: fileCheckpoint(folder, id),
        figures: (step) => {
          const { queries, province } = app.book.dashboards();
          const scope = province.units.root.path;
          return toldAt({ id, parent }, step, { store: app.store, query: (name) => queries.get(name), scope });
        },
        send: (events, ending) => sendTold(parent.url, token, events, ending),
        refused: (reasons) => app.log.error({ parent: id, reasons }, 'a parent refuses figures'),
        turned: (reason) =>
          reason === null
            ? app.log.info({ parent: id }, 'a parent is told again')
            : app.log.warn({ parent: id, reason }, 'a parent cannot be told; it will be, of what it missed'),
        retry_ms,
      });
    };
    /** Files that did not change keep their telling. */
    const follow = (): void => {
      const wanted = [...app.book.dashboards().parents].filter(([, parent]) => parent.enabled);
      const next = new Map<string, { written: string; telling: Telling }>();
      for (const [id, parent] of wanted) {
        const written = JSON.stringify(parent);
        const known = tellings.get(id);
        if (known?.written === written) next.set(id, known);
        else {
          const telling = start(id, parent);
          if (telling) next.set(id, { written, telling });
        }
      }
      for (const [id, { telling }] of tellings) if (next.get(id)?.telling !== telling) void telling.stop();
      tellings = next;
    };
    app.addHook('onReady', () => {
      follow();
      app.book.onReload(follow);
    });
    app.addHook('preClose', () =>
      Promise.all([...tellings.values()].map(({ telling }) => telling.stop())).then(() => undefined),
    );
  },
  { name: 'parents', dependencies: ['store', 'boards'] },
);
