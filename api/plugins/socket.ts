import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import type { Ack, ServerEvents, ViewerEvents } from '../contract.ts';
import { IocError, toFailure } from '../errors.ts';
import { createFollow, rooms } from '../live/follow.ts';
import { createSlowViewers } from '../live/slow.ts';
import { sessionOf, unitInScope } from '../session.ts';

/** What a viewer may send is only known to be something; each handler checks it. */
type Heard = Record<keyof ViewerEvents, (...args: unknown[]) => void>;
type Io = Server<Heard, ServerEvents>;
type ViewerSocket = Socket<Heard, ServerEvents>;

declare module 'fastify' {
  interface FastifyInstance {
    io: Io;
  }
}

const WatchSchema = z.strictObject({ board: z.string().max(64), unit: z.string().max(64).optional() });
const SnapshotSchema = z.strictObject({ keys: z.array(z.string().max(512)).max(200) });

/** Room of the viewers that have fallen behind: what is sent to a room leaves it out. */
const BEHIND = 'behind';

/** socket.io on the app's own server. One room a key, a board and a scope; a viewer is told of what it follows and nothing else. */
export default fp(
  (app: FastifyInstance) => {
    const { book, live, metrics } = app;
    const io: Io = new Server(app.server, {
      serveClient: false,
      transports: ['websocket', 'polling'],
      maxHttpBufferSize: 64 * 1024,
      allowRequest: (request, decide) => decide(null, isSameOrigin(request)),
    });
    const follow = createFollow<ViewerSocket>(book, live);
    const slow = createSlowViewers();
    app.decorate('io', io);

    io.on('connection', (socket) => {
      slow.add(socket.id, socket.conn);
      socket.on('disconnect', () => {
        slow.remove(socket.id);
        follow.leave(socket);
      });
      const answer = <T>(args: unknown[], work: (request: unknown) => Promise<T> | T) => {
        const ack = args.at(-1);
        if (!isAck<T>(ack)) return;
        Promise.resolve(args[0])
          .then(work)
          .then(
            (value) => ack({ ok: true, value }),
            (error: unknown) => {
              if (!(error instanceof IocError)) app.log.error({ err: error }, 'socket request failed');
              ack({ ok: false, failure: toFailure(error) });
            },
          );
      };
      socket.on('board:watch', (...args) =>
        answer(args, async (request) => {
          const { board, unit } = parse(WatchSchema, request);
          const { units } = book.dashboards().province;
          const followed = await follow.watch(socket, board, unitInScope(sessionOf(units), units, unit));
          const faults = book.faultsOf(board);
          if (faults.length > 0) setImmediate(() => socket.emit('board:fault', faults));
          return followed;
        }),
      );
      socket.on('key:snapshot', (...args) =>
        answer(args, (request) => follow.snapshots(socket, parse(SnapshotSchema, request).keys)),
      );
    });

    live.listen({
      changed: (snapshot, change) => {
        const { key, seq, at, query_ms, failure } = snapshot;
        const room = io.to(key).except(BEHIND);
        if (change) room.emit('key:diff', { key, seq, at, query_ms, failure, ...change });
        else room.emit('key:snapshot', snapshot);
        metrics.diffs.inc({ form: change ? 'diff' : 'whole' });
      },
      pulse: (scope, pulse) => io.to(rooms.scope(scope)).except(BEHIND).emit('pulse', pulse),
      ticked: () => {
        metrics.ticks.inc();
        const { fallen, caught_up } = slow.look();
        metrics.skipped.inc(fallen.length);
        for (const id of fallen) io.in(id).socketsJoin(BEHIND);
        for (const id of caught_up) {
          io.in(id).socketsLeave(BEHIND);
          // its pulse shows it which keys have moved on, and it asks for those
          const socket = io.sockets.sockets.get(id);
          const scope = socket && follow.scopeOf(socket);
          if (scope !== undefined) socket?.emit('pulse', live.pulses.of(scope));
        }
      },
    });

    let moving = Promise.resolve();
    const toldFaults = () =>
      new Map([...book.dashboards().boards.keys()].map((id) => [id, JSON.stringify(book.faultsOf(id))]));
    let told = toldFaults();
    book.onReload(() => {
      const before = told;
      told = toldFaults();
      for (const [id, text] of told)
        if ((before.get(id) ?? '[]') !== text) io.to(rooms.board(id)).emit('board:fault', book.faultsOf(id));
      moving = moving
        .then(() => follow.move((socket, board, snapshots) => socket.emit('board:changed', { board, snapshots })))
        .catch((err: unknown) => app.log.error({ err }, 'viewers could not be moved to the changed boards'));
    });

    app.addHook('preClose', async () => {
      io.disconnectSockets(true);
      await io.close();
    });
  },
  { name: 'socket', dependencies: ['boards', 'live'] },
);

/** A page of another origin may not read through a viewer's browser. A request without an origin does not come from a page. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

function isAck<T>(value: unknown): value is Ack<T> {
  return typeof value === 'function';
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  throw new IocError('IOC_BAD_REQUEST', faults.join('; '));
}
