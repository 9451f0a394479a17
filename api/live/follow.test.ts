import { expect, it, vi } from 'vitest';
import { viewOf } from '../boards/view.ts';
import { openBook } from '../boards/book.ts';
import { IocError } from '../errors.ts';
import { testDashboards } from '../test-boards.ts';
import { createFollow } from './follow.ts';
import { createLive } from './live.ts';

it('a board that is refused for want of room leaves nothing behind that would be asked for ever', async () => {
  const dashboards = testDashboards();
  const { units } = dashboards.province;
  const [first, second] = units.units;
  if (!first || !second) throw new Error('the test province has units');
  const keys = viewOf(dashboards, 'thu', first)?.sights.length ?? 0;
  const live = createLive({
    store: {
      run: ({ rows }) => Promise.resolve({ columns: Object.keys(rows), rows: [], at: 1, query_ms: 1 }),
      stream: () => expect.fail('nothing is exported'),
      watermarks: () => Promise.resolve({}),
      ping: () => Promise.resolve(),
    },
    clock: Date.now,
    // room for one board, its pulse, and a part of another board
    pace: { most: keys + 3, grace_ms: 0 },
    every_ms: 10,
  });
  live.start();
  const follow = createFollow(await openBook(() => Promise.resolve({ dashboards, faults: [] })), live);
  const viewer = (id: string) => ({ id, connected: true, join: () => undefined, leave: () => undefined });
  await follow.watch(viewer('a'), 'thu', first);
  const before = live.registry.size();
  for (let turn = 0; turn < 5; turn += 1)
    await expect(follow.watch(viewer('b'), 'thu', second)).rejects.toThrow(IocError);
  await new Promise((done) => setTimeout(done, 50));
  expect(live.registry.size()).toBe(before);
  follow.leave(viewer('a'));
  await expect.poll(() => live.registry.size()).toBe(0);
  await live.stop();
});

it('shows no figure before it is known whether its sources are simulated', async () => {
  vi.useFakeTimers();
  const dashboards = testDashboards();
  const [unit] = dashboards.province.units.units;
  if (!unit) throw new Error('the test province has units');
  const asked: string[] = [];
  const live = createLive({
    store: {
      run: async ({ id, rows }) => {
        asked.push(id);
        if (id === 'live.sources') await new Promise((done) => setTimeout(done, 7_000));
        const found = id === 'live.sources' ? [['dossier', 'mot-cua', 1, 1, 1]] : [];
        return { columns: Object.keys(rows), rows: found, at: 1, query_ms: 1 };
      },
      stream: () => expect.fail('nothing is exported'),
      watermarks: () => Promise.resolve({}),
      ping: () => Promise.resolve(),
    },
    clock: Date.now,
  });
  const follow = createFollow(await openBook(() => Promise.resolve({ dashboards, faults: [] })), live);
  const viewer = { id: 'a', connected: true, join: () => undefined, leave: () => undefined };
  const followed = follow.watch(viewer, 'thu', unit);
  await vi.advanceTimersByTimeAsync(8_000);
  expect((await followed).pulse.sources).toMatchObject([{ source: 'mot-cua', simulated: true }]);
  expect(asked[0]).toBe('live.sources');
  await live.stop();
  vi.useRealTimers();
});
