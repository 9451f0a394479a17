// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { leagueOf } from './league-view.ts';

const metric = testMetric({ format: 'percent', good: 'up', limits: [95, 90, 80, 60] });
const rows = [
  ['a', 98, 97, 'đúng hạn'],
  ['b', 91, 93, null],
  ['c', 91, 91, null],
  ['e', null, 40, null],
  ['d', 55, null, null],
];
const columns = ['label', 'value', 'previous', 'why'];
const league = leagueOf({ columns, rows }, metric, { top: 10, name: (id) => id });

describe('a league', () => {
  it('gives equal values the same place, and none to what has no value', () =>
    expect(league.map(({ id, place }) => [id, place])).toEqual([['a', 1], ['b', 2], ['c', 2], ['d', 4], ['e', null]])); // prettier-ignore
  it('says by how much each has changed, and whether that is good', () =>
    expect(league.map(({ change, better }) => [change, better])).toEqual([[1, true], [-2, false], [0, null], [null, null], [null, null]])); // prettier-ignore
  it('takes less for better where down is good, and neither where no direction is', () => {
    const better = (good: 'down' | 'neutral') =>
      leagueOf({ columns, rows }, { ...metric, good }, { top: 2, name: (id) => id }).map((line) => line.better);
    expect(better('down')).toEqual([false, true]);
    expect(better('neutral')).toEqual([null, null]);
  });
  it('draws bars from zero to the largest, coloured by the limits', () =>
    expect(league.map(({ length, step }) => [Math.round(100 * length), step])).toEqual([[100, 1], [93, 2], [93, 2], [56, 5], [0, null]])); // prettier-ignore
  it('says why, where the query does', () =>
    expect(league.map(({ why }) => why)).toEqual(['đúng hạn', '', '', '', '']));
  it('is empty without rows', () => expect(leagueOf(undefined, metric, { top: 3, name: (id) => id })).toEqual([]));
});
