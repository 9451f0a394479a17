import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import type { ProtocolRequest } from './request.ts';

/** What became of the records of a request. */
export interface Outcome {
  /** Stored now or before. */
  stored: number;
  rejected: number;
}

/** Sends requests until they are acknowledged. */
export interface Sender {
  /** Resolves when every record was answered; throws a `SendError` on an answer that sending again would not change. */
  send: (request: ProtocolRequest) => Promise<Outcome>;
}

/** What the sender works with. */
export interface SenderOptions {
  url: string;
  token: string;
  /** Ends the waiting and trying. */
  signal: AbortSignal;
  /** Told of trouble, once when it begins and once when it is over. */
  say: (line: string) => void;
  /** @default the platform's */
  fetch?: typeof fetch;
  /** The first wait before trying again, ms; it doubles up to `LONGEST_WAIT_MS`. @default 250 */
  first_wait_ms?: number;
}

/** An answer that says that the request itself is wrong. */
export class SendError extends Error {
  override name = 'SendError';
}

/** Both replies of ingest: that of `/v1/events` and `/v1/eve`, and that of `/v1/dvcqg`. */
const ReplySchema = z.looseObject({
  accepted: z.int().optional(),
  duplicate: z.int().optional(),
  rejected: z.array(z.looseObject({ code: z.string(), reason: z.string() })).optional(),
  error_code: z.string().optional(),
  message: z.string().optional(),
});

/** Bodies from this size on travel compressed. */
const GZIP_BYTES = 16_384;
const LONGEST_WAIT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const compress = promisify(gzip);

/** Makes a sender: the same records go again, with growing pauses, until ingest has stored them. */
export function createSender(options: SenderOptions): Sender {
  const { url, token, signal, say, first_wait_ms = 250 } = options;
  const post = options.fetch ?? fetch;
  let troubled = false;
  const trouble = (what: string) => {
    if (!troubled) say(`ingest does not take anything (${what}); trying again until it does`);
    troubled = true;
  };
  return {
    async send(request) {
      const big = request.body.length >= GZIP_BYTES;
      const body = big ? await compress(request.body, { level: 1 }) : request.body;
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': request.content_type,
        ...(big ? { 'content-encoding': 'gzip' } : {}),
      };
      for (let wait_ms = first_wait_ms; ; wait_ms = Math.min(LONGEST_WAIT_MS, wait_ms * 2)) {
        const timeout = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
        const answer = await attempt(() =>
          post(url + request.path, { method: 'POST', headers, body, signal: timeout }),
        );
        signal.throwIfAborted();
        if (answer.kind === 'answered') {
          if (troubled) say('ingest takes events again');
          troubled = false;
          return outcomeOf(answer, request, say);
        }
        trouble(answer.why);
        await sleep(answer.after_ms ?? wait_ms, undefined, { signal });
      }
    },
  };
}

type Attempt = { kind: 'answered'; status: number; text: string } | { kind: 'again'; why: string; after_ms?: number };

async function attempt(post: () => Promise<Response>): Promise<Attempt> {
  try {
    const response = await post();
    const text = await response.text();
    if (response.status < 500 && response.status !== 429) return { kind: 'answered', status: response.status, text };
    const after = Number(response.headers.get('retry-after'));
    const after_ms = after > 0 ? Math.min(LONGEST_WAIT_MS, after * 1000) : undefined;
    return { kind: 'again', why: `status ${response.status}`, after_ms };
  } catch (error) {
    return { kind: 'again', why: error instanceof Error ? error.message : String(error) };
  }
}

function outcomeOf(
  answer: { status: number; text: string },
  request: ProtocolRequest,
  say: (line: string) => void,
): Outcome {
  const reply = ReplySchema.safeParse(jsonOf(answer.text));
  const rejected = reply.data?.rejected ?? [];
  const isWrong = answer.status >= 400 && rejected.length === 0;
  if (!reply.success || isWrong) throw new SendError(`${request.path}: ${answer.status} ${answer.text.slice(0, 500)}`);
  const first = rejected[0];
  if (first)
    say(`${request.path}: ${rejected.length} of ${request.size} refused, first ${first.code}: ${first.reason}`);
  return { stored: request.size - rejected.length, rejected: rejected.length };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
