import type { Words } from '../../composables/use-words.ts';

/** What the field says by itself, in the words of its library; `$` is a number. */
export const PHRASES = [
  ...['Find', 'Replace', 'next', 'previous', 'all', 'match case', 'regexp', 'by word', 'replace', 'replace all'],
  ...['close', 'current match', 'on line', 'replaced $ matches', 'replaced match on line $', 'Go to line', 'go'],
  ...['Fold line', 'Unfold line', 'folded code', 'unfold', 'to', 'Control character', 'Selection deleted'],
  ...['Completions', 'Diagnostics', 'No diagnostics'],
] as const;

/** What the field says, in the viewer's language, for `EditorState.phrases`. */
export function phrasesIn(t: Words['t']): Record<string, string> {
  return Object.fromEntries(PHRASES.map((phrase) => [phrase, t(`editor.phrase.${keyOf(phrase)}`)]));
}

/** `Find` is the name of a field and `replace` that of a button: the case is part of the key. */
const keyOf = (phrase: string): string => phrase.replaceAll(/\W+/g, '_').replace(/_$/, '');
