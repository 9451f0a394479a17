// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createFormats } from '../format/format.ts';
import { readFilter } from './desk-filter.ts';
import { dueKey, dueView } from './due-words.ts';
import { dayOf, endOfDay, instantOf, lastDayOf, localTime, startOfDay } from './filters/date-range.ts';
import { facetView } from './filters/facet-view.ts';
import { ariaSort, columnsOf, nextSort } from './list/row-view.ts';
import { dossier, summary, TEST_AT } from './test-dossiers.ts';

const HOUR = 3_600_000;
const ZONE = 'Asia/Ho_Chi_Minh';
const formats = createFormats('vi', ZONE);
const words = {
  t: (key: string) => key,
  has: () => true,
  unitName: (code: string) => `[${code}]`,
};

const place = { unit: 'H49', isUnit: (code: string) => code.startsWith('H49') };

describe('a promise', () => {
  it.each([
    [{ outcome: 'open_overdue', due_at: TEST_AT - 3 * HOUR }, { mood: 'late', span: '3 giờ' }, 'desk.late_by'],
    [{ outcome: 'open_due_soon', due_at: TEST_AT + 3 * HOUR }, { mood: 'soon', span: '3 giờ' }, 'desk.left_by'],
    // due earlier today: days are compared, so it is not overdue, but nothing is left either
    [{ outcome: 'open_due_soon', due_at: TEST_AT - HOUR }, { mood: 'soon', span: '1 giờ' }, 'desk.due_today'],
    [{ outcome: 'open_in_time', due_at: TEST_AT + 72 * HOUR }, { mood: 'calm', span: '3 ngày' }, 'desk.left_by'],
    [{ outcome: 'open_in_time', due_at: null }, { mood: 'none', span: null }, null],
    [{ outcome: 'open_overdue', due_at: null }, { mood: 'late', span: null }, null],
    [{ outcome: 'paused', due_at: TEST_AT - HOUR }, { mood: 'none', span: null }, null],
    [
      { outcome: 'finished_late', due_at: TEST_AT - 50 * HOUR, finished_at: TEST_AT - 2 * HOUR },
      { mood: 'late', span: '2 ngày' },
      'desk.late_by',
    ],
    [{ outcome: 'finished_early', due_at: TEST_AT }, { mood: 'none', span: null }, null],
  ] as const)('%o stands so', (change, view, key) => {
    const row = dossier('a', change);
    expect(dueView(row, TEST_AT, formats)).toEqual(view);
    expect(dueKey(view, row.due_at, TEST_AT)).toBe(key);
  });
});

describe('a facet', () => {
  it('counts what is listed, most first, each line the change that lists exactly those', () => {
    const filter = readFilter({ state: 'open_overdue', procedure: '2' });
    const reply = summary('procedure', [
      { key: '1', label: 'Một', counts: { open_overdue: 3, open: 90 } },
      { key: '2', label: 'Hai', counts: { open_overdue: 5 } },
      { key: '3', label: 'Ba', counts: { open: 7 } },
    ]);
    expect(facetView(reply, filter, place, words)).toEqual([
      { key: '2', label: 'Hai', count: 5, isChosen: true, change: { procedure: undefined } },
      { key: '1', label: 'Một', count: 3, isChosen: false, change: { procedure: '1' } },
    ]);
  });

  it('names what no source said, which cannot be asked for', () => {
    const reply = summary('step', [{ key: '', counts: { open_overdue: 3 } }]);
    expect(facetView(reply, readFilter({}), place, words)).toEqual([
      { key: '', label: 'desk.not_said', count: 3, isChosen: false, change: null },
    ]);
    const handlers = summary('handler', [{ key: '', counts: { open_overdue: 1 } }]);
    expect(facetView(handlers, readFilter({}), place, words)[0]).toMatchObject({
      label: 'desk.not_said',
      change: { handler: 'none' },
    });
  });

  it('of units goes down into those that are in the tree, and where one is keeps to the unit itself', () => {
    const reply = summary('unit', [
      { key: 'H49.12', counts: { open_overdue: 3 } },
      { key: 'H49', counts: { open_overdue: 2 } },
      { key: '/?/', counts: { open_overdue: 1 } },
    ]);
    expect(facetView(reply, readFilter({}), place, words).map((line) => line.change)).toEqual([
      { unit: 'H49.12' },
      { own: '1' },
      null,
    ]);
  });

  it('of ages is of open dossiers, in the order of their lateness', () => {
    const reply = summary('age', [
      { key: 'no_due', counts: { open: 9 } },
      { key: 'late_4_7d', counts: { open: 2, open_overdue: 2 } },
      { key: '', counts: { open: 4, paused: 4 } },
    ]);
    const lines = facetView(reply, readFilter({ state: 'finished' }), place, words);
    expect(lines.map((line) => [line.key, line.count])).toEqual([
      ['late_4_7d', 2],
      ['no_due', 9],
    ]);
    expect(lines[0]?.change).toEqual({ age: 'late_4_7d', state: 'open' });
  });
});

describe('the facet of apologies', () => {
  it('is of overdue dossiers, whatever is listed', () => {
    const reply = summary('apology', [
      { key: 'missing', counts: { open: 5, open_overdue: 5 } },
      { key: '', counts: { open: 9 } },
    ]);
    const lines = facetView(reply, readFilter({ state: 'open' }), place, words);
    expect(lines).toMatchObject([{ key: 'missing', count: 5, change: { apology: 'missing', state: 'open_overdue' } }]);
  });
});

describe('days in the zone of the province', () => {
  it('begin and end there, whatever the zone of the machine', () => {
    expect(startOfDay('2026-11-21', ZONE)).toBe('2026-11-21T00:00:00.000+07:00');
    expect(endOfDay('2026-11-21', ZONE)).toBe('2026-11-22T00:00:00.000+07:00');
    expect(lastDayOf('2026-11-22T00:00:00.000+07:00', ZONE)).toBe('2026-11-21');
    expect(dayOf('2026-11-20T17:00:00Z', ZONE)).toBe('2026-11-21');
    expect(startOfDay('today', ZONE)).toBeUndefined();
    expect(dayOf('nonsense', ZONE)).toBe('');
  });
  it('have times that are written and read the same', () => {
    expect(localTime(TEST_AT, ZONE)).toBe('2026-11-21T09:41');
    expect(instantOf('2026-11-21T09:41', ZONE)).toBe(Date.parse('2026-11-21T02:41:00Z'));
    expect(instantOf('', ZONE)).toBeUndefined();
  });
});

describe('a header', () => {
  it('says when work ended, where it has', () => {
    expect(columnsOf('finished_late').map((column) => column.id)).toContain('finished');
    expect(columnsOf('open_overdue').map((column) => column.id)).toContain('step');
  });

  it('sorts up, then down, and says so', () => {
    const [due, status] = ['due', 'status'].map((id) => columnsOf('open').find((column) => column.id === id));
    if (!due || !status) throw new Error('no columns');
    expect(nextSort(due, 'unit')).toBe('due');
    expect(nextSort(due, 'due')).toBe('-due');
    expect(ariaSort(due, '-due')).toBe('descending');
    expect(ariaSort(due, 'unit')).toBe('none');
    expect(ariaSort(status, 'unit')).toBeUndefined();
    expect(nextSort(status, 'unit')).toBeUndefined();
  });
});
