import { Agent, request } from 'node:http';
import { IngestReplySchema, type IngestReply } from '#ingest/schema/reply.ts';

/** Posts bodies to /v1/events over connections that are kept open. */
export interface Poster {
  /** Returns the reply once it is acknowledged; throws an Error for anything but 200. */
  post: (body: string) => Promise<IngestReply>;
  close: () => void;
}

/** A sender with a number of connections. */
export function createPoster(url: string, token: string, connections: number): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const target = new URL('/v1/events', url);
  return {
    close: () => agent.destroy(),
    post: (body) =>
      new Promise((done, fail) => {
        const call = request(
          target,
          {
            method: 'POST',
            agent,
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/x-ndjson',
              'content-length': Buffer.byteLength(body),
            },
          },
          (reply) => {
            let text = '';
            reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
            reply.once('end', () => {
              if (reply.statusCode === 200) done(IngestReplySchema.parse(JSON.parse(text)));
              else fail(new Error(`ingest answered ${reply.statusCode ?? 'nothing'}: ${text.slice(0, 300)}`));
            });
          },
        );
        call.once('error', fail);
        call.end(body);
      }),
  };
}

/** Runs jobs, a number of them at a time, and returns when all are done. */
export async function inParallel<Job>(
  jobs: readonly Job[],
  width: number,
  work: (job: Job) => Promise<void>,
): Promise<void> {
  const waiting = jobs.values();
  const lane = async (): Promise<void> => {
    for (const job of waiting) await work(job);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
