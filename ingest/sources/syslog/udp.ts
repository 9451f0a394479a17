import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Collected } from '../collecting-source.ts';
import { addressOf } from './address.ts';
import { MESSAGE_BYTES } from './row.ts';

/** Bytes that wait in the kernel while this process does something else. The system may give less (`net.core.rmem_max`). */
const RECEIVE_BUFFER_BYTES = 8 * 2 ** 20;

/** A listener: where it listens, and how it ends. */
export interface Listener {
  port: number;
  close: () => Promise<void>;
}

/** Listens for datagrams: each is a message (RFC 5426). At the bound of the spool the newest are dropped, and counted. Throws when the port cannot be had. */
export async function listenUdp(host: string, port: number, intake: Collected): Promise<Listener> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.on('message', (bytes, { address }) => {
    let to = bytes.length;
    // some add the end of a line
    while (to > 0 && isEnd(bytes[to - 1] ?? 0)) to -= 1;
    intake.receive('udp', 1);
    if (to === 0) intake.drop('udp', 'empty', 1);
    else if (!intake.spool.append(`udp ${addressOf(address)}`, bytes, 0, Math.min(to, MESSAGE_BYTES)))
      intake.drop('udp', 'spool_full', 1);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  socket.on('error', () => undefined);
  return {
    port: socket.address().port,
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

const isEnd = (code: number): boolean => code === 10 || code === 13 || code === 0;
