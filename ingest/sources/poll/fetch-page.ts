import type { PollFeed } from '../../schema/feed.ts';

/** What is remembered of a feed between polls. */
export interface PollState {
  /** The largest value of the cursor's field so far. */
  cursor?: string | undefined;
  /** Of the last answer, and the address that gave it. */
  etag?: string | undefined;
  modified?: string | undefined;
  url?: string | undefined;
}

/** What a poll brought: an answer, or that there is nothing new. */
export type Page = { body: Buffer; seen: Pick<PollState, 'etag' | 'modified' | 'url'> } | 'unchanged';

/** Why there is no page. */
export class PollError extends Error {
  override name = 'PollError';
  readonly code: 'status' | 'too_large';
  /** Milliseconds after which the server wants to be asked again. */
  readonly retry_after_ms: number;

  constructor(code: PollError['code'], message: string, retry_after_ms = 0) {
    super(message);
    this.code = code;
    this.retry_after_ms = retry_after_ms;
  }
}

/** Longest pause that a server may ask for. */
const MOST_RETRY_AFTER_MS = 3_600_000;

/** The address of the next page: that of the feed, with the cursor as a parameter. */
export function addressOf({ url, cursor }: Pick<PollFeed, 'url' | 'cursor'>, state: PollState): string {
  const address = new URL(url);
  const from = state.cursor ?? cursor?.first;
  if (cursor && from !== undefined) address.searchParams.set(cursor.parameter, from);
  return address.href;
}

/** Asks for the next page. Throws a `PollError`, or what the network says. */
export async function fetchPage(
  feed: PollFeed,
  state: PollState,
  variable: (name: string) => string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const url = addressOf(feed, state);
  const headers = new Headers({ Accept: feed.format === 'json' ? 'application/json' : 'text/csv' });
  for (const [name, from] of Object.entries(feed.headers_env)) headers.set(name, variable(from) ?? '');
  if (state.url === url && state.etag !== undefined) headers.set('If-None-Match', state.etag);
  if (state.url === url && state.modified !== undefined) headers.set('If-Modified-Since', state.modified);
  const ending = AbortSignal.any([signal, AbortSignal.timeout(feed.timeout_s * 1_000)]);
  const response = await fetch(url, { headers, signal: ending });
  if (response.status === 304) {
    await response.body?.cancel();
    return 'unchanged';
  }
  if (!response.ok) {
    await response.body?.cancel();
    const wait_ms = Number(response.headers.get('Retry-After') ?? 0) * 1_000;
    const retry_after_ms = Number.isFinite(wait_ms) ? Math.min(Math.max(0, wait_ms), MOST_RETRY_AFTER_MS) : 0;
    throw new PollError('status', `the answer was ${response.status}`, retry_after_ms);
  }
  const body = await boundedBody(response, feed.most_mib * 2 ** 20);
  const etag = response.headers.get('ETag') ?? undefined;
  const modified = response.headers.get('Last-Modified') ?? undefined;
  return { body, seen: { url, etag, modified } };
}

/** Reads a body up to a bound; what is longer is not read to its end. */
async function boundedBody(response: Response, most_bytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > most_bytes) throw new PollError('too_large', `the answer is longer than ${most_bytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
