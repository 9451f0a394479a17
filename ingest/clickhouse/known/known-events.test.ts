import { describe, expect, it } from 'vitest';
import { readingRow } from '../test-rows.ts';
import { FUTURE_LIMIT_MS, KnownEvents } from './known-events.ts';

const key = (n: number): string => readingRow(`event ${n}`, 0).event_key;

describe('known events', () => {
  it('covers all of the past until it had to forget, and only what came after that since', () => {
    const now = Date.UTC(2026, 0, 1);
    const known = new KnownEvents(() => now, { slots: 64, maxSegments: 1 });
    known.add(Array.from({ length: 40 }, (_, n) => key(n)));
    expect(known.covers(0)).toBe(true);
    known.add(Array.from({ length: 40 }, (_, n) => key(100 + n)));
    expect(known.covers(now)).toBe(false);
    expect(known.covers(now + FUTURE_LIMIT_MS + 1)).toBe(true);
  });
});
