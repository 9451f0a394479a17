import type { FastifyInstance } from 'fastify';
import { IocError, toFailure } from '../errors.ts';
import type { Session } from '../session.ts';
import type { ReadAddress } from './address.ts';
import type { Io, ViewerSocket } from './io.ts';

/** How often it is looked whether a session has come to its end by time alone, in milliseconds. */
const LOOK_MS = 5_000;

/**
 * Lets viewers in by what they show at the door, and puts them out when it is worth nothing any more: at once when accounts change, within five
 * seconds when time runs out. A viewer whose role or unit has changed is put out too, and comes back as what it is now.
 */
export function admit(io: Io, app: FastifyInstance, addressOf: ReadAddress): void {
  const shownBy = ({ handshake }: ViewerSocket) => app.credentialsOf(handshake.headers);
  io.use((socket, next) => {
    try {
      const session = app.identify(shownBy(socket));
      if (!session) throw new IocError('IOC_SIGNED_OUT');
      socket.data = { session, address: addressOf(socket.request) };
      next();
    } catch (error) {
      next(Object.assign(new Error('refused'), { data: toFailure(error) }));
    }
  });

  const look = (): void => {
    for (const socket of io.sockets.sockets.values()) {
      if (isSame(socket.data.session, current(app, socket, shownBy))) continue;
      socket.emit('session:ended');
      socket.disconnect(true);
    }
  };
  app.keeper?.listen(look);
  const timer = setInterval(look, LOOK_MS);
  app.addHook('preClose', () => clearInterval(timer));
}

/** Who a viewer is now; what they were while it cannot be known. */
function current(
  app: FastifyInstance,
  socket: ViewerSocket,
  shownBy: (socket: ViewerSocket) => ReturnType<FastifyInstance['credentialsOf']>,
): Session | undefined {
  try {
    // the secret that a screen came in by rotates while its socket stays
    const { kind, id } = socket.data.session;
    return kind === 'screen' ? app.screenNow(id) : app.identify(shownBy(socket));
  } catch {
    return socket.data.session;
  }
}

function isSame(before: Session, now: Session | undefined): boolean {
  return now !== undefined && now.id === before.id && now.role === before.role && now.scope === before.scope;
}
