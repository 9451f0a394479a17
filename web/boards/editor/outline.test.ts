// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { outlineOf } from './outline.ts';

const TEXT = `# a board
title: { vi: A, en: A }
grid: { columns: 48, rows: 54 }
panels:
  received:
    kind: figure
    title: { vi: Tiếp nhận, en: Received }
    at: { x: 0, y: 0, w: 8, h: 8 }
    at_wide: { x: 0, y: 0, w: 5, h: 8 }
  # the second
  flow:
    kind: series
`;

describe('an outline', () => {
  it('has every panel with its place in the text, its kind, title and cells', () => {
    const { panels, grid, rows } = outlineOf(TEXT);
    expect(panels.map(({ from, to }) => TEXT.slice(from, to).split('\n')[0])).toEqual(['received:', 'flow:']);
    expect(panels[0]).toMatchObject({
      ...{ id: 'received', kind: 'figure', title: { vi: 'Tiếp nhận', en: 'Received' } },
      ...{ at: { x: 0, y: 0, w: 8, h: 8 }, at_wide: { x: 0, y: 0, w: 5, h: 8 } },
    });
    expect(panels[1]).toMatchObject({ id: 'flow', kind: 'series', title: undefined, at: undefined });
    expect(grid).toEqual({ columns: 48, rows: 54 });
    expect(TEXT.slice(rows?.from, rows?.to)).toBe('54');
  });

  it('is read as far as it goes while the text is broken', () => {
    expect(outlineOf(`${TEXT}    title: { vi: 'Vào`).panels.map(({ id }) => id)).toEqual(['received', 'flow']);
    expect(outlineOf(TEXT.replace('rows: 54', 'rows: nhiều')).grid).toBeUndefined();
    for (const text of ['', 'panels:', 'panels: [1]', 'panels: {a: 1}', '\0', '['.repeat(9_000)])
      expect(outlineOf(text).grid).toBeUndefined();
  });
});
