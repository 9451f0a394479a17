// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { indent, lineAt, newLine, offsetAt } from './text-place.ts';
import type { Edit } from './text-place.ts';

const done = (text: string, edit: Edit | undefined): string | undefined =>
  edit && text.slice(0, edit.from) + edit.text + text.slice(edit.to);

describe('a place in a text', () => {
  it('is found by line and column, and the nearest where there is none', () => {
    expect(offsetAt('ab\ncd', 2, 2)).toBe(4);
    expect(offsetAt('ab\ncd', 1, 9)).toBe(2);
    expect(offsetAt('ab\ncd', 9, 1)).toBe(3);
    expect(lineAt('ab\ncd', 3)).toBe(2);
  });
});

describe('keys that write', () => {
  it('put a step in at the cursor, or move the chosen lines in and out', () => {
    expect(done('ab', indent('ab', 1, 1, false))).toBe('a  b');
    const text = 'a\n\nb\nc';
    const edit = indent(text, 0, 4, false);
    expect(done(text, edit)).toBe('  a\n\n  b\nc');
    expect(edit?.select).toEqual([2, 8]);
    expect(done('  a\n b', indent('  a\n b', 3, 6, true))).toBe('a\nb');
    expect(indent('a', 1, 1, true)).toBeUndefined();
  });

  it('begin a line as far in as the one before, a step further after a colon', () => {
    expect(done('  a: 1', newLine('  a: 1', 6, 6))).toBe('  a: 1\n  ');
    expect(done('  a:', newLine('  a:', 4, 4))).toBe('  a:\n    ');
  });
});
