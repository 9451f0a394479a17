import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cell, Snapshot } from '../contract.ts';
import { IocError } from '../errors.ts';
import type { Answer, Store } from '../store.ts';
import { testQuery } from '../test-boards.ts';
import { apply, type RowChange } from './diff.ts';
import { createEntry, DEFAULT_PACE, pressureOf, type Pace } from './entry.ts';
import { sightOf } from './key.ts';
import { createRegistry } from './registry.ts';

const sight = (id: string, scope = '/H49/', more: { refresh_s?: number; min_interval_s?: number } = {}) =>
  sightOf(
    testQuery(id, `SELECT 1 -- ${id}`, ['dossier'], { description: id, rows: { value: { type: 'number' } }, ...more }),
    {},
    { scope, at: null, known_at: null },
  );

/** A database whose queries end when the test says so. */
function fakeStore() {
  const asked: { id: string; end: (rows: Cell[][]) => Promise<void>; fail: (error: Error) => Promise<void> }[] = [];
  const store: Pick<Store, 'run'> = {
    run: ({ id }) =>
      new Promise<Answer>((done, refuse) =>
        asked.push({
          id,
          end: async (rows) => {
            done({ columns: ['value'], rows, at: Date.now(), query_ms: 1 });
            await vi.advanceTimersByTimeAsync(0);
          },
          fail: async (error) => {
            refuse(error);
            await vi.advanceTimersByTimeAsync(0);
          },
        }),
      ),
  };
  return { store, asked, last: () => asked.at(-1) ?? expect.fail('nothing was asked') };
}

function setUp(pace: Partial<Pace> = {}) {
  const fake = fakeStore();
  const told: { snapshot: Snapshot; change: RowChange | null }[] = [];
  const registry = createRegistry({
    store: fake.store,
    clock: () => 1,
    changed: (snapshot, change) => told.push({ snapshot, change }),
    pace: { floor_ms: 500, ...pace },
  });
  return { ...fake, told, registry };
}

describe('registry', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => vi.useRealTimers());

  it('asks one query for a key, whoever waits for it', async () => {
    const { registry, asked, last } = setUp();
    const keys = [1, 2, 3].map(() => registry.acquire(sight('a')));
    const waiting = Promise.all(keys.map((key) => registry.first(key)));
    await last().end([[7]]);
    await waiting;
    expect(asked).toHaveLength(1);
    expect(registry.snapshot(keys[0] ?? '')?.rows).toEqual([[7]]);
  });

  it('keeps scopes apart: the same query in another unit is another key', () => {
    const { registry, asked } = setUp();
    registry.acquire(sight('a', '/H49/'));
    registry.acquire(sight('a', '/H49/H49.01/'));
    expect(asked).toHaveLength(2);
  });

  it('runs a key when a log that it reads has grown, and not when another has', async () => {
    const { registry, asked, last } = setUp({ rest: 0 });
    registry.acquire(sight('a'));
    await last().end([[1]]);
    registry.tick({ dossier_row: 1, link_event: 1 });
    await vi.advanceTimersByTimeAsync(600);
    await last().end([[1]]);
    const before = asked.length;
    registry.tick({ dossier_row: 1, link_event: 2 });
    await vi.advanceTimersByTimeAsync(600);
    expect(asked).toHaveLength(before);
    registry.tick({ dossier_row: 2, link_event: 2 });
    expect(asked).toHaveLength(before + 1);
  });

  it('notices a log that was set back, too', async () => {
    const { registry, asked, last } = setUp();
    registry.tick({ dossier_row: 9 });
    registry.acquire(sight('a'));
    await last().end([[1]]);
    await vi.advanceTimersByTimeAsync(600);
    registry.tick({ dossier_row: 3 });
    expect(asked).toHaveLength(2);
  });

  it('runs a key whose refresh is due although no log has grown', async () => {
    const { registry, asked, last } = setUp();
    registry.acquire(sight('a', '/H49/', { refresh_s: 5 }));
    await last().end([[1]]);
    await vi.advanceTimersByTimeAsync(4_900);
    registry.tick({});
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    registry.tick({});
    expect(asked).toHaveLength(2);
  });

  it('never asks a key twice at once, and runs it once more for what came meanwhile', async () => {
    const { registry, asked, last } = setUp({ rest: 0 });
    registry.acquire(sight('a'));
    for (let mark = 1; mark <= 5; mark += 1) {
      await vi.advanceTimersByTimeAsync(250);
      registry.tick({ dossier_row: mark });
    }
    expect(asked).toHaveLength(1);
    await last().end([[1]]);
    expect(asked).toHaveLength(2);
    await last().end([[1]]);
    await vi.advanceTimersByTimeAsync(5_000);
    registry.tick({ dossier_row: 5 });
    expect(asked).toHaveLength(2);
  });

  it('lets a slow key rest five times as long as it takes, but not for one slow answer', async () => {
    const { registry, asked, last } = setUp({ budget: 1_000 });
    registry.acquire(sight('slow'));
    const answerAfter = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      await last().end([[1]]);
      registry.tick({ dossier_row: asked.length });
    };
    await answerAfter(300);
    await vi.advanceTimersByTimeAsync(210);
    expect(asked).toHaveLength(2);
    await answerAfter(400);
    await vi.advanceTimersByTimeAsync(1_080);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(30);
    expect(asked).toHaveLength(3);
  });

  it('runs what asks for a slow pace no faster, and once more when that has passed', async () => {
    const { registry, asked, last } = setUp();
    registry.acquire(sight('chart', '/H49/', { min_interval_s: 5 }));
    await last().end([[1]]);
    for (let mark = 1; mark <= 19; mark += 1) {
      registry.tick({ dossier_row: mark });
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(asked).toHaveLength(2);
  });

  it('leaves the others what a slow pace does not take', () => {
    const now = 100_000;
    const entry = (cost_ms: number, min_interval_s: number) => ({
      ...createEntry(sight('a', '/H49/', { min_interval_s }), 1, 0),
      cost_ms,
      started_at: now,
    });
    const pace = { ...DEFAULT_PACE, budget: 1 };
    const quick = [entry(25, 0), entry(25, 0)];
    expect(pressureOf(quick, pace, now)).toBeCloseTo(10);
    expect(pressureOf([...quick, entry(200, 1)], pace, now)).toBeCloseTo(10 / 0.8);
    // at most half of it
    expect(pressureOf([...quick, entry(9_000, 1)], pace, now)).toBeCloseTo(20);
  });

  it('slows keys down when together they would take too much of the database, the costly ones most', async () => {
    const cost_ms: Record<string, number> = {};
    for (let n = 0; n < 20; n += 1) Object.assign(cost_ms, { [`cheap-${n}`]: 10, [`costly-${n}`]: 90 });
    const runs: Record<string, number> = {};
    const registry = createRegistry({
      clock: Date.now,
      changed: () => undefined,
      pace: { budget: 0.5, parallel: 10 },
      store: {
        run: ({ id }) => {
          runs[id] = (runs[id] ?? 0) + 1;
          const answer = { columns: ['value'], rows: [[Date.now()]], at: Date.now(), query_ms: 1 };
          return new Promise((done) => setTimeout(done, cost_ms[id], answer));
        },
      },
    });
    for (const id of Object.keys(cost_ms)) registry.acquire(sight(id));
    for (let mark = 0; mark < 240; mark += 1) {
      registry.tick({ dossier_row: mark });
      await vi.advanceTimersByTimeAsync(250);
    }
    const busy_ms = Object.entries(runs).reduce((sum, [id, times]) => sum + times * (cost_ms[id] ?? 0), 0);
    expect(busy_ms / 60_000).toBeLessThan(0.65);
    expect(busy_ms / 60_000).toBeGreaterThan(0.35);
    const [cheap, costly] = ['cheap-0', 'costly-0'].map((id) => runs[id] ?? 0);
    expect(costly).toBeGreaterThan(10);
    expect(cheap).toBeGreaterThan(2 * (costly ?? 0));
  });

  it('keeps a bounded number of queries under way and starves none', async () => {
    const { registry, asked } = setUp({ parallel: 2, rest: 0, floor_ms: 0, budget: 1_000 });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) registry.acquire(sight(id));
    const runs = new Map<string, number>();
    for (let round = 1; round <= 50; round += 1) {
      registry.tick({ dossier_row: round });
      const [next] = asked.splice(0, 1);
      expect(asked.length + 1).toBeLessThanOrEqual(2);
      runs.set(next?.id ?? '', (runs.get(next?.id ?? '') ?? 0) + 1);
      await vi.advanceTimersByTimeAsync(10);
      await next?.end([[round]]);
    }
    expect([...runs.keys()].sort()).toEqual(ids);
    expect(Math.max(...runs.values()) - Math.min(...runs.values())).toBeLessThanOrEqual(2);
  });

  it('tells only what changed, with a number that rises by one', async () => {
    const { registry, told, last } = setUp({ rest: 0 });
    registry.acquire(sight('a'));
    let rows: Cell[][] = [[1], [2], [3], [4]];
    await last().end(rows);
    let mark = 0;
    for (const next of [
      [[1], [2], [3], [4]],
      [[1], [2], [3], [9]],
      [[1], [2], [3], [9]],
      [[1], [2], [3]],
    ]) {
      registry.tick({ dossier_row: (mark += 1) });
      await vi.advanceTimersByTimeAsync(600);
      await last().end(next);
    }
    expect(told.map(({ snapshot }) => snapshot.seq)).toEqual([1, 2, 3]);
    for (const { change } of told.slice(1)) rows = change ? apply(rows, change) : expect.fail('sent whole');
    expect(rows).toEqual([[1], [2], [3]]);
  });

  it('sends the whole when more has changed than has not', async () => {
    const { registry, told, last } = setUp();
    registry.acquire(sight('a'));
    await last().end([[1], [2], [3]]);
    registry.tick({ dossier_row: 1 });
    await vi.advanceTimersByTimeAsync(600);
    await last().end([[5], [6], [3]]);
    expect(told.at(-1)?.change).toBeNull();
  });

  it('keeps the last good rows beside a failure, tells it once, tries less and less often, and recovers', async () => {
    const { registry, told, asked, last } = setUp();
    const key = registry.acquire(sight('a'));
    await last().end([[1]]);
    registry.tick({ dossier_row: 1 });
    await vi.advanceTimersByTimeAsync(600);
    await last().fail(new IocError('IOC_QUERY_FAILED', 'secret of the database'));
    expect(registry.snapshot(key)).toMatchObject({ rows: [[1]], seq: 2, failure: { code: 'IOC_QUERY_FAILED' } });
    expect(JSON.stringify(told)).not.toContain('secret');

    const before = asked.length;
    for (let tick = 0; tick < 40; tick += 1) {
      registry.tick({ dossier_row: 1 });
      await vi.advanceTimersByTimeAsync(250);
      if (asked.length > before + told.length) break;
      await last().fail(new IocError('IOC_QUERY_FAILED'));
    }
    expect(asked.length - before).toBeLessThanOrEqual(4);
    expect(told).toHaveLength(2);

    await vi.advanceTimersByTimeAsync(20_000);
    registry.tick({ dossier_row: 1 });
    await last().end([[1]]);
    expect(told.at(-1)?.snapshot).toMatchObject({ rows: [[1]], seq: 3, failure: null });
  });

  it('gives a first failure to those who wait, without rows', async () => {
    const { registry, last } = setUp();
    const key = registry.acquire(sight('a'));
    const first = registry.first(key);
    await last().fail(new IocError('IOC_STORE_AWAY'));
    await first;
    expect(registry.snapshot(key)).toMatchObject({ columns: ['value'], rows: [], failure: { code: 'IOC_STORE_AWAY' } });
  });

  it('asks everything again after an outage, whatever the marks say', async () => {
    const { registry, asked, last } = setUp();
    registry.tick({ dossier_row: 1 });
    registry.acquire(sight('a'));
    await last().end([[1]]);
    await vi.advanceTimersByTimeAsync(1_000);
    registry.recover();
    registry.tick({ dossier_row: 1 });
    expect(asked).toHaveLength(2);
  });

  it('keeps a key warm for a moment after its last viewer, then forgets it', async () => {
    const { registry, asked, last } = setUp({ grace_ms: 1_000 });
    const key = registry.acquire(sight('a'));
    await last().end([[1]]);
    registry.release(key);
    await vi.advanceTimersByTimeAsync(900);
    registry.tick({});
    expect(registry.acquire(sight('a'))).toBe(key);
    expect(registry.snapshot(key)?.rows).toEqual([[1]]);
    registry.release(key);
    await vi.advanceTimersByTimeAsync(1_100);
    registry.tick({});
    expect(registry.size()).toBe(0);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('refuses more keys than it was made for', () => {
    const { registry } = setUp({ most: 1 });
    registry.acquire(sight('a'));
    expect(() => registry.acquire(sight('b'))).toThrow(expect.objectContaining({ code: 'IOC_BUSY' }));
  });

  it('gives a key the same name for the same parameters and another for others or for edited SQL', () => {
    const query = (sql: string) =>
      testQuery('q', sql, ['link'], {
        description: 'q',
        rows: { value: { type: 'number' } },
        params: { days: { type: 'UInt8', default: 7 } },
      });
    const lens = { scope: '/H49/', at: null, known_at: null };
    expect(sightOf(query('1'), { days: 7 }, lens).key).toBe(sightOf(query('1'), {}, lens).key);
    expect(sightOf(query('1'), { days: 8 }, lens).key).not.toBe(sightOf(query('1'), {}, lens).key);
    expect(sightOf(query('2'), {}, lens).key).not.toBe(sightOf(query('1'), {}, lens).key);
    expect(sightOf(query('1'), {}, { ...lens, at: 5 }).key).not.toBe(sightOf(query('1'), {}, lens).key);
  });
});
