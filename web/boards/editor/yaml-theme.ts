import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const MONOSPACE = "ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Consolas, monospace";
const SURFACE = { border: '1px solid var(--line)', backgroundColor: 'var(--panel)', color: 'var(--text)' };
const faint = (color: string, share: number): string => `color-mix(in srgb, var(--${color}) ${share}%, transparent)`;

/** The look of the field, in the colours of the page: its custom properties reach into the shadow, so that both themes are this one. */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: '13px' },
  // drawn around the whole field: inside, the numbers of the lines would cover it
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: MONOSPACE, lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--text)' },
  '.cm-gutters': { border: 'none', backgroundColor: 'var(--panel)', color: 'var(--text-3-near)' },
  '.cm-activeLine': { backgroundColor: faint('in', 9) },
  '.cm-activeLineGutter': { backgroundColor: faint('in', 9), color: 'var(--text)' },
  '.cm-foldPlaceholder': {
    border: '1px solid var(--line)',
    background: 'none',
    color: 'var(--text-2)',
    margin: '0 4px',
  },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: faint('in', 32),
  },
  '.cm-selectionMatch': { backgroundColor: faint('in', 20) },
  '.cm-searchMatch': { backgroundColor: faint('warn', 30), outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: faint('warn', 60) },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: faint('out', 25), outline: '1px solid var(--out)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: faint('alarm', 25) },
  '.cm-number': { color: 'var(--out)' },
  '.cm-variable': { color: 'var(--warn-text)', fontWeight: '700' },
  '.cm-panels': { ...SURFACE, border: 'none' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel, .cm-panel label, .cm-panel button, .cm-panel input': { fontSize: '13px', fontFamily: 'inherit' },
  '.cm-textfield': { ...SURFACE, backgroundColor: 'var(--ground)', borderRadius: '4px' },
  '.cm-button': { ...SURFACE, backgroundColor: 'var(--ground)', backgroundImage: 'none', borderRadius: '4px' },
  '.cm-button:active': { backgroundColor: 'var(--line)', backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', fontSize: '20px', padding: '2px 8px' },
  '.cm-panel :focus-visible': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-tooltip': { ...SURFACE, borderRadius: '6px', boxShadow: '0 4px 16px rgb(0 0 0 / 30%)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--line)',
    color: 'var(--text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700', color: 'var(--in)' },
  '.cm-completionDetail': { color: 'var(--text-2)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '420px', whiteSpace: 'pre-wrap', color: 'var(--text-2)' },
  '.cm-diagnostic': { maxWidth: '520px', overflowWrap: 'anywhere' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--alarm)' },
  // a line of the page's own colour in place of a picture of red
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--alarm)',
    textUnderlineOffset: '3px',
    backgroundColor: faint('alarm', 16),
  },
  '.cm-lintRange-active': { backgroundColor: faint('alarm', 30) },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--alarm)' },
  '.cm-lint-marker-error': { content: 'normal' },
  '.cm-lint-marker-error::before': {
    content: '"▸"',
    color: 'var(--alarm-text)',
    fontSize: '18px',
    lineHeight: '20px',
    cursor: 'help',
  },
});

const colors = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: 'var(--in)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--text)' },
  { tag: tags.comment, color: 'var(--text-2)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.brace, tags.squareBracket, tags.meta], color: 'var(--text-3-near)' },
  { tag: [tags.labelName, tags.typeName, tags.keyword], color: 'var(--warn-text)' },
]);

/** How a text looks: in the colours of the page. */
export const yamlTheme: Extension = [look, syntaxHighlighting(colors)];
