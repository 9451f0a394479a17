import type { IncomingMessage } from 'node:http';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Session } from '../session.ts';
import type { ServerEvents, ViewerEvents } from '../contract.ts';

/** What a viewer may send is only known to be something; each request is checked. */
type Heard = Record<keyof ViewerEvents, (...args: unknown[]) => void>;

/** What is known of a viewer: who they are, found again whenever accounts change, and from where they came. */
export interface SocketData {
  session: Session;
  address: string;
}

/** The socket server, and one viewer's end of it. */
export type Io = Server<Heard, ServerEvents, DefaultEventsMap, SocketData>;
export type ViewerSocket = Socket<Heard, ServerEvents, DefaultEventsMap, SocketData>;

/** A page of another origin may not read through a viewer's browser. A request without an origin does not come from a page. */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
