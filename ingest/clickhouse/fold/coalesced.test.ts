import { describe, expect, it } from 'vitest';
import { Coalesced } from './coalesced.ts';

/** Work that ends when it is told to. */
function slowWork() {
  const turns: { items: readonly string[]; end: (fault?: Error) => void }[] = [];
  const work = (items: readonly string[]) =>
    new Promise<void>((resolve, reject) => {
      turns.push({ items, end: (fault) => (fault ? reject(fault) : resolve()) });
    });
  const next = async (): Promise<(typeof turns)[number]> => {
    for (;;) {
      const turn = turns.shift();
      if (turn) return turn;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  return { work, next };
}
const listOf = (work: (items: readonly string[]) => Promise<void>, chunk = 2, capacity = 3) =>
  new Coalesced<string>({ keyOf: (item) => item, work, chunk, capacity, rest_ms: 1 });

describe('coalesced work', () => {
  it('is done once however often it is asked for, oldest first, in turns', async () => {
    const { work, next } = slowWork();
    const list = listOf(work);
    list.add(['a', 'b', 'a', 'c', 'b']);
    expect([list.size, list.isFull]).toEqual([3, true]);
    const first = await next();
    expect(first.items).toEqual(['a', 'b']);
    first.end();
    const second = await next();
    expect(second.items).toEqual(['c']);
    second.end();
    await list.idle();
    expect([list.size, list.oldest_ms]).toEqual([0, 0]);
  });

  it('is done again when it is asked for meanwhile, because the turn may have seen too little', async () => {
    const { work, next } = slowWork();
    const list = listOf(work);
    list.add(['a']);
    const first = await next();
    list.add(['a']);
    first.end();
    const again = await next();
    expect(again.items).toEqual(['a']);
    again.end();
    await list.idle();
  });

  it('is tried until it is done, and as old as when it was first asked for', async () => {
    const { work, next } = slowWork();
    const list = listOf(work);
    list.add(['a']);
    const first = await next();
    list.add(['b']);
    first.end(new Error('away'));
    const again = await next();
    expect(again.items).toEqual(['a', 'b']);
    expect(list.oldest_ms).toBeGreaterThan(200);
    again.end();
    await list.idle();
  });

  it('leaves what is not done in time, and begins nothing after that', async () => {
    const { work, next } = slowWork();
    const list = listOf(work);
    list.add(['a', 'b', 'c']);
    const first = await next();
    const drained = list.drain(5);
    setTimeout(first.end, 20);
    await drained;
    expect(list.size).toBe(1);
  });
});
