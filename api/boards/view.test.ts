import { beforeAll, describe, expect, it } from 'vitest';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { load, shippedFiles } from '#dashboards/load/test-files.ts';
import { openBook, type Book } from './book.ts';
import { viewOf } from './view.ts';

let dashboards: Dashboards;
let book: Book;
beforeAll(async () => {
  const loaded = await load(await shippedFiles());
  if (!loaded.dashboards) throw new Error('the shipped dashboards do not load');
  ({ dashboards } = loaded);
  book = await openBook(() => Promise.resolve({ dashboards, faults: [] }));
});

const look = (said?: Record<string, string>) => {
  const view = viewOf(dashboards, 'phan-anh', dashboards.province.units.root, said);
  if (!view) throw new Error('there is no board phan-anh');
  return view;
};
const keyOf = (panel: string, said?: Record<string, string>) => look(said).board.keys[panel]?.main;

describe('a board as it is chosen', () => {
  it('has other keys where a panel takes what is chosen, and the same where it does not', () => {
    expect(keyOf('satisfied', { period: '7' })).not.toBe(keyOf('satisfied'));
    expect(keyOf('volunteers', { period: '7' })).toBe(keyOf('volunteers'));
    expect(keyOf('opened', { period: '7' })).toBe(keyOf('opened'));
    expect(keyOf('opened', { compare: 'year' })).not.toBe(keyOf('opened'));
  });

  it('is shared by all who chose the same, in whatever words', () => {
    expect(look({ period: '30' }).board.revision).toBe(look().board.revision);
    expect(look({ period: '45', spare: 'x' }).board.revision).toBe(look().board.revision);
    expect(look({ period: '7' }).board.revision).not.toBe(look().board.revision);
  });

  it('says what was chosen, and names it in titles', () => {
    const { board } = look({ period: '7', compare: 'decade' });
    expect(board.chosen).toEqual({ period: 7, compare: 'week' });
    expect(board.board.panels.satisfied?.title).toEqual({ vi: 'Hài lòng, 7 ngày', en: 'Satisfied, 7 days' });
    expect(JSON.stringify(board.board.panels)).not.toMatch(/\$period|\{period\}|\{compare\}/);
  });

  it('has a query of each board that its choices are for, by values of its own type', () => {
    const days = look({ period: '7' }).sights.flatMap(({ params }) => (params.days === 7 ? [7] : []));
    expect(days.length).toBeGreaterThan(3);
  });
});

describe('the book', () => {
  const view = (said?: Record<string, string>) => book.view('phan-anh', dashboards.province.units.root, said);

  it('remembers a view by what is chosen, not by what an address holds', () => {
    expect(view({ period: '7' })).toBe(view({ period: '7', junk: 'a' }));
    expect(view({ period: 'junk' })).toBe(view());
  });

  it('does not grow with every way of looking at it', () => {
    const first = view();
    const { units } = dashboards.province.units;
    const ways = ['7', '30', '90'].flatMap((period) =>
      ['week', 'period', 'year'].map((compare) => ({ period, compare })),
    );
    const looks = units.slice(0, 130).flatMap((unit) => ways.map((way) => book.view('phan-anh', unit, way)));
    expect(new Set(looks).size).toBeGreaterThan(1_000);
    // the oldest was forgotten, and is made anew
    expect(view()).not.toBe(first);
    expect(view()?.board.revision).toBe(first?.board.revision);
  });
});
