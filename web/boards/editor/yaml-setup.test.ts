// @vitest-environment node
import { insertNewlineAndIndent, toggleComment } from '@codemirror/commands';
import { foldable } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import type { StateCommand } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { PHRASES } from './phrases.ts';
import { scalarMarks } from './yaml-scalars.ts';
import { yamlSetup } from './yaml-setup.ts';

/** A text with the cursor at `|`. */
function stateOf(text: string): EditorState {
  const anchor = Math.max(0, text.indexOf('|'));
  return EditorState.create({ doc: text.replace('|', ''), selection: { anchor }, extensions: yamlSetup(() => null) });
}
function after(command: StateCommand, text: string): string {
  let state = stateOf(text);
  command({ state, dispatch: (transaction) => (state = transaction.state) });
  return state.doc.toString();
}

describe('the field of a text', () => {
  it('begins a line as far in as the one before, a step further below a key', () => {
    expect(after(insertNewlineAndIndent, 'a:\n  b: 1|')).toBe('a:\n  b: 1\n  ');
    expect(after(insertNewlineAndIndent, 'a:\n  b:|')).toBe('a:\n  b:\n    ');
    expect(after(insertNewlineAndIndent, 'a:\n  b: {|}')).toBe('a:\n  b: {\n    \n  }');
  });

  it('comments lines out and in', () => {
    expect(after(toggleComment, 'a:\n  b: 1|')).toBe('a:\n  # b: 1');
    expect(after(toggleComment, 'a:\n  # b: 1|')).toBe('a:\n  b: 1');
  });

  it('folds a panel', () => {
    const state = stateOf('panels:\n  a:\n    kind: figure\n    metric: m\n  b: 1\n');
    const { from, to } = state.doc.line(2);
    expect(foldable(state, from, to)).toEqual({ from: to, to: state.doc.line(4).to });
  });

  it('marks numbers and variables among the values', () => {
    const state = stateOf("1: a\nb: [1, -2.5, '3', true, $period, 4b]\n");
    const marks: string[] = [];
    scalarMarks(state, [{ from: 0, to: state.doc.length }]).between(0, state.doc.length, (from, to, { spec }) => {
      marks.push(`${state.sliceDoc(from, to)} ${String(spec.class)}`);
    });
    expect(marks).toEqual(['1 cm-number', '-2.5 cm-number', 'true cm-number', '$period cm-variable']);
  });
});

describe('the words of the field', () => {
  const libraries = import.meta.glob<string>(
    '/node_modules/@codemirror/{view,language,search,autocomplete,lint}/dist/index.js',
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  );

  it('are all those that its libraries say', () => {
    const said = Object.values(libraries).flatMap((source) =>
      [...source.matchAll(/phrase\((?:view, )?"([^"]+)"\)/g)].map((match) => match[1] ?? ''),
    );
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter((phrase) => !PHRASES.some((each) => each === phrase))).toEqual([]);
  });
});
