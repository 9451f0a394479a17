import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../contract.ts';
import { IocError } from '../errors.ts';
import type { Watermarks } from '../store.ts';
import { startTicker } from './ticker.ts';

describe('ticker', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function setUp(answer: () => Promise<Watermarks>) {
    const ticks: Watermarks[] = [];
    const turns: (Failure | null)[] = [];
    const state = { asked: 0, recovered: 0, keys: 1 };
    const ticker = startTicker({
      store: {
        watermarks: () => {
          state.asked += 1;
          return answer();
        },
      },
      registry: { tick: (marks) => ticks.push(marks), recover: () => (state.recovered += 1), size: () => state.keys },
      every_ms: 250,
      turned: (failure) => turns.push(failure),
    });
    return { ticker, ticks, turns, state };
  }

  it('asks one question a tick, whatever the number of keys', async () => {
    const { ticker, state } = setUp(() => Promise.resolve({ link: 1 }));
    state.keys = 500;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state.asked).toBeGreaterThanOrEqual(4);
    expect(state.asked).toBeLessThanOrEqual(6);
    await ticker.stop();
  });

  it('never asks again before it was answered', async () => {
    const { ticker, state } = setUp(() => new Promise((done) => setTimeout(done, 2_000, {})));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(state.asked).toBe(1);
    const stopped = ticker.stop();
    await vi.advanceTimersByTimeAsync(200);
    await stopped;
  });

  it('asks nothing while nobody looks', async () => {
    const { ticker, state } = setUp(() => Promise.resolve({}));
    state.keys = 0;
    await vi.advanceTimersByTimeAsync(300);
    const before = state.asked;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.asked).toBe(before);
    await ticker.stop();
  });

  it('tells an outage once, and its end once, and has everything asked again', async () => {
    let isAway = true;
    const { ticker, turns, state, ticks } = setUp(() =>
      isAway ? Promise.reject(new IocError('IOC_STORE_AWAY')) : Promise.resolve({ link: 7 }),
    );
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns).toEqual([expect.objectContaining({ code: 'IOC_STORE_AWAY' })]);
    expect(ticker.failure()?.code).toBe('IOC_STORE_AWAY');
    expect(ticks).toEqual([]);
    isAway = false;
    state.keys = 0;
    await vi.advanceTimersByTimeAsync(300);
    expect(turns.at(-1)).toBeNull();
    expect(ticker.failure()).toBeNull();
    expect(state.recovered).toBe(1);
    await ticker.stop();
  });

  it('asks nothing after its end', async () => {
    const { ticker, state } = setUp(() => Promise.resolve({}));
    await ticker.stop();
    const before = state.asked;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.asked).toBe(before);
  });
});
