import { IngestReplySchema } from '#ingest/schema/reply.ts';
import type { ToldEvent } from './told.ts';

/**
 * What became of a telling: taken; refused in part or whole, for reasons that sending it again would not mend (the parent keeps what it refuses as dead letters);
 * or not heard, to be sent again.
 */
export type Heard =
  { outcome: 'taken' } | { outcome: 'refused'; reasons: string[] } | { outcome: 'away'; reason: string };

/** Longest time for one request, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Sends events to the ingest of a parent, until `ending`. Never throws. */
export async function sendTold(
  url: string,
  token: string,
  events: readonly ToldEvent[],
  ending: AbortSignal,
): Promise<Heard> {
  try {
    const reply = await fetch(new URL('/v1/events', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
      signal: AbortSignal.any([ending, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const text = await reply.text();
    if (reply.status !== 200 && reply.status !== 422) return { outcome: 'away', reason: `answers ${reply.status}` };
    const { rejected } = IngestReplySchema.parse(JSON.parse(text));
    if (rejected.length === 0) return { outcome: 'taken' };
    return { outcome: 'refused', reasons: [...new Set(rejected.map(({ code, reason }) => `${code} ${reason}`))] };
  } catch (error) {
    return { outcome: 'away', reason: error instanceof Error ? causeOf(error) : 'does not answer' };
  }
}

/** Why a request failed: fetch says so in its cause. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
