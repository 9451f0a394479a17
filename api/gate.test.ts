import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

describe('gate', () => {
  it('runs a bounded number at once, the others in order, and refuses beyond what may wait', async () => {
    const gate = createGate({ running: 2, waiting: 2 });
    const ends: (() => void)[] = [];
    const log: number[] = [];
    const task = (n: number) => gate.pass(() => new Promise<void>((end) => (log.push(n), ends.push(end))));
    const all = [1, 2, 3, 4].map(task);
    await expect(task(5)).rejects.toEqual(expect.objectContaining({ code: 'IOC_BUSY' }));
    expect(log).toEqual([1, 2]);
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(log).toEqual([1, 2, 3, 4]);
  });

  it('gives the place on when a task fails', async () => {
    const gate = createGate({ running: 1, waiting: 1 });
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.pass(() => Promise.resolve(1))).toBe(1);
  });
});
