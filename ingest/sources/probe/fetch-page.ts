import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { WebTarget } from '../../schema/probe.ts';

/** Most of a page that is read, in bytes. */
const MOST_BYTES = 2 * 2 ** 20;
const DAY_MS = 86_400_000;

/** What came of asking for a page. Null is not known: there was no answer, or no certificate. */
export interface Fetched {
  status: number | null;
  /** Until the whole of it was there. */
  latency_ms: number | null;
  /** Days until the certificate ends; negative once it has. */
  certificate_days: number | null;
  /** Whether the certificate is trusted, of this name and in time. */
  is_trusted: boolean | null;
  page: string | null;
}

const NOTHING: Fetched = { status: null, latency_ms: null, certificate_days: null, is_trusted: null, page: null };

/** Asks for a page as a browser would, without following where it leads. Never rejects. */
export async function fetchPage(
  { url, timeout_s }: WebTarget,
  { signal, now }: { signal: AbortSignal; now: () => number },
): Promise<Fetched> {
  const begun = performance.now();
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeout_s * 1_000)]);
  let seen = NOTHING;
  try {
    const reply = await ask(url, ending, (socket) => (seen = { ...seen, ...certificateOf(socket, now()) }));
    seen = { ...seen, status: reply.statusCode ?? null };
    const page = await textOf(reply);
    return { ...seen, latency_ms: performance.now() - begun, page };
  } catch {
    // what was seen before it broke off is known: a certificate, perhaps a status
    return seen;
  }
}

function ask(url: string, signal: AbortSignal, onSecure: (socket: TLSSocket) => void): Promise<IncomingMessage> {
  // a certificate that is not trusted is looked at, and said to be so, rather than not reached
  const options = { signal, agent: false, rejectUnauthorized: false, headers: { 'user-agent': 'toan-canh-probe' } };
  return new Promise((done, fail) => {
    const sent = url.startsWith('https:') ? requestHttps(url, options, done) : requestHttp(url, options, done);
    sent.once('socket', (socket) => {
      if (socket instanceof TLSSocket) socket.once('secureConnect', () => onSecure(socket));
    });
    sent.once('error', fail);
    sent.end();
  });
}

function certificateOf(socket: TLSSocket, now: number): Pick<Fetched, 'certificate_days' | 'is_trusted'> {
  const ends = Date.parse(socket.getPeerCertificate().valid_to);
  return {
    certificate_days: Number.isNaN(ends) ? null : (ends - now) / DAY_MS,
    is_trusted: socket.authorized,
  };
}

/** The text of a reply; what is beyond the bound is read and left out. */
async function textOf(reply: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of reply) {
    if (!Buffer.isBuffer(chunk)) continue;
    if (bytes < MOST_BYTES) chunks.push(chunk.subarray(0, MOST_BYTES - bytes));
    bytes += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}
