import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { actionOf, AT_THE_DOOR } from '../trail/actions.ts';
import { IocError } from '../errors.ts';

/** How many requests a minute are answered: of a session or token; of an address for those who are nobody; of an address at the door. */
export interface Limits {
  session: number;
  address: number;
  login: number;
}

/** A desk asks a dozen times a minute. A whole province may sit behind one address: its files, its log-ins at half past seven. */
export const LIMITS: Limits = { session: 1_200, address: 12_000, login: 120 };

/**
 * Bounds how many requests are taken from one side, before anything is done for them: beyond, 429 with Retry-After. What is counted is held in
 * this process, so several processes allow so much each. Sockets are bounded by socket.io itself and by `live/slow.ts`.
 */
export default fp<{ limits?: Partial<Limits> | undefined }>(
  async (app: FastifyInstance, { limits }) => {
    const most = { ...LIMITS, ...limits };
    await app.register(rateLimit, { global: false });
    const limit = app.rateLimit({
      timeWindow: 60_000,
      keyGenerator: (request) => keyOf(request).join(' '),
      max: (request) => most[keyOf(request)[0]],
      onExceeded: (request) => app.metrics.limited.inc({ by: keyOf(request)[0] }),
      errorResponseBuilder: () => new IocError('IOC_TOO_MANY'),
    });
    app.addHook('onRequest', limit);
  },
  { name: 'limits', dependencies: ['store'] },
);

/** Whose request it is counted as. */
function keyOf(request: FastifyRequest): [keyof Limits, string] {
  const action = actionOf(request.method, request.routeOptions.url);
  if (action !== undefined && AT_THE_DOOR.includes(action)) return ['login', request.ip];
  const id = idOf(request);
  return id === '' ? ['address', request.ip] : ['session', id];
}

/** Id of the session or token; empty for a visitor, for nobody, and while it cannot be known. */
function idOf({ server, headers }: FastifyRequest): string {
  try {
    return server.identify(server.credentialsOf(headers))?.id ?? '';
  } catch {
    return '';
  }
}
