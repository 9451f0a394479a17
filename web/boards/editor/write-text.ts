import type { Edit } from './text-place.ts';

/** Writes into a field as its user would: what was written can be undone by Ctrl+Z like anything typed. The field hears of it as of typing. */
export function writeText(field: HTMLTextAreaElement, { from, to, text, select }: Edit): void {
  field.focus();
  field.setSelectionRange(from, to);
  const isWritten = text === '' ? run('delete') : run('insertText', text);
  if (!isWritten) {
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(...select);
}

/** The one way to write into a field that keeps its undo; false where a browser has given it up. */
function run(command: string, text?: string): boolean {
  return 'execCommand' in document && document.execCommand(command, false, text);
}
