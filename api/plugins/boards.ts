import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { openBook, type Book, type LoadFolder } from '../boards/book.ts';
import { watchFolder } from '../boards/watch-folder.ts';

declare module 'fastify' {
  interface FastifyInstance {
    book: Book;
  }
}

/** Where the boards come from. */
export interface BoardsPluginOptions {
  load: LoadFolder;
  /** The folder to watch; undefined watches nothing. */
  folder?: string;
}

/** The boards, and their reload when a file is saved. */
export default fp<BoardsPluginOptions>(
  async (app: FastifyInstance, { load, folder }) => {
    const book = await openBook(load);
    app.decorate('book', book);

    const tell = () => {
      const faults = book.faults();
      app.metrics.reloads.inc({ result: faults.length === 0 ? 'good' : 'faulty' });
      for (const { file, line, column, path, message } of faults)
        app.log.error(
          { file: `${file}:${line}:${column}`, path, fault: message },
          'file is broken, its last good version is served',
        );
      if (book.isTrusted()) app.log.warn('queries are taken on trust, the database could not be asked about them');
      app.log.info({ boards: book.dashboards().boards.size, faults: faults.length }, 'dashboards read');
    };
    book.onReload(tell);
    const reload = () => {
      book.reload().catch((err: unknown) => app.log.error({ err }, 'dashboards could not be read again'));
    };
    if (book.isTrusted()) app.addHook('onListen', reload);
    else tell();
    if (folder === undefined) return;

    const close = await watchFolder(folder, {
      changed: reload,
      failed: (err) => app.log.error({ err }, 'dashboards folder can no longer be watched'),
    });
    app.addHook('preClose', close);
  },
  { name: 'boards', dependencies: ['store'] },
);
