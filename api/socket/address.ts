import type { IncomingMessage } from 'node:http';
import { all, compile } from '@fastify/proxy-addr';

/** Says from what address a request was sent. */
export type ReadAddress = (request: IncomingMessage) => string;

/**
 * Who opened a socket: the other end of the connection or, of one that a trusted proxy made, the nearest that is none. The rule and the library are
 * those by which Fastify fills `request.ip`, which sockets do not pass. `trusted`: addresses or networks with commas between.
 */
export function addressReader(trusted: string | undefined): ReadAddress {
  const isTrusted = compile((trusted ?? '').split(',').flatMap((part) => part.trim() || []));
  return (request) => all(request, isTrusted).at(-1) ?? '';
}
