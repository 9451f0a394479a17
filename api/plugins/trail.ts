import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { actionOf, AT_THE_DOOR } from '../trail/actions.ts';
import type { AuditEvent } from '../trail/audit-event.ts';
import { readPage, type ReadPage } from '../trail/page.ts';
import { startTrail, type TrailOptions } from '../trail/trail.ts';

/** What an act was done to, as its handler found it. */
export interface Acted {
  /** An id or a code; for an account its name. Never a text that somebody typed. */
  target?: string;
  /** Code of a unit. */
  unit?: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Reads what was noted; undefined where nothing is. */
    readTrail: ReadPage | undefined;
    /** Notes an act that is no request; nowhere where nothing is noted. */
    noteAct: (act: AuditEvent) => void;
  }
  interface FastifyRequest {
    /** Said by handlers of acts; noted where the act was done, and, of a login that failed, whose it was. */
    acted: Acted | undefined;
  }
}

/** Where acts are noted; nowhere when absent. */
export type TrailPluginOptions = Partial<Pick<TrailOptions, 'client' | 'key' | 'heads' | 'most' | 'wait_ms'>>;

/**
 * The one place where what people and tokens do is noted: all that writes, and of what reads, exports and the opening of a dossier.
 *
 * It is noted when the answer is about to leave, not when it has left: a file that is broken off before its last byte was given away too.
 */
export default fp<TrailPluginOptions>(
  async (app: FastifyInstance, { client, key, heads, most, wait_ms }) => {
    app.decorateRequest('acted', undefined);
    if (!client || key === undefined || heads === undefined) {
      app.decorate('noteAct', () => undefined);
      return void app.decorate('readTrail', undefined);
    }
    const { failures, lost } = app.metrics.trail;
    const trail = await startTrail({
      ...{ client, key, heads },
      ...(most !== undefined && { most }),
      ...(wait_ms !== undefined && { wait_ms }),
      failed: (err) => {
        failures.inc();
        app.log.error({ err, waiting: trail.waiting() }, 'audit log could not be written, it is tried again');
      },
      lost: () => {
        lost.inc();
        app.log.error('audit log is full, an act is lost');
      },
    });
    app.decorate('readTrail', readPage(client));
    app.decorate('noteAct', trail.note);

    app.addHook('onSend', (request, reply, _payload, done) => {
      const event = eventOf(request, reply);
      if (event) trail.note(event);
      done();
    });
    app.addHook('onClose', async () => {
      await trail.stop();
      if (trail.waiting() > 0) app.log.error({ waiting: trail.waiting() }, 'acts were not written to the audit log');
    });
  },
  { name: 'trail', dependencies: ['store', 'auth'] },
);

/** What a request is noted as; undefined for one that is not. */
function eventOf(request: FastifyRequest, reply: FastifyReply): AuditEvent | undefined {
  const { session, acted } = request;
  const action = actionOf(request.method, request.routeOptions.url);
  if (action === undefined || (!session && !AT_THE_DOOR.includes(action))) return undefined;
  // those are counted, not noted: a flood would fill the log
  if (reply.statusCode === 429) return undefined;
  const { units } = request.server.book.dashboards().province;
  const own = units.units.find(({ path }) => path === session?.scope)?.code;
  return {
    at: Date.now(),
    kind: session?.kind ?? 'nobody',
    id: session?.id ?? '',
    account: session?.account ?? '',
    actor: session?.actor ?? '',
    role: session?.role ?? '',
    action,
    target: acted?.target ?? '',
    unit: acted?.unit ?? own ?? '',
    outcome: outcomeOf(reply.statusCode),
    request: request.id,
    address: request.ip,
  };
}

function outcomeOf(status: number): AuditEvent['outcome'] {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}
