import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Collected } from '../collecting-source.ts';
import { addressOf } from './address.ts';
import { Framer } from './framing.ts';
import { MESSAGE_BYTES } from './row.ts';
import type { Listener } from './udp.ts';

/** Senders at the same time. */
const MOST_CONNECTIONS = 2_000;
/** Time that senders get to be read to their end when the process ends, in milliseconds. */
const LINGER_MS = 500;

/** Certificate and key, PEM. */
export interface TlsFiles {
  cert: Buffer;
  key: Buffer;
}

/** Listens for streams of messages (RFC 6587), with TLS where files are given (RFC 5425). At the bound of the spool a stream is not read, so that its sender waits. Throws when the port cannot be had. */
export async function listenTcp(host: string, port: number, intake: Collected, tls?: TlsFiles): Promise<Listener> {
  const by = tls ? 'tls' : 'tcp';
  const sockets = new Set<Socket>();
  const take = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    readStream(socket, by, intake);
  };
  const server: Server = tls ? createTlsServer(tls, take) : createServer(take);
  server.maxConnections = MOST_CONNECTIONS;
  // whoever breaks off a handshake is no fault of ours
  server.on('tlsClientError', () => undefined);
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: portOf(server.address()),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) setTimeout(() => socket.destroy(), LINGER_MS).unref();
      await closed;
    },
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address ? address.port : 0;

function readStream(socket: Socket, by: string, intake: Collected): void {
  const sender = `${by} ${addressOf(socket.remoteAddress)}`;
  let received = 0;
  let empty = 0;
  const framer = new Framer({
    most_bytes: MESSAGE_BYTES,
    onFrame: (bytes, from, to) => {
      if (from === to) {
        empty += 1;
        return true;
      }
      if (!intake.spool.append(sender, bytes, from, to)) return false;
      received += 1;
      return true;
    },
  });
  const tell = (): void => {
    if (received > 0) intake.receive(by, received);
    if (empty > 0) intake.drop(by, 'empty', empty);
    received = 0;
    empty = 0;
  };
  /** Waits for room and goes on where it stopped. */
  const whenRoom = async (goOn: () => boolean): Promise<void> => {
    socket.pause();
    do await intake.spool.room();
    while (!goOn() && !intake.spool.isClosed);
    tell();
    socket.resume();
  };
  socket.on('data', (chunk) => {
    const isTaken = framer.push(chunk);
    tell();
    if (!isTaken) void whenRoom(() => framer.push(Buffer.alloc(0)));
  });
  // also after an error: what came before it is whole
  socket.once('close', () => {
    const isTaken = framer.end();
    tell();
    if (!isTaken) void whenRoom(() => framer.end());
  });
  socket.on('error', () => undefined);
}
