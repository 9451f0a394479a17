// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { targetsOf } from './target-view.ts';

const percent = testMetric({ format: 'percent', good: 'up', target: 80 });
const name = (label: string): string => `tên ${label}`;
const read = (rows: (string | number | null)[][], metric = percent, columns = ['label', 'value', 'goal']) =>
  targetsOf({ columns, rows }, metric, { top: 3, name });

describe('a value against its goal', () => {
  it('is a share of a hundred where it is a percent, and reached from the goal on', () => {
    const [line] = read([['a', 80, null]]);
    expect(line).toMatchObject({ name: 'tên a', length: 0.8, mark: 0.8, goal: 80, reached: true, missing: null });
    expect(read([['a', 60, 75]])[0]).toMatchObject({ length: 0.6, mark: 0.75, reached: false, missing: 15 });
  });

  it('stands on a scale of its own where it is a count', () => {
    const count = testMetric({ good: 'up' });
    expect(read([['a', 50, 200], ['b', 30, 10]], count).map(({ length, mark }) => [length, mark])) // prettier-ignore
      .toEqual([[0.25, 1], [1, 1 / 3]]); // prettier-ignore
  });

  it('is reached from above where down is good', () => {
    const down = testMetric({ format: 'percent', good: 'down', target: 5 });
    expect(read([['a', 4, null]], down)[0]).toMatchObject({ reached: true });
    expect(read([['a', 7, null]], down)[0]).toMatchObject({ reached: false, missing: 2 });
  });

  it('is neither reached nor missed without a value or a goal', () => {
    expect(read([['a', null, 75]])[0]).toMatchObject({ length: null, mark: 0.75, reached: null, missing: null });
    const none = testMetric({ good: 'up' });
    expect(read([['a', 5, null]], none)[0]).toMatchObject({ length: 1, mark: null, reached: null });
    expect(read([['a', 0, 0]], none)[0]).toMatchObject({ length: null, mark: null, reached: true });
  });

  it('says by when, where the row does', () => {
    expect(read([['a', 60, 75, 1e12]], percent, ['label', 'value', 'goal', 'due_at'])[0]).toMatchObject({
      due_at: 1e12,
    });
    expect(read([['a', 60, 75]])[0]).toMatchObject({ due_at: null });
  });

  it('has no name when it stands alone, and no more lines than asked', () => {
    expect(read([[40]], percent, ['value'])[0]).toMatchObject({ id: '', name: '', mark: 0.8 });
    expect(read([['a', 1, 1], ['b', 1, 1], ['c', 1, 1], ['d', 1, 1]])).toHaveLength(3); // prettier-ignore
  });
});
