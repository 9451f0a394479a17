// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';

describe('the estimate of the server clock', () => {
  it('is none before the server was heard', () => expect(createServerClock().at(5)).toBeUndefined());

  it('moves on with the monotonic clock', () => {
    const clock = createServerClock();
    clock.hear(1_000_000, 100);
    expect(clock.at(350)).toBe(1_000_250);
  });

  it('is not set back by a message that was delayed', () => {
    const clock = createServerClock();
    clock.hear(1_000_000, 100);
    clock.hear(1_001_000, 6_100); // five seconds on its way
    expect(clock.at(6_100)).toBe(1_006_000);
  });

  it('follows a server that was set back after a few messages', () => {
    const clock = createServerClock(3);
    clock.hear(1_000_000, 0);
    for (const second of [1, 2, 3]) clock.hear(500_000 + second * 1000, second * 1000);
    expect(clock.at(3000)).toBe(503_000);
  });
});
