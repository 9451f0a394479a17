// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Diff, Snapshot } from '#api/contract.ts';
import { applyDiff } from './apply-diff.ts';

const held: Snapshot = {
  key: 'k',
  columns: ['a', 'b'],
  rows: [
    [1, 'x'],
    [2, 'y'],
  ],
  seq: 4,
  at: 10,
  query_ms: 1,
  failure: null,
};
function diff(more: Partial<Diff> = {}): Diff {
  return { key: 'k', seq: 5, at: 20, query_ms: 2, failure: null, length: 2, set: [[1, [3, 'z']]], ...more };
}

describe('a diff', () => {
  it('changes the rows it names and leaves the held result alone', () => {
    const applied = applyDiff(held, diff());
    expect(applied).toMatchObject({ kind: 'applied', snapshot: { seq: 5, at: 20, rows: [held.rows[0], [3, 'z']] } });
    expect(held.rows[1]).toEqual([2, 'y']);
  });

  it('cuts and lengthens', () => {
    expect(applyDiff(held, diff({ length: 1, set: [] }))).toMatchObject({ snapshot: { rows: [[1, 'x']] } });
    expect(applyDiff(held, diff({ length: 3, set: [[2, [9, 'w']]] }))).toMatchObject({
      snapshot: { rows: [...held.rows, [9, 'w']] },
    });
  });

  it('is a gap when one before it was missed, when nothing is held, or when it leaves a hole', () => {
    expect(applyDiff(held, diff({ seq: 6 })).kind).toBe('gap');
    expect(applyDiff(undefined, diff()).kind).toBe('gap');
    expect(applyDiff(held, diff({ length: 4, set: [[3, [9, 'w']]] })).kind).toBe('gap');
  });

  it('is ignored when it was applied before', () => expect(applyDiff(held, diff({ seq: 4 })).kind).toBe('old'));

  it('brings a failure along', () => {
    const failure = { code: 'IOC_X', message: 'm' };
    expect(applyDiff(held, diff({ set: [], failure }))).toMatchObject({ snapshot: { rows: held.rows, failure } });
  });

  it('turns any result into any other', () => {
    const rows = fc.array(
      fc.array(fc.oneof(fc.integer(), fc.string(), fc.constant(null)), { minLength: 2, maxLength: 2 }),
    );
    fc.assert(
      fc.property(rows, rows, (before: Cell[][], after: Cell[][]) => {
        const set = after.flatMap((row, index): [number, Cell[]][] =>
          JSON.stringify(row) === JSON.stringify(before[index]) ? [] : [[index, row]],
        );
        const applied = applyDiff({ ...held, rows: before }, diff({ length: after.length, set }));
        expect(applied).toMatchObject({ kind: 'applied', snapshot: { rows: after } });
      }),
    );
  });
});
