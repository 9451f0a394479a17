import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ServerEvents, ViewerEvents } from '#api/contract.ts';

/** A connection to the server that served the page, typed by the contract. */
export type LiveSocket = Socket<ServerEvents, ViewerEvents>;

/** Opens the connection. It tries again for ever: at once, then after up to five seconds, spread so that walls do not return in step. */
export function openSocket(): LiveSocket {
  return io({ reconnectionDelay: 500, reconnectionDelayMax: 5_000, randomizationFactor: 0.5, timeout: 8_000 });
}
