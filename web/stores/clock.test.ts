import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useClock } from './clock.ts';

const SERVER = Date.parse('2026-11-21T02:41:27.400Z');

describe('the clock of a page', () => {
  beforeEach(() => {
    // the computer's own clock is wrong by years
    vi.useFakeTimers({ now: Date.parse('2001-01-01T00:00:00Z') });
    setActivePinia(createPinia());
  });
  afterEach(() => vi.useRealTimers());

  it('shows nothing before the server was heard', () => expect(useClock().now).toBeUndefined());

  it('shows the seconds of the server, whatever the computer believes', () => {
    const clock = useClock();
    clock.hear(SERVER);
    expect(clock.now).toBe(Date.parse('2026-11-21T02:41:27Z'));
    vi.advanceTimersByTime(2_000);
    expect(clock.now).toBe(Date.parse('2026-11-21T02:41:29Z'));
    expect(clock.frozenMs).toBeNull();
  });

  it('notices that the page was frozen, and is healed by a timely pulse only', () => {
    const clock = useClock();
    clock.hear(SERVER);
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(Date.now() + 40_000); // asleep: no timer ran
    vi.advanceTimersByTime(250);
    expect(clock.frozenMs).toBeGreaterThanOrEqual(40_000);
    clock.hear(SERVER - 10_000); // was queued while the page slept
    expect(clock.frozenMs).not.toBeNull();
    clock.hear(SERVER + 41_000);
    expect(clock.frozenMs).toBeNull();
  });
});
