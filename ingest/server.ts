import { randomUUID } from 'node:crypto';
import fastify, { LogController, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { RequestFault, RETRY_AFTER_S, type FaultCode } from './errors.ts';
import { faultFields } from './fault-fields.ts';
import { addHealthPages } from './health.ts';
import { mediaType } from './http/content-type.ts';
import { inflateBody, isKnownEncoding } from './http/inflate.ts';
import type { Call, HttpSource } from './http/source.ts';
import type { Intake } from './intake.ts';
import type { Metrics } from './metrics.ts';
import type { Clock } from './schema/clock.ts';
import type { Grant, Tokens } from './tokens.ts';

/** What the server is made with. */
export interface ServerOptions {
  sources: readonly HttpSource[];
  intake: Intake;
  tokens: Tokens;
  metrics: Metrics;
  clock: Clock;
  log: Logger;
  /** Bytes of a body as it travels, and inflated. */
  body_bytes: number;
  inflated_bytes: number;
  /** True once the logs are known and can be written. */
  isReady: () => boolean;
  /** True when the store answers now. */
  storeAnswers: () => Promise<boolean>;
}

/** Codes of Fastify that are the sender's fault. */
const FASTIFY_FAULTS = new Map<string, FaultCode>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'IOC_BODY_TOO_LARGE'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'IOC_CONTENT_TYPE'],
]);

/** Builds the server; it does not listen yet. */
export function buildServer(options: ServerOptions) {
  const { sources, metrics, log } = options;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.body_bytes,
    genReqId: () => randomUUID(),
    requestTimeout: 120_000,
  });
  // every body is taken as it is: what it means depends on the source, and compressed ones are not text yet
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const answerFault = (
    source: HttpSource | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    fault: RequestFault,
  ) => {
    metrics.countFault(source?.entry ?? '', fault.code);
    if (fault.status >= 500)
      request.log.warn({ code: fault.code, ...faultFields(fault.cause), request_id: request.id }, 'request not stored');
    if (fault.retryable) reply.header('retry-after', RETRY_AFTER_S);
    const message = fault.status === 500 ? 'a fault of this server; it is in its log' : fault.message;
    const body = source?.fault?.(fault.code, message, request.id) ?? {
      code: fault.code,
      message,
      request_id: request.id,
    };
    return reply.status(fault.status).send(body);
  };
  app.setNotFoundHandler((request, reply) =>
    answerFault(undefined, request, reply, new RequestFault('IOC_ROUTE_UNKNOWN')),
  );
  const sourceOf = (request: FastifyRequest) => sources.find((source) => source.url === request.routeOptions.url);
  app.setErrorHandler((error: FastifyError, request, reply) =>
    answerFault(sourceOf(request), request, reply, faultOf(error, options)),
  );

  addHealthPages(app, options);
  for (const source of sources) addSource(source);
  return app;

  function addSource(source: HttpSource): void {
    app.post(source.url, {
      // before the body is read: nobody unknown can make the process hold megabytes
      onRequest: async (request) => {
        // a token may have been taken back, so the file is looked at on every request: a look costs microseconds
        await options.tokens.refresh();
        if (request.headers.authorization !== undefined || !source.hasTokenInBody) authorise(options.tokens, request);
        if (!source.contentTypes.includes(mediaType(request.headers['content-type'])))
          throw new RequestFault('IOC_CONTENT_TYPE', `allowed: ${source.contentTypes.join(', ')}`);
        if (!isKnownEncoding(request.headers['content-encoding'])) throw new RequestFault('IOC_CONTENT_ENCODING');
        if (!options.isReady()) throw new RequestFault('IOC_STARTING');
      },
      handler: async (request, reply) => {
        const sent = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const body = await inflateBody(sent, request.headers['content-encoding'], options.inflated_bytes);
        const call: Call = {
          body,
          contentType: mediaType(request.headers['content-type']),
          headers: request.headers,
          query: request.query,
          grant: request.headers.authorization === undefined ? undefined : authorise(options.tokens, request),
          received_at: options.clock(),
        };
        const answer = await source.answer(call, options.intake).catch(async (error: unknown) => {
          await buryUnreadable(error, source, call, options.intake);
          throw error;
        });
        if (answer.type !== undefined) reply.type(answer.type);
        return reply.status(answer.status).send(answer.body);
      },
    });
  }
}

/** Keeps a body that a known sender sent and nobody could read: what was in it must not be lost without a trace. */
async function buryUnreadable(error: unknown, source: HttpSource, call: Call, intake: Intake): Promise<void> {
  const isUnreadable =
    error instanceof RequestFault && (error.code === 'IOC_BODY_NOT_JSON' || error.code === 'IOC_BODY_SHAPE');
  if (!isUnreadable || !call.grant) return;
  const { source: fixed, simulated, unit: within } = call.grant;
  const origin = { entry: source.entry, source: fixed, simulated, within, received_at: call.received_at };
  const sent = call.body.toString('utf8');
  await intake.bury({ sent, source: fixed ?? '', unit: '' }, { code: error.code, reason: error.message }, origin);
}

/** The grant of the bearer token. Throws `IOC_TOKEN_MISSING` or `IOC_TOKEN_UNKNOWN`. */
function authorise(tokens: Tokens, request: FastifyRequest): Grant {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  if (!match?.[1]) throw new RequestFault('IOC_TOKEN_MISSING');
  const grant = tokens.find(match[1]);
  if (!grant) throw new RequestFault('IOC_TOKEN_UNKNOWN');
  return grant;
}

function faultOf(error: FastifyError, { body_bytes }: ServerOptions): RequestFault {
  if (error instanceof RequestFault) return error;
  const code = FASTIFY_FAULTS.get(error.code);
  if (code === 'IOC_BODY_TOO_LARGE') return new RequestFault(code, `at most ${body_bytes} bytes`);
  if (code) return new RequestFault(code);
  const isSenders = error.statusCode !== undefined && error.statusCode < 500;
  return new RequestFault(isSenders ? 'IOC_REQUEST' : 'IOC_INTERNAL', undefined, { cause: error });
}
