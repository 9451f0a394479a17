// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { funnelOf } from './funnel-view.ts';

const read = (...values: (number | null)[]) =>
  funnelOf(
    { columns: ['label', 'value'], rows: values.map((value, n) => [`s${n}`, value]) },
    (label) => `bước ${label}`,
  );

describe('a funnel', () => {
  it('keeps the order of its steps and says what is left of the one before', () =>
    expect(read(200, 150, 30).map(({ name, length, left }) => [name, length, left])).toEqual([
      ['bước s0', 1, null],
      ['bước s1', 0.75, 75],
      ['bước s2', 0.15, 20],
    ]));
  it('draws a step that is larger than the first as what it is', () =>
    expect(read(50, 100).map(({ length, left }) => [length, left])).toEqual([[0.5, null], [1, 200]])); // prettier-ignore
  it('says nothing of a share where a step is missing or zero', () =>
    expect(read(0, 5, null, 3).map(({ length, left }) => [length, left])).toEqual([[0, null], [1, null], [null, null], [0.6, null]])); // prettier-ignore
  it('is empty without rows', () => expect(funnelOf(undefined, (label) => label)).toEqual([]));
});
