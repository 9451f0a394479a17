import * as z from 'zod/mini';
import { signedOut, turnedAway } from '../session/signed-out.ts';

/** A request that did not bring what was asked for. `code` is the server's, or `offline` / `unreadable`. */
export class RequestError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.status = status;
  }
}

const FailureSchema = z.object({ code: z.string(), message: z.string() });

/** The body of a reply; a body that is not JSON reads as undefined. */
async function bodyOf(reply: Response): Promise<unknown> {
  try {
    return await reply.json();
  } catch {
    return undefined;
  }
}

/**
 * Gets JSON and checks it by `schema`. Throws a RequestError with the server's code and message when it refuses, `offline` when it
 * does not answer, `unreadable` when the reply is not what was expected; an abort is thrown as it is.
 */
export async function getJson<S extends z.ZodMiniType>(
  url: string,
  schema: S,
  signal?: AbortSignal,
): Promise<z.output<S>> {
  return ask(url, { headers: { accept: 'application/json' }, signal: signal ?? null }, schema);
}

/** Sends a request that has no reply but that it was done. Throws as `getJson` does. */
export async function send(method: 'DELETE' | 'PATCH' | 'POST' | 'PUT', url: string, body?: unknown): Promise<void> {
  await ask(url, requestOf(method, body), z.unknown());
}

/** Changes what is at `url` and checks the reply by `schema`. Throws as `getJson` does. */
export async function patchJson<S extends z.ZodMiniType>(url: string, body: unknown, schema: S): Promise<z.output<S>> {
  return ask(url, requestOf('PATCH', body), schema);
}

/** Ends what is at `url` and checks the reply by `schema`. Throws as `getJson` does. */
export async function deleteJson<S extends z.ZodMiniType>(url: string, schema: S): Promise<z.output<S>> {
  return ask(url, requestOf('DELETE'), schema);
}

/** Posts `body` as JSON and checks the reply by `schema`. Throws as `getJson` does. */
export async function postJson<S extends z.ZodMiniType>(url: string, body: unknown, schema: S): Promise<z.output<S>> {
  return ask(url, requestOf('POST', body), schema);
}

/**
 * Posts a file as it is and checks the reply by `schema`. A 422 that fits the schema is an answer too: the file was read, and nothing of it could be
 * taken. Throws as `getJson` does.
 */
export async function postFile<S extends z.ZodMiniType>(
  url: string,
  file: Blob,
  type: string,
  schema: S,
): Promise<z.output<S>> {
  const headers = { accept: 'application/json', 'content-type': type };
  return ask(url, { method: 'POST', headers, body: file }, schema, 422);
}

function requestOf(method: string, body?: unknown): RequestInit {
  const accept = { accept: 'application/json' };
  if (body === undefined) return { method, headers: accept };
  return { method, headers: { ...accept, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function ask<S extends z.ZodMiniType>(
  url: string,
  request: RequestInit,
  schema: S,
  answers?: number,
): Promise<z.output<S>> {
  let reply: Response;
  try {
    reply = await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new RequestError('offline', 0, url);
  }
  const body = await bodyOf(reply);
  if (!reply.ok && !(reply.status === answers && schema.safeParse(body).success)) {
    const failure = FailureSchema.safeParse(body);
    if (failure.success && failure.data.code === 'IOC_SIGNED_OUT') signedOut.value += 1;
    if (failure.success && failure.data.code === 'IOC_FORBIDDEN') turnedAway.value += 1;
    throw new RequestError(
      failure.success ? failure.data.code : 'refused',
      reply.status,
      failure.success ? failure.data.message : url,
    );
  }
  const read = schema.safeParse(body);
  if (!read.success)
    throw new RequestError('unreadable', reply.status, `${url}: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  return read.data;
}
