import { setTimeout as sleep } from 'node:timers/promises';
import { IngestReplySchema, type IngestReply } from '#ingest/schema/reply.ts';
import type { Family, FAMILIES } from '#ingest/schema/event.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { IocError } from '../errors.ts';

/** Something that was done here, as an event: `id` is made once, so that sending it again adds nothing. Instants are epoch ms. */
export interface OwnEvent {
  id: string;
  type: (typeof FAMILIES)[Family]['types'][number];
  subject: string;
  /** Code of the unit concerned. */
  unit: string;
  at: number;
  data: Record<string, unknown>;
}

/**
 * Stores events of the product's own through the same door as everybody's, and returns when they are stored: how many of them were not
 * stored before. Throws `IOC_INGEST_AWAY` when that cannot be had in time.
 */
export type PostEvents = (events: readonly OwnEvent[]) => Promise<number>;

/** Where events are posted. */
export interface PosterOptions {
  url: string | undefined;
  token: string | undefined;
  /** Longest time for all attempts, in milliseconds. @default 8_000 */
  patience_ms?: number;
}

const PAUSE_MS = 250;

/** Makes the poster. A busy or restarting ingest is tried again while patience lasts. */
export function createEventPoster({ url, token, patience_ms = 8_000 }: PosterOptions): PostEvents {
  return async (events) => {
    if (url === undefined || token === undefined)
      throw new IocError('IOC_INGEST_AWAY', 'INGEST_URL and INGEST_TOKEN are not set');
    const body = JSON.stringify(
      events.map(({ at, ...event }) => ({
        specversion: '1.0',
        source: OWN_SOURCE,
        time: new Date(at).toISOString(),
        ...event,
      })),
    );
    const end = performance.now() + patience_ms;
    for (let isFirst = true; ; isFirst = false) {
      const left = end - performance.now();
      const reply = await post(`${url}/v1/events`, token, body, left);
      if (reply?.rejected.length === 0)
        // what an attempt before stored without our hearing of it is ours
        return isFirst ? reply.accepted : events.length;
      if (reply) {
        const reasons = reply.rejected.map(({ reason }) => reason).join('; ');
        throw new IocError('IOC_INTERNAL', `ingest refused an event of our own: ${reasons}`);
      }
      if (left < PAUSE_MS) throw new IocError('IOC_INGEST_AWAY');
      await sleep(PAUSE_MS);
    }
  };
}

/** One attempt: the reply; undefined when there was none, or one that asks to try again. */
async function post(url: string, token: string, body: string, left_ms: number): Promise<IngestReply | undefined> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(left_ms)));
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' };
    const reply = await fetch(url, { method: 'POST', headers, body, signal });
    if (reply.status === 503 || reply.status === 429) return undefined;
    return IngestReplySchema.parse(await reply.json());
  } catch {
    // refused, reset, timed out, or a reply that is none: an ingest that is not there
    return undefined;
  }
}
