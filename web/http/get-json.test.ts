import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { getJson, postJson, RequestError } from './get-json.ts';

const schema = z.object({ n: z.number() });
const answer = (reply: () => Promise<Response>): void => void vi.stubGlobal('fetch', reply);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof RequestError ? error.code : error),
  );

describe('a request', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('brings what its schema says', async () => {
    answer(() => Promise.resolve(Response.json({ n: 1 })));
    await expect(getJson('/x', schema)).resolves.toEqual({ n: 1 });
  });
  it('fails with the code and words of the server', async () => {
    answer(() => Promise.resolve(Response.json({ code: 'IOC_BUSY', message: 'later' }, { status: 503 })));
    await expect(getJson('/x', schema)).rejects.toMatchObject({ code: 'IOC_BUSY', status: 503, message: 'later' });
  });
  it('is refused when a proxy answers in its own words', async () => {
    answer(() => Promise.resolve(new Response('<html>', { status: 502 })));
    expect(await codeOf(getJson('/x', schema))).toBe('refused');
  });
  it('is offline when nobody answers', async () => {
    answer(() => Promise.reject(new TypeError('network')));
    expect(await codeOf(getJson('/x', schema))).toBe('offline');
  });
  it('is unreadable when the reply is not what was agreed', async () => {
    answer(() => Promise.resolve(Response.json({ n: 'one' })));
    expect(await codeOf(getJson('/x', schema))).toBe('unreadable');
  });
  it('sends a body as JSON', async () => {
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', (_url: string, request: RequestInit) => {
      sent.push([request.method, request.body]);
      return Promise.resolve(Response.json({ n: 2 }));
    });
    await expect(postJson('/x', { a: 1 }, schema)).resolves.toEqual({ n: 2 });
    expect(sent).toEqual([['POST', '{"a":1}']]);
  });
});
