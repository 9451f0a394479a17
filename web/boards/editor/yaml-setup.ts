import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentService,
  indentUnit,
} from '@codemirror/language';
import { diagnosticCount, lintGutter, lintKeymap, linter } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { yamlScalars } from './yaml-scalars.ts';
import { yamlTheme } from './yaml-theme.ts';

/** A line below a key that says nothing yet stands a step further in; the grammar alone leaves it where the key is. */
export const belowKey = indentService.of((context, pos) => {
  const { text } = context.lineAt(pos, -1);
  return /(?:^|[^\s#]):\s*$/.test(text) ? context.lineIndent(pos, -1) + context.unit : undefined;
});

/** For so long after Escape Tab leaves the field, in milliseconds; otherwise it moves lines in. */
const LEAVE_MS = 2_000;

/** Everything that the field of a board's text can do, whatever it holds. */
export function yamlSetup(complete: CompletionSource): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    history(),
    drawSelection(),
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    indentOnInput(),
    belowKey,
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [complete], icons: false }),
    search({ top: true }),
    // what is wrong is said by the server: see `diagnostics`
    linter(null),
    yaml(),
    yamlScalars,
    yamlTheme,
    EditorView.contentAttributes.of(({ state }) => ({
      ...{ autocapitalize: 'off', 'data-yaml': '' },
      'aria-invalid': String(diagnosticCount(state) > 0),
    })),
    // also where Escape had something else to do: close a panel, let go of what was chosen
    EditorView.domEventObservers({
      keydown: ({ key }, view) => {
        if (key === 'Escape') view.setTabFocusMode(LEAVE_MS);
      },
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
  ];
}
