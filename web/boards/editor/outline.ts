import { isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Node } from 'yaml';

/** A place on the grid of a board, in cells. */
export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A panel as a text has it; what is not written (yet) is undefined. */
export interface PanelBlock {
  id: string;
  kind: string | undefined;
  title: { vi: string; en: string } | undefined;
  at: Place | undefined;
  at_wide: Place | undefined;
  /** Where its name begins, and where its last value ends. */
  from: number;
  to: number;
}

/** What a text of a board has where, as far as it can be read. */
export interface Outline {
  panels: PanelBlock[];
  grid: { columns: number; rows: number } | undefined;
  /** Where the number of rows of the grid stands. */
  rows: { from: number; to: number } | undefined;
}

/** Reads what a text has where. A text that is broken is read as far as that goes: while somebody types, it mostly is. */
export function outlineOf(text: string): Outline {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const panels = document.get('panels');
  const grid = document.get('grid');
  const rows = isMap(grid) ? grid.get('rows', true) : undefined;
  return {
    panels: (isMap(panels) ? panels.items : []).flatMap(({ key, value }) => {
      if (!isScalar(key) || !key.range || !isNode(value)) return [];
      return [{ id: String(key.value), ...readPanel(value), from: key.range[0], to: value.range?.[1] ?? key.range[1] }];
    }),
    grid: numbersAt(grid, ['columns', 'rows']),
    rows: isScalar(rows) && rows.range ? { from: rows.range[0], to: rows.range[1] } : undefined,
  };
}

function readPanel(panel: Node): Pick<PanelBlock, 'kind' | 'title' | 'at' | 'at_wide'> {
  if (!isMap(panel)) return { kind: undefined, title: undefined, at: undefined, at_wide: undefined };
  const kind = panel.get('kind');
  const title = panel.get('title');
  const [vi, en] = isMap(title) ? [title.get('vi'), title.get('en')] : [];
  const place = (name: string): Place | undefined => numbersAt(panel.get(name), ['x', 'y', 'w', 'h']);
  return {
    kind: typeof kind === 'string' ? kind : undefined,
    title: typeof vi === 'string' && typeof en === 'string' ? { vi, en } : undefined,
    at: place('at'),
    at_wide: place('at_wide'),
  };
}

/** The numbers of a mapping by name; undefined unless all of them are there. */
function numbersAt<K extends string>(node: unknown, names: readonly K[]): Record<K, number> | undefined;
function numbersAt(node: unknown, names: readonly string[]): Record<string, number> | undefined {
  if (!isMap(node)) return undefined;
  const found = names.flatMap((name): [string, number][] => {
    const value = node.get(name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? [[name, value]] : [];
  });
  return found.length === names.length ? Object.fromEntries(found) : undefined;
}
