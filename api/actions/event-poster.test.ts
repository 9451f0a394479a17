// @vitest-environment node
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEventPoster, type OwnEvent } from './event-poster.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const address: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
const event: OwnEvent = { id: 'DD-1/sent', type: 'chase.sent', subject: 'DD-1', unit: 'H49.02', at: 0, data: {} };
const stored = JSON.stringify({ accepted: 1, duplicate: 0, rejected: [] });

describe('events of the product itself', () => {
  it('are sent again, with the same ids, until they are stored', async () => {
    const bodies: string[] = [];
    const url = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        if (bodies.length < 3) response.writeHead(503).end();
        else response.end(stored);
      });
    });
    expect(await createEventPoster({ url, token: 'token-of-sixteen-letters' })([event])).toBe(1);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject([{ id: 'DD-1/sent', time: '1970-01-01T00:00:00.000Z' }]);
  });

  it('are refused in plain words when nothing can be stored in time', async () => {
    const url = await listen((_request, response) => response.writeHead(503).end());
    for (const options of [
      { url, patience_ms: 300 },
      { url: 'http://127.0.0.1:9', patience_ms: 300 },
      { url: undefined },
    ])
      await expect(createEventPoster({ token: 'token-of-sixteen-letters', ...options })([event])).rejects.toMatchObject(
        {
          code: 'IOC_INGEST_AWAY',
        },
      );
  });

  it('that ingest finds wrong are a fault of ours, told at once', async () => {
    const url = await listen((_request, response) =>
      response
        .writeHead(422)
        .end(JSON.stringify({ accepted: 0, duplicate: 0, rejected: [{ index: 0, code: 'X', reason: 'r' }] })),
    );
    await expect(createEventPoster({ url, token: 'token-of-sixteen-letters' })([event])).rejects.toMatchObject({
      code: 'IOC_INTERNAL',
    });
  });
});
