// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PulseSource } from '#api/contract.ts';
import { SENDING_WITHIN_MS, sourcesSummary } from './sources-summary.ts';
import { wallScale } from './use-wall-unit.ts';

describe('the scale of a wall', () => {
  it('doubles exactly at twice the pixels', () => {
    expect(wallScale(1920, 1080)).toEqual({ u: 1, stacked: false, wide: false });
    expect(wallScale(3840, 2160)).toEqual({ u: 2, stacked: false, wide: false });
  });
  it('gives a wider wall more room, not greater letters', () =>
    expect(wallScale(5120, 1440)).toEqual({ u: 1440 / 1080, stacked: false, wide: true }));
  it('stacks the panels on a screen held upright, in letters that can be read in the hand', () => {
    const { u, stacked } = wallScale(390, 844);
    expect(stacked).toBe(true);
    expect(24 * u).toBeGreaterThanOrEqual(14);
  });
  it('is proportional on every 16:9 screen', () =>
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 500 }), (n) => {
        expect(wallScale(16 * n, 9 * n).u).toBeCloseTo((9 * n) / 1080, 9);
      }),
    ));
});

describe('the sources of a wall', () => {
  const NOW = 1_800_000_000_000;
  const source = (name: string, ago: number, more: Partial<PulseSource> = {}): PulseSource => ({
    family: 'dossier',
    source: name,
    observed_at: NOW - ago,
    received_at: NOW - ago,
    simulated: false,
    is_silent: null,
    ...more,
  });

  it('send until one of their families is silent beyond its own limit, be that an hour or a minute', () =>
    expect(
      sourcesSummary(
        [
          source('daily', 9 * 3_600_000, { is_silent: false }),
          source('daily', 9 * 3_600_000, { family: 'link', is_silent: false }),
          source('line', 120_000, { is_silent: true }),
          source('line', 0, { family: 'reading', is_silent: false }),
          source('no-limit', 9e6),
          source('collector', 9e6, { family: 'intake' }),
        ],
        NOW,
      ),
    ).toEqual({ all: 2, sending: 1, simulated: false }));
  it('send until they are silent for ten minutes where nobody knows their limits', () =>
    expect(
      sourcesSummary([source('a', 0), source('b', SENDING_WITHIN_MS), source('c', SENDING_WITHIN_MS + 1)], NOW),
    ).toEqual({
      all: 3,
      sending: 2,
      simulated: false,
    }));
  it('are then counted once, by the newest of their families', () =>
    expect(sourcesSummary([source('a', 9e6), source('a', 0, { family: 'link' })], NOW)).toMatchObject({
      all: 1,
      sending: 1,
    }));
  it('mark the whole wall when one of them is simulated', () =>
    expect(sourcesSummary([source('a', 0), source('b', 0, { simulated: true })], NOW).simulated).toBe(true));
});
