import { expect, it, vi } from 'vitest';
import { BoardSchema } from '#dashboards/schema/board.ts';
import { viewOf } from '../boards/view.ts';
import { openBook } from '../boards/book.ts';
import { IocError } from '../errors.ts';
import type { Store } from '../store.ts';
import { testBoard, testDashboards, testQueries, testQuery } from '../test-boards.ts';
import { createFollow } from './follow.ts';
import { createLive } from './live.ts';

/** A database that is empty. */
const EMPTY: Store = {
  run: ({ rows }) => Promise.resolve({ columns: Object.keys(rows), rows: [], at: 1, query_ms: 1 }),
  stream: () => expect.fail('nothing is exported'),
  watermarks: () => Promise.resolve({}),
  ping: () => Promise.resolve(),
};
const viewer = (id: string) => ({ id, connected: true, join: () => undefined, leave: () => undefined });

it('a board that is refused for want of room leaves nothing behind that would be asked for ever', async () => {
  const dashboards = testDashboards();
  const { units } = dashboards.province;
  const [first, second] = units.units;
  if (!first || !second) throw new Error('the test province has units');
  const keys = viewOf(dashboards, 'thu', first)?.sights.length ?? 0;
  const live = createLive({
    store: EMPTY,
    clock: Date.now,
    // room for one board, its pulse, and a part of another board
    pace: { most: keys + 3, grace_ms: 0 },
    every_ms: 10,
  });
  live.start();
  const follow = createFollow(await openBook(() => Promise.resolve({ dashboards, faults: [] })), live);
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
      ...EMPTY,
      run: async ({ id, rows }) => {
        asked.push(id);
        if (id === 'live.sources') await new Promise((done) => setTimeout(done, 7_000));
        const found = id === 'live.sources' ? [['dossier', 'mot-cua', 1, 1, 1]] : [];
        return { columns: Object.keys(rows), rows: found, at: 1, query_ms: 1 };
      },
    },
    clock: Date.now,
  });
  const follow = createFollow(await openBook(() => Promise.resolve({ dashboards, faults: [] })), live);
  const followed = follow.watch(viewer('a'), 'thu', unit);
  await vi.advanceTimersByTimeAsync(8_000);
  expect((await followed).pulse.sources).toMatchObject([{ source: 'mot-cua', simulated: true }]);
  expect(asked[0]).toBe('live.sources');
  await live.stop();
  vi.useRealTimers();
});

it('each follows what they said of a variable that a saved file brings, also where they saw the same before', async () => {
  const words = (vi: string) => ({ vi, en: vi });
  const numbered = testQuery('numbered', 'SELECT {n:UInt32} AS value', ['dossier'], {
    ...{ description: 'a number', rows: { value: { type: 'number' } }, params: { n: { type: 'UInt32', default: 0 } } },
  });
  const queries = new Map([...testQueries(), numbered].map((query) => [query.id, query]));
  const { panels, ...board } = testBoard(['dossiers'], false);
  const saved = BoardSchema.parse({
    ...board,
    variables: {
      period: {
        title: words('Kỳ'),
        choices: [7, 30, 90].map((value) => ({ value, name: words(`${value} ngày`) })),
        default: 30,
      },
    },
    panels: { dossiers: { ...panels.dossiers, queries: { main: { query: 'numbered', params: { n: '$period' } } } } },
  });
  let boards = new Map([['thu', BoardSchema.parse({ ...board, panels })]]);
  const book = await openBook(() => Promise.resolve({ dashboards: testDashboards({ boards, queries }), faults: [] }));
  const live = createLive({ store: EMPTY, clock: Date.now, pace: { grace_ms: 0 }, every_ms: 10 });
  live.start();
  const follow = createFollow(book, live);
  const { root } = book.dashboards().province.units;
  const said = new Map<string, Record<string, string>>([
    ['a', { period: '7' }],
    ['b', { period: '90' }],
    ['c', {}],
    ['d', { period: '7', of_another: '1' }],
  ]);
  for (const [id, each] of said) await follow.watch(viewer(id), 'thu', root, each);
  boards = new Map([['thu', saved]]);
  await book.reload();
  const told = new Map<string, unknown>();
  await follow.move(({ id }, { chosen }) => told.set(id, chosen.period));
  expect(Object.fromEntries(told)).toEqual({ a: 7, b: 90, c: 30, d: 7 });
  // and each has the results of what they chose, and no others
  const keys = [7, 30, 90].map((period) => {
    const [sight] = book.view('thu', root, { period: String(period) })?.sights ?? [];
    return sight?.key ?? '';
  });
  expect(follow.snapshots(viewer('b'), keys).map(({ key }) => key)).toEqual([keys[2]]);
  for (const id of said.keys()) follow.leave(viewer(id));
  await expect.poll(() => live.registry.size()).toBe(0);
  await live.stop();
});
