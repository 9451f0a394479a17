// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addPanel, freePlace } from './add-panel.ts';

const HEAD = `title: { vi: A, en: A }
grid: { columns: 16, rows: 8 } # of the wall
panels:
`;
const ONE = `  figure:
    kind: figure
    at: { x: 0, y: 0, w: 8, h: 8 }
`;
const EXAMPLE = `links:
  kind: figure
  title: { vi: Đường truyền, en: Links }
  question:
    { vi: Bao nhiêu?, en: How many? }
  at: { x: 24, y: 0, w: 8, h: 6 }
  at_wide: { x: 3, y: 0, w: 8, h: 6 }
  queries: { main: { query: links-up } }`;
const add = (text: string) => addPanel(text, 'figure', EXAMPLE, { metric: 'never', title: 'ngắn gọn' });

describe('one more panel', () => {
  it('is its example under a new name, in free cells, explained, after the last', () => {
    const added = add(`${HEAD}${ONE}# the end\n`);
    expect(added?.text).toBe(`${HEAD}${ONE}  figure-2:
    kind: figure
    # ngắn gọn
    title: { vi: Đường truyền, en: Links }
    question:
      { vi: Bao nhiêu?, en: How many? }
    at: { x: 8, y: 0, w: 8, h: 6 }
    queries: { main: { query: links-up } }
# the end
`);
    expect(added).toMatchObject({ id: 'figure-2', isGrown: false });
  });

  it('is the first of a board that has none, and of one without a last line end', () => {
    expect(parse(add(HEAD)?.text ?? '')).toMatchObject({ panels: { figure: { at: { x: 0, y: 0 } } } });
    expect(parse(add(HEAD + ONE.trimEnd())?.text ?? '')).toMatchObject({ panels: { 'figure-2': { at: { x: 8 } } } });
  });

  it('makes a full grid longer, in both layouts', () => {
    const full = `${HEAD}${ONE}    at_wide: { x: 0, y: 0, w: 16, h: 8 }\n  b:\n    kind: feed\n    at: { x: 8, y: 0, w: 8, h: 4 }\n`;
    const added = add(full);
    expect(added?.isGrown).toBe(true);
    expect(parse(added?.text ?? '')).toMatchObject({
      grid: { columns: 16, rows: 14 },
      panels: { 'figure-2': { at: { x: 0, y: 8, w: 8, h: 6 }, at_wide: { x: 0, y: 8, w: 8, h: 6 } } },
    });
    expect(added?.text).toContain('rows: 14 } # of the wall');
  });

  it('is none where a text has no grid or no place for panels', () => {
    expect(add('title: 1')).toBeUndefined();
    expect(add('grid: { columns: 4, rows: 4 }\npanels: {}\n')).toBeUndefined();
  });
});

describe('a free place', () => {
  it('is no wider than the grid, and lies on no other', () => {
    expect(freePlace({ columns: 4, rows: 4 }, [], { w: 8, h: 2 })).toEqual({ x: 0, y: 0, w: 4, h: 2 });
    const taken = [{ x: 0, y: 0, w: 3, h: 2 }, undefined, { x: 3, y: 1, w: 1, h: 3 }];
    expect(freePlace({ columns: 4, rows: 4 }, taken, { w: 2, h: 2 })).toEqual({ x: 0, y: 2, w: 2, h: 2 });
  });
});
