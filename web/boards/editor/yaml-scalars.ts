import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder } from '@codemirror/state';
import type { EditorState } from '@codemirror/state';
import { Decoration, ViewPlugin } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';

const NUMBER = /^(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|true|false|null|~)$/i;
const VARIABLE = /^\$[a-z][a-z0-9]*$/;
const number = Decoration.mark({ class: 'cm-number' });
const variable = Decoration.mark({ class: 'cm-variable' });

/** Marks values that are numbers, and those that name a variable of the board: to the grammar of YAML both are words like others. */
export function scalarMarks(state: EditorState, ranges: readonly { from: number; to: number }[]): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of ranges)
    syntaxTree(state).iterate({
      ...{ from, to },
      enter: (node) => {
        if (node.name === 'Key') return false;
        if (node.name !== 'Literal') return undefined;
        const text = state.sliceDoc(node.from, node.to);
        if (NUMBER.test(text)) marks.add(node.from, node.to, number);
        else if (VARIABLE.test(text)) marks.add(node.from, node.to, variable);
        return false;
      },
    });
  return marks.finish();
}

/** Keeps the marks of what is in sight. */
export const yamlScalars = ViewPlugin.define(
  (view) => ({
    marks: scalarMarks(view.state, view.visibleRanges),
    update(update) {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state))
        this.marks = scalarMarks(update.state, update.view.visibleRanges);
    },
  }),
  { decorations: ({ marks }) => marks },
);
