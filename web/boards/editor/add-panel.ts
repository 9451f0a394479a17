import { isMap, isScalar, parseDocument } from 'yaml';
import { outlineOf } from './outline.ts';
import type { Outline, PanelBlock, Place } from './outline.ts';

/** The room that a panel takes whose example does not say. */
const SIZE = { w: 8, h: 8 } as const;
const INDENT = '  ';

/** What is to be put into a text, and what it is called there. */
export interface NewPanel {
  text: string;
  id: string;
  /** Whether the grid had no room, and has more rows now. */
  isGrown: boolean;
}

/**
 * A text of a board with one more panel: `example` (from its name on, at the left edge, as `GET /api/definitions` gives it) under a name of its own, in free
 * cells of the grid, in both layouts where the board has two; a grid that is full gets more rows. Each line that has a word in `comments` by its key is
 * explained. Undefined where the text has no place for panels.
 */
export function addPanel(
  text: string,
  kind: string,
  example: string,
  comments: Readonly<Record<string, string>>,
): NewPanel | undefined {
  const outline = outlineOf(text);
  const end = endOfPanels(text, outline);
  if (!outline.grid || !outline.rows || end === undefined) return undefined;
  const size = sizeOf(example);
  const isWide = outline.panels.some(({ at_wide }) => at_wide);
  const grid = outline.grid;
  const at = freePlace(
    grid,
    outline.panels.map((panel) => panel.at),
    size,
  );
  const at_wide = isWide
    ? freePlace(
        grid,
        outline.panels.map((panel) => panel.at_wide ?? panel.at),
        size,
      )
    : undefined;
  const rows = Math.max(grid.rows, at.y + at.h, at_wide ? at_wide.y + at_wide.h : 0);
  const id = freeName(kind, outline.panels);
  const block = blockOf(example, id, { at, at_wide }, comments);
  const before = text.slice(0, end);
  const gap = before.endsWith('\n') || before === '' ? '' : '\n';
  const grown = `${text.slice(0, outline.rows.from)}${rows}${text.slice(outline.rows.to, end)}`;
  return { text: `${grown}${gap}${block}\n${text.slice(end)}`, id, isGrown: rows > grid.rows };
}

/** The first cells, from the top left, that no other panel has; below all where there are none. */
export function freePlace(
  { columns, rows }: { columns: number; rows: number },
  taken: readonly (Place | undefined)[],
  size: { w: number; h: number },
): Place {
  const boxes = taken.filter((place) => place !== undefined);
  const w = Math.min(size.w, columns);
  const isFree = (x: number, y: number): boolean =>
    boxes.every((box) => x + w <= box.x || box.x + box.w <= x || y + size.h <= box.y || box.y + box.h <= y);
  for (let y = 0; y + size.h <= rows; y += 1)
    for (let x = 0; x + w <= columns; x += 1) if (isFree(x, y)) return { x, y, w, h: size.h };
  return { x: 0, y: Math.max(0, ...boxes.map((box) => box.y + box.h)), w, h: size.h };
}

/** The kind itself, or with the first number that no other panel has. */
function freeName(kind: string, panels: readonly PanelBlock[]): string {
  const names = new Set(panels.map(({ id }) => id));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? kind : `${kind}-${n}`;
    if (!names.has(name)) return name;
  }
}

/** The offset of the line after the last panel, or after `panels:` while there is none. */
function endOfPanels(text: string, { panels }: Outline): number | undefined {
  const after = (offset: number): number => {
    const end = text.indexOf('\n', offset);
    return end === -1 ? text.length : end + 1;
  };
  const last = panels.at(-1);
  // the end of a block is the beginning of what follows
  if (last) return after(last.from + text.slice(last.from, last.to).trimEnd().length);
  const key = /^panels:[ \t]*(?:#.*)?$/m.exec(text);
  return key ? after(key.index) : undefined;
}

function sizeOf(example: string): { w: number; h: number } {
  const place = outlineOf(`panels:\n${indented(example)}`).panels[0]?.at;
  return place ? { w: place.w, h: place.h } : SIZE;
}

/** The example under its new name, in its new places, explained, and as far in as panels stand. */
function blockOf(
  example: string,
  id: string,
  places: { at: Place; at_wide: Place | undefined },
  comments: Readonly<Record<string, string>>,
): string {
  const panel = parseDocument(example, { prettyErrors: false, logLevel: 'silent' }).contents;
  const [pair] = isMap(panel) ? panel.items : [];
  const items = pair && isMap(pair.value) ? pair.value.items : [];
  const lines = items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const place = name === 'at' ? places.at : undefined;
    if (name === 'at_wide') return [];
    const end = value ? value.range[1] : key.range[1];
    const written = place ? `at: ${inWords(place)}` : example.slice(key.range[0], end).trimEnd();
    const wide = place && places.at_wide ? [`${INDENT}at_wide: ${inWords(places.at_wide)}`] : [];
    const comment = comments[name];
    return [...(comment === undefined ? [] : [`${INDENT}# ${comment}`]), `${INDENT}${written}`, ...wide];
  });
  return indented([`${id}:`, ...lines].join('\n'));
}

const inWords = ({ x, y, w, h }: Place): string => `{ x: ${x}, y: ${y}, w: ${w}, h: ${h} }`;

const indented = (block: string): string =>
  block
    .split('\n')
    .map((line) => (line === '' ? line : INDENT + line))
    .join('\n');
