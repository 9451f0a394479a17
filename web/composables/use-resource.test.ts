import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import * as z from 'zod/mini';
import { useResource } from './use-resource.ts';

const ReplySchema = z.object({ n: z.number() });
const refusal = (status: number, code: string) => () => Response.json({ code, message: '' }, { status });

/** Asks for a minute; gives how often, and what it has then. */
async function ask(...answers: (() => Response)[]) {
  return askEvery(undefined, ...answers);
}

async function askEvery(every_ms: number | undefined, ...answers: (() => Response)[]) {
  let count = 0;
  vi.stubGlobal('fetch', () => {
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    return answer ? Promise.resolve(answer()) : Promise.reject(new Error('away'));
  });
  const scope = effectScope();
  const resource = scope.run(() => useResource({ url: '/api/x', schema: ReplySchema, every_ms }));
  await vi.advanceTimersByTimeAsync(60_000);
  scope.stop();
  return { count, data: resource?.data.value, error: resource?.error.value?.code };
}

describe('a resource', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is asked for again after a failure that passes', async () => {
    const answers = [refusal(503, 'IOC_STORE_AWAY'), refusal(404, 'refused'), () => Response.json({ n: 1 })];
    expect(await ask(...answers)).toEqual({ count: 3, data: { n: 1 }, error: undefined });
    expect((await ask()).count).toBeGreaterThan(5);
  });

  it('is asked for again, more seldom, where it is asked for again anyway', async () => {
    const missing = refusal(404, 'IOC_MAP_UNKNOWN');
    const { count, data } = await askEvery(
      1_000,
      () => Response.json({ n: 1 }),
      missing,
      () => Response.json({ n: 2 }),
    );
    expect(data).toEqual({ n: 2 });
    expect(count).toBeGreaterThan(2);
  });

  it.each([
    [404, 'IOC_UNIT_UNKNOWN'],
    [400, 'IOC_BAD_REQUEST'],
  ])('is asked for once where the server refuses it for good (%d)', async (status, code) =>
    expect(await ask(refusal(status, code))).toEqual({ count: 1, data: undefined, error: code }),
  );
});
