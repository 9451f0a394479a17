import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ScreenOrders, ScreenSign } from '#api/contract-screens.ts';
import type {
  Diff,
  Failure,
  Followed,
  Previewed,
  Pulse,
  ResolvedBoard,
  ServerEvents,
  Snapshot,
  ViewerEvents,
} from '#api/contract.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';

/** What a page does with what the server says. */
export interface LinkHandlers {
  up: () => void;
  down: () => void;
  pulse: (pulse: Pulse) => void;
  snapshot: (snapshot: Snapshot) => void;
  diff: (diff: Diff) => void;
  changed: (change: { board: ResolvedBoard; snapshots: Snapshot[] }) => void;
  fault: (faults: FileFault[]) => void;
  /** The server lets nobody in who shows what this browser shows. It is asked again. */
  refused: (failure: Failure) => void;
  /** What a screen is to do. */
  orders: (orders: ScreenOrders) => void;
}

/** An answer, a refusal with its reason, or none in time (`failure` is null). */
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure | null };

/** How a board is looked at: as which unit, and by which choices of its variables. */
export type Looked = [unit?: string, variables?: Readonly<Record<string, string>>];

/** The connection to the server that served the page. */
export interface Link {
  isUp: () => boolean;
  /** Begins to follow a board, of a unit within the scope. */
  watch: (board: string, ...looked: Looked) => Promise<Answer<Followed>>;
  /** Asks what is wrong with the text of a board, and follows what it draws where nothing is. */
  preview: (board: string, text: string, ...looked: Looked) => Promise<Answer<Previewed>>;
  /** Asks for the whole results of keys. */
  snapshots: (keys: readonly string[]) => Promise<Answer<Snapshot[]>>;
  /** Tells how this screen is. */
  sign: (sign: ScreenSign) => void;
  close: () => void;
}
export type OpenLink = (handlers: LinkHandlers) => Link;

const ANSWER_MS = 10_000;
const RETURN_MS = 500;
/** Whoever was refused asks again: a screen may have been confirmed, or the server's database be back. */
const REFUSED_MS = 2_000;

/** Opens the connection. It tries again for ever: at once, then after up to five seconds, spread so that walls do not return in step. */
export const openLink: OpenLink = (handlers) => {
  const socket: Socket<ServerEvents, ViewerEvents> = io({
    // at once by websocket: coming from polling takes six requests; where a proxy refuses websockets, polling follows
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: RETURN_MS,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
  });
  let back: ReturnType<typeof setTimeout> | undefined;
  socket.on('connect', handlers.up);
  socket.on('disconnect', (reason) => {
    handlers.down();
    // socket.io comes back by itself except when the server closed on purpose, as it does when it ends in order
    if (reason === 'io server disconnect') back = setTimeout(() => socket.connect(), RETURN_MS);
  });
  socket.on('connect_error', (error) => {
    const failure = failureOf(error);
    if (!failure) return;
    handlers.refused(failure);
    clearTimeout(back);
    back = setTimeout(() => socket.connect(), REFUSED_MS);
  });
  socket.on('screen:orders', handlers.orders);
  socket.on('pulse', handlers.pulse);
  socket.on('key:snapshot', handlers.snapshot);
  socket.on('key:diff', handlers.diff);
  socket.on('board:changed', handlers.changed);
  socket.on('board:fault', handlers.fault);
  const none = { ok: false, failure: null } as const;
  return {
    isUp: () => socket.connected,
    watch: (board, ...looked) =>
      socket
        .timeout(ANSWER_MS)
        .emitWithAck('board:watch', { board, ...said(...looked) })
        .catch(() => none),
    preview: (board, text, ...looked) =>
      socket
        .timeout(ANSWER_MS)
        .emitWithAck('board:preview', { board, text, ...said(...looked) })
        .catch(() => none),
    snapshots: (keys) =>
      socket
        .timeout(ANSWER_MS)
        .emitWithAck('key:snapshot', { keys: [...keys] })
        .catch(() => none),
    sign: (sign) => {
      if (socket.connected) socket.volatile.emit('screen:seen', sign);
    },
    close: () => {
      clearTimeout(back);
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
};

/** What is said of it in a request: nothing where all is as usual. */
const said = (...[unit, variables]: Looked) => ({
  ...(unit !== undefined && { unit }),
  ...(variables && Object.keys(variables).length > 0 && { variables }),
});

/** Why the server did not let a socket in; undefined when it could not be reached. */
function failureOf(error: Error): Failure | undefined {
  const data: unknown = 'data' in error ? error.data : undefined;
  if (typeof data !== 'object' || data === null || !('code' in data) || !('message' in data)) return undefined;
  return { code: String(data.code), message: String(data.message) };
}
