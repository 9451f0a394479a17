// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Snapshot, SourceAge } from '#api/contract.ts';
import { healthOf, LOST_AFTER_MS, PULSE_LOST_AFTER_MS, silence } from './freshness.ts';
import type { HealthInput, Hearing } from './freshness.ts';

const NOW = 1_800_000_000_000;
const MONO = 100_000;
const UP: Hearing = { connected: true, down_since: null, pulse_at: MONO - 500, frozen_ms: null };

function source(more: Partial<SourceAge> = {}): SourceAge {
  return {
    family: 'dossier',
    source: 'mot-cua',
    observed_at: NOW - 2000,
    received_at: NOW - 2000,
    simulated: false,
    ...more,
  };
}
function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return { key: 'k', columns: ['value'], rows: [[3]], seq: 1, at: NOW - 1000, query_ms: 2, failure: null, ...more };
}
function input(more: Partial<HealthInput> = {}): HealthInput {
  return {
    panel: { sources: ['dossier'], stale_after_s: 60 },
    snapshots: [snapshot()],
    blank: false,
    pulse: { sources: [source()], failure: null },
    hearing: UP,
    now: NOW,
    monotonic: MONO,
    ...more,
  };
}
const FAILED = { code: 'IOC_QUERY', message: 'no' };

describe('a panel', () => {
  it('loads until it has rows and a pulse', () => {
    expect(healthOf(input({ snapshots: [undefined] })).state).toBe('loading');
    expect(healthOf(input({ pulse: undefined })).state).toBe('loading');
    expect(healthOf(input({ snapshots: [snapshot(), undefined] })).state).toBe('loading');
    expect(healthOf(input({ snapshots: [] })).state).toBe('loading');
  });

  it('is fresh, with the age of its newest reception', () =>
    expect(healthOf(input())).toEqual({ state: 'fresh', reason: null, age_ms: 2000 }));

  it('is stale when its source is silent for longer than it allows', () => {
    const pulse = { sources: [source({ received_at: NOW - 61_000, observed_at: NOW - 61_000 })], failure: null };
    expect(healthOf(input({ pulse }))).toEqual({ state: 'stale', reason: 'source_silent', age_ms: 61_000 });
  });

  it('is as old as its rows say they are, however fresh its family is', () => {
    const dated = (...instants: (number | null)[]) =>
      snapshot({ columns: ['value', 'as_of'], rows: instants.map((as_of) => [3, as_of]) });
    const health = (...snapshots: Snapshot[]) => healthOf(input({ snapshots }));
    expect(health(dated(NOW - 90_000, NOW - 30_000))).toEqual({ state: 'fresh', reason: null, age_ms: 30_000 });
    expect(health(dated(NOW - 61_000))).toEqual({ state: 'stale', reason: 'source_silent', age_ms: 61_000 });
    expect(health(dated(NOW - 1000), dated(NOW - 70_000)).age_ms).toBe(70_000);
    expect(health(dated(null))).toEqual({ state: 'stale', reason: 'source_never', age_ms: null });
    expect(health(dated(null), snapshot())).toMatchObject({ reason: 'source_never' });
  });

  it('is as old as the sources of what does not say as of when it is, where one layer says it and another does not', () => {
    const dated = snapshot({ columns: ['value', 'as_of'], rows: [[3, NOW - 1000]] });
    const sources = [source({ received_at: NOW - 1000 }), source({ family: 'link', received_at: NOW - 61_000 })];
    const panel: HealthInput['panel'] = { sources: ['dossier', 'link'], stale_after_s: 60 };
    const pulse = { sources, failure: null };
    expect(healthOf(input({ panel, pulse, snapshots: [dated, snapshot()] }))).toMatchObject({
      reason: 'source_silent',
    });
    expect(healthOf(input({ panel, pulse, snapshots: [dated] })).state).toBe('fresh');
  });

  it('is as old as the oldest of its families, and takes the newest source of each', () => {
    const sources = [
      source({ received_at: NOW - 500_000 }),
      source({ source: 'b', received_at: NOW - 1000 }),
      source({ family: 'link', received_at: NOW - 9000 }),
    ];
    const panel = { sources: ['dossier', 'link'] as const, stale_after_s: 60 };
    expect(
      healthOf(input({ panel: { ...panel, sources: [...panel.sources] }, pulse: { sources, failure: null } })),
    ).toEqual({
      state: 'fresh',
      reason: null,
      age_ms: 9000,
    });
  });

  it('is stale without an age when none of its families was ever received', () => {
    const pulse = { sources: [source({ family: 'link' })], failure: null };
    expect(healthOf(input({ pulse }))).toEqual({ state: 'stale', reason: 'source_never', age_ms: null });
  });

  it('is as fresh as the families that somebody sends', () => {
    const panel = { sources: ['dossier' as const, 'link' as const], stale_after_s: 60 };
    const pulse = { sources: [source({ family: 'link' })], failure: null };
    expect(healthOf(input({ panel, pulse }))).toMatchObject({ state: 'fresh', reason: null });
  });

  it('does not load for ever where there is no source and nothing to show', () =>
    expect(healthOf(input({ snapshots: [snapshot({ rows: [] })], pulse: { sources: [], failure: null } }))).toEqual({
      state: 'stale',
      reason: 'source_never',
      age_ms: null,
    }));

  it('is stale when what arrives happened long ago', () => {
    const pulse = { sources: [source({ observed_at: NOW - 600_000 })], failure: null };
    expect(healthOf(input({ pulse }))).toEqual({ state: 'stale', reason: 'ingest_late', age_ms: 600_000 });
  });

  it('keeps its rows, marked, when its newest query failed, with the age of the rows', () =>
    expect(healthOf(input({ snapshots: [snapshot({ failure: FAILED, at: NOW - 7000 })] }))).toEqual({
      state: 'stale',
      reason: 'query_failed',
      age_ms: 7000,
    }));

  it('is an error when no query ever brought rows', () =>
    expect(healthOf(input({ snapshots: [snapshot({ failure: FAILED, rows: [] })], blank: true })).state).toBe('error'));

  it('is stale when the database does not answer at all', () => {
    const away = { code: 'IOC_STORE_AWAY', message: 'the database does not answer' };
    const pulse = { sources: [source()], failure: away };
    expect(healthOf(input({ pulse }))).toMatchObject({ state: 'stale', reason: 'store_away' });
    // it hangs: a panel's own question has only run out of time
    const slow = [snapshot({ failure: { code: 'IOC_QUERY_TIMEOUT', message: 'too long' } })];
    expect(healthOf(input({ pulse, snapshots: slow }))).toMatchObject({ state: 'stale', reason: 'store_away' });
    const none = [snapshot({ failure: away, rows: [] })];
    expect(healthOf(input({ snapshots: none, blank: true }))).toMatchObject({ state: 'error', reason: 'store_away' });
  });

  it('loads while it has rows of sources that the server has not named yet', () =>
    expect(healthOf(input({ pulse: { sources: [], failure: null } })).state).toBe('loading'));

  it('is empty when nothing was ever received from anywhere', () =>
    expect(healthOf(input({ pulse: { sources: [], failure: null }, blank: true }))).toEqual({
      state: 'empty',
      reason: 'source_never',
      age_ms: null,
    }));

  it('is empty, not stale and not zero, when a fresh source brings nothing to draw', () =>
    expect(healthOf(input({ blank: true }))).toEqual({ state: 'empty', reason: null, age_ms: 2000 }));

  it('says why it is empty when its source is silent', () => {
    const pulse = { sources: [source({ received_at: NOW - 90_000 })], failure: null };
    expect(healthOf(input({ blank: true, pulse }))).toMatchObject({ state: 'empty', reason: 'source_silent' });
  });

  it('is stale from the loss of the socket on, whatever the sources said last', () => {
    const hearing = { ...UP, connected: false, down_since: MONO - 5000, pulse_at: MONO - 6000 };
    expect(healthOf(input({ hearing }))).toEqual({ state: 'stale', reason: 'socket_lost', age_ms: 6000 });
  });

  it('is an error when the server never answered', () => {
    const hearing = { connected: false, down_since: MONO - 5000, pulse_at: null, frozen_ms: null };
    const health = healthOf(input({ hearing, snapshots: [], pulse: undefined }));
    expect(health).toMatchObject({ state: 'error', reason: 'socket_lost' });
  });

  it('is stale after a freeze of the page until a pulse heals it', () =>
    expect(healthOf(input({ hearing: { ...UP, frozen_ms: 40_000 } }))).toEqual({
      state: 'stale',
      reason: 'browser_frozen',
      age_ms: 40_000,
    }));
});

describe('the socket', () => {
  it('counts as heard through a short break', () =>
    expect(silence({ ...UP, down_since: MONO - LOST_AFTER_MS }, MONO)).toBeNull());

  it('counts as lost just after it', () =>
    expect(silence({ ...UP, down_since: MONO - LOST_AFTER_MS - 1 }, MONO)).toBeGreaterThan(0));

  it('counts as lost when pulses are missing, though it calls itself connected', () => {
    expect(silence({ ...UP, pulse_at: MONO - PULSE_LOST_AFTER_MS }, MONO)).toBeNull();
    expect(silence({ ...UP, pulse_at: MONO - PULSE_LOST_AFTER_MS - 1 }, MONO)).toBe(PULSE_LOST_AFTER_MS + 1);
  });
});
