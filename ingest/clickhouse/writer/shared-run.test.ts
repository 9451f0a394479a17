// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { shared } from './shared-run.ts';

/** Work that ends when told to, and counts. */
function handWork() {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const work = () => new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  return { work, ends };
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('work that is shared', () => {
  it('is run once for all who ask before it begins, and once more for all who ask meanwhile', async () => {
    const { work, ends } = handWork();
    const ask = shared(work);
    const first = [ask(), ask()];
    await settle();
    expect(ends).toHaveLength(1);
    let isDone = false;
    const second = [ask(), ask()].map((asked) => asked.then(() => (isDone = true)));
    await settle();
    expect(ends).toHaveLength(1);
    ends[0]?.resolve();
    await Promise.all(first);
    await settle();
    expect(ends).toHaveLength(2);
    expect(isDone).toBe(false);
    ends[1]?.resolve();
    await Promise.all(second);
  });

  it('fails for those who shared it, and runs again for the next', async () => {
    const { work, ends } = handWork();
    const ask = shared(work);
    const first = ask().catch((error: unknown) => error);
    await settle();
    const second = ask();
    ends[0]?.reject(new Error('away'));
    expect(await first).toBeInstanceOf(Error);
    await settle();
    ends[1]?.resolve();
    await second;
  });
});
