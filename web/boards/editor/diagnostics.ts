import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { FileFault } from '#dashboards/schema/fault.ts';

/** Offset of a line and column, both from 1; the nearest that the text has. */
export function offsetAt(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return Math.min(from + Math.max(0, column - 1), to);
}

/** What is wrong with a text, at the word that it is about. The text may be another than the one that was checked. */
export function diagnosticsOf(doc: Text, faults: readonly FileFault[]): Diagnostic[] {
  return faults.map(({ line, column, path, message }) => {
    const from = offsetAt(doc, line, column);
    const rest = doc.sliceString(from, doc.lineAt(from).to);
    const word = /^(?:'[^']*'|"[^"]*"|[^\s,:[\]{}]+|.)/u.exec(rest)?.[0] ?? '';
    return { from, to: from + word.length, severity: 'error', message: path === '' ? message : `${path}: ${message}` };
  });
}
