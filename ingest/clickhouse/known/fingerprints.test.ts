import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Fingerprints } from './fingerprints.ts';

const key = (n: number): string => hash('md5', `event ${n}`);

describe('fingerprints of events', () => {
  it('never denies an event that it was given, and hardly ever claims another', () => {
    const prints = new Fingerprints({ slots: 2 ** 12, maxSegments: 8 });
    const count = 20_000;
    for (let n = 0; n < count; n += 1) prints.add(key(n));
    for (let n = 0; n < count; n += 1) expect(prints.mayHold(key(n))).toBe(true);
    const wrong = Array.from({ length: 100_000 }, (_, n) => key(count + n)).filter((other) => prints.mayHold(other));
    expect(wrong.length).toBeLessThan(3);
  });

  it('says when it drops the oldest, and still holds the newest', () => {
    let drops = 0;
    const prints = new Fingerprints({ slots: 64, maxSegments: 2, onDrop: () => (drops += 1) });
    for (let n = 0; n < 96; n += 1) prints.add(key(n));
    expect(drops).toBe(0);
    prints.add(key(96));
    expect(drops).toBe(1);
    expect(prints.mayHold(key(0))).toBe(false);
    for (let n = 48; n <= 96; n += 1) expect(prints.mayHold(key(n))).toBe(true);
  });

  it('takes a repeated event without growing', () => {
    let drops = 0;
    const prints = new Fingerprints({ slots: 64, maxSegments: 1, onDrop: () => (drops += 1) });
    for (let n = 0; n < 10_000; n += 1) prints.add(key(n % 40));
    expect(drops).toBe(0);
  });
});
