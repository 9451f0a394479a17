import type { IncomingMessage } from 'node:http';
import { all, compile } from '@fastify/proxy-addr';

/** Says from what address a request was sent. */
export type ReadAddress = (request: IncomingMessage) => string;

/**
 * Who opened a socket: the other end of the connection or, of one that a trusted proxy made, the nearest that is none. The rule and the library are
 * those by which Fastify fills `request.ip`, which sockets do not pass. `trusted`: addresses or networks with commas between.
 */
export function addressReader(trusted: string | undefined): ReadAddress {
  const isTrusted = compile(partsOf(trusted ?? ''));
  return (request) => all(request, isTrusted).at(-1) ?? '';
}

/** Whether a text names proxies: addresses or networks with commas between. */
export function isTrust(text: string): boolean {
  try {
    compile(partsOf(text));
    return partsOf(text).every((part) => part !== '');
  } catch {
    return false;
  }
}

const partsOf = (text: string): string[] => (text === '' ? [] : text.split(',').map((part) => part.trim()));
