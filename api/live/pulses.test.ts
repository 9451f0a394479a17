import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure, Pulse } from '../contract.ts';
import { createPulses } from './pulses.ts';
import { createRegistry } from './registry.ts';

describe('pulses', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_000 }));
  afterEach(() => vi.useRealTimers());

  function setUp(root?: () => string) {
    const sent: { scope: string; pulse: Pulse; at: number }[] = [];
    const state: { failure: Failure | null; asked: string[] } = { failure: null, asked: [] };
    const registry = createRegistry({
      clock: Date.now,
      changed: () => undefined,
      store: {
        run: ({ id, rows }, _, { scope }) => {
          state.asked.push(scope);
          const row = id === 'live.silences' ? ['link', 'mang-tslcd', 60_000, 1] : ['link', 'mang-tslcd', 500, 600, 1];
          return Promise.resolve({ columns: Object.keys(rows), rows: [row], at: Date.now(), query_ms: 1 });
        },
      },
    });
    const pulses = createPulses({
      registry,
      clock: Date.now,
      failure: () => state.failure,
      root,
      send: (scope, pulse) => sent.push({ scope, pulse, at: Date.now() }),
    });
    const run = async (ms: number, each: () => void = () => undefined) => {
      for (let passed = 0; passed < ms; passed += 250) {
        each();
        pulses.beat();
        await vi.advanceTimersByTimeAsync(250);
      }
    };
    return { pulses, sent, state, run };
  }

  it('sends a quiet scope every five seconds and a busy one every second', async () => {
    const { pulses, sent, run } = setUp();
    pulses.acquire('/H49/');
    await pulses.first('/H49/');
    await run(20_000);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(sent.length).toBeLessThanOrEqual(5);
    sent.length = 0;
    await run(10_000, () => pulses.touch('/H49/'));
    expect(sent.length).toBeGreaterThanOrEqual(9);
    expect(sent.length).toBeLessThanOrEqual(11);
  });

  it('says how fresh each source of the scope is, asked once for everybody in it', async () => {
    const { pulses, state } = setUp();
    for (let n = 0; n < 50; n += 1) pulses.acquire('/H49/');
    await pulses.first('/H49/');
    expect(pulses.of('/H49/').sources).toEqual([
      { family: 'link', source: 'mang-tslcd', observed_at: 500, received_at: 600, simulated: true, is_silent: null },
    ]);
    expect(state.asked).toEqual(['/H49/']);
  });

  it('says of each source whether it is beyond its own limit, as the whole province knows it', async () => {
    const { pulses, state } = setUp(() => '/H49/');
    pulses.acquire('/H49/H49.01/');
    await pulses.first('/H49/H49.01/');
    expect(pulses.of('/H49/H49.01/').sources[0]).toMatchObject({ source: 'mang-tslcd', is_silent: true });
    expect(state.asked).toEqual(['/H49/H49.01/', '/H49/', '/H49/']);
  });

  it('touches one scope or all', async () => {
    const { pulses, sent, run } = setUp();
    pulses.acquire('/H49/');
    pulses.acquire('/H49/H49.01/');
    await run(1_250);
    sent.length = 0;
    await run(250, () => pulses.touch('/H49/H49.01/'));
    expect(sent.map(({ scope }) => scope)).toEqual(['/H49/H49.01/']);
    await run(1_250);
    sent.length = 0;
    await run(250, () => pulses.touch());
    expect(sent.map(({ scope }) => scope)).toEqual(['/H49/', '/H49/H49.01/']);
  });

  it('carries the failure of the database, and ends it', () => {
    const { pulses, state } = setUp();
    pulses.acquire('/H49/');
    state.failure = { code: 'IOC_STORE_AWAY', message: 'away' };
    expect(pulses.of('/H49/').failure).toEqual(state.failure);
    state.failure = null;
    expect(pulses.of('/H49/').failure).toBeNull();
  });

  it('sends nothing to a scope that nobody looks at any more', async () => {
    const { pulses, sent, run } = setUp();
    pulses.acquire('/H49/');
    pulses.acquire('/H49/');
    pulses.release('/H49/');
    await run(500);
    expect(sent).toHaveLength(1);
    pulses.release('/H49/');
    await run(10_000);
    expect(sent).toHaveLength(1);
  });
});
