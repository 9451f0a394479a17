// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { pulseOpacity } from './pulse-ring.ts';

describe('the ring of an event', () => {
  it('fades with its age alone, and goes', () => {
    const opacities = [0, 100_000, 300_000, 599_999, 600_000].map((age) => pulseOpacity(age, 600_000));
    expect(opacities).toEqual(opacities.toSorted((one, other) => other - one));
    expect(opacities[0]).toBe(1);
    expect(opacities[3]).toBeGreaterThan(0.2);
    expect(opacities[4]).toBe(0);
  });
  it('of an event that is still to happen has just begun', () => expect(pulseOpacity(-5_000, 600_000)).toBe(1));
});
