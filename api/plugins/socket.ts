import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Server } from 'socket.io';
import { createFollow } from '../live/follow.ts';
import { createSlowViewers } from '../live/slow.ts';
import { addressReader } from '../socket/address.ts';
import { tellBoardNews } from '../socket/board-news.ts';
import { admit } from '../socket/admit.ts';
import { broadcast } from '../socket/broadcast.ts';
import { createDraftBudget } from '../socket/draft-budget.ts';
import { isSameOrigin, type Io, type ViewerSocket } from '../socket/io.ts';
import { answerRequests } from '../socket/requests.ts';
import { serveScreens, type ScreensOptions } from '../socket/screens.ts';

declare module 'fastify' {
  interface FastifyInstance {
    io: Io;
  }
}

/** How sockets are served. */
export interface SocketOptions extends ScreensOptions {
  /** Proxies whose word on the address of a viewer is taken: addresses or networks, with commas between. @default nobody's */
  trustProxy?: string | undefined;
}

/** socket.io on the app's own server. One room a key, a board and a scope; a viewer is told of what it follows and nothing else. */
export default fp<SocketOptions>(
  (app: FastifyInstance, options: SocketOptions, done) => {
    const { book, live, metrics, log } = app;
    const io: Io = new Server(app.server, {
      serveClient: false,
      transports: ['websocket', 'polling'],
      // a draft has 48 KiB, and each of its characters may be written as two
      maxHttpBufferSize: 128 * 1024,
      allowRequest: (request, decide) => decide(null, isSameOrigin(request)),
    });
    const follow = createFollow<ViewerSocket>(book, live);
    const slow = createSlowViewers();
    const drafts = createDraftBudget();
    app.decorate('io', io);

    admit(io, app, addressReader(options.trustProxy));

    io.on('connection', (socket) => {
      slow.add(socket.id, socket.conn);
      answerRequests(socket, { book, follow, drafts, log });
      socket.on('disconnect', () => {
        slow.remove(socket.id);
        follow.leave(socket);
      });
    });
    live.listen(broadcast(io, { live, follow, slow, metrics }));
    serveScreens(io, app, options);
    tellBoardNews(io, { book, follow, log });

    app.addHook('preClose', async () => {
      io.disconnectSockets(true);
      await io.close();
    });
    done();
  },
  { name: 'socket', dependencies: ['boards', 'live', 'auth'] },
);
