import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IocError, toFailure } from '../errors.ts';

/** The body of every reply that is not a success. */
export const FailureSchema = z.object({
  code: z.string().describe('stable; decide by this'),
  message: z.string().describe('for people'),
  request_id: z.string().describe('finds the request in the log'),
});

/** Turns whatever is thrown into a coded reply. From 500 on the detail goes to the log and only the fixed sentence to the sender. */
export default fp(
  (app: FastifyInstance) => {
    app.setErrorHandler((thrown, request, reply) => {
      const error = coded(thrown);
      if (error.status >= 500) request.log.error({ err: thrown, code: error.code }, 'request failed');
      return send(error, request, reply);
    });
  },
  { name: 'errors' },
);

/** Sends an error as a reply. */
export function send(error: IocError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.retryable && !reply.hasHeader('retry-after')) reply.header('retry-after', String(error.retry_s ?? 2));
  return reply
    .code(error.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ ...toFailure(error), request_id: request.id }));
}

const StatusSchema = z.object({ statusCode: z.int().optional() });

function coded(thrown: unknown): IocError {
  if (thrown instanceof IocError) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const faults = thrown.validation.map(({ instancePath, message }) =>
      `${instancePath.slice(1)} ${message ?? ''}`.trim(),
    );
    return new IocError('IOC_BAD_REQUEST', faults.join('; '), thrown);
  }
  const status = StatusSchema.safeParse(thrown).data?.statusCode ?? 500;
  if (status === 404) return new IocError('IOC_NOT_FOUND', undefined, thrown);
  if (status === 413) return new IocError('IOC_TOO_LARGE', undefined, thrown);
  if (status >= 400 && status < 500) return new IocError('IOC_BAD_REQUEST', undefined, thrown);
  return new IocError('IOC_INTERNAL', undefined, thrown);
}
