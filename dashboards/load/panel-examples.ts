import { isMap, isNode, isScalar, parseDocument } from 'yaml';

/** A panel as a board's file says it: from its name on, moved to the left edge. */
export interface PanelExample {
  board: string;
  panel: string;
  text: string;
}

/** Of each kind of panel the shortest that any of these files of boards has, by kind. */
export function panelExamples(boards: readonly { id: string; text: string }[]): ReadonlyMap<string, PanelExample> {
  const examples = new Map<string, PanelExample>();
  for (const { id, text } of boards) {
    const panels = parseDocument(text, { prettyErrors: false }).get('panels');
    for (const { key, value } of isMap(panels) ? panels.items : []) {
      const kind = isMap(value) ? value.get('kind') : undefined;
      if (!isScalar(key) || !isNode(value) || typeof kind !== 'string') continue;
      const block = dedented(text, key.range?.[0] ?? 0, value.range?.[1] ?? 0);
      const held = examples.get(kind);
      if (!held || block.length < held.text.length)
        examples.set(kind, { board: id, panel: String(key.value), text: block });
    }
  }
  return examples;
}

/** A part of a text that begins in the middle of a line, without the indentation of that line. */
function dedented(text: string, from: number, to: number): string {
  const indent = from - (text.lastIndexOf('\n', from - 1) + 1);
  const [first = '', ...rest] = text.slice(from, to).trimEnd().split('\n');
  return [first, ...rest.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line))].join('\n');
}
