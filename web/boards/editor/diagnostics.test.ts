// @vitest-environment node
import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf, offsetAt } from './diagnostics.ts';

const DOC = Text.of(['panels:', '  a: { query: overdue-no }', "  b: 'kh ông'"]);
const fault = (line: number, column: number, path = '') => ({
  file: 'boards/a.yaml',
  line,
  column,
  path,
  message: 'no',
});
const marked = (line: number, column: number): string =>
  diagnosticsOf(DOC, [fault(line, column)]).map(({ from, to }) => DOC.sliceString(from, to))[0] ?? '';

describe('a fault in the text', () => {
  it('is found by line and column, and the nearest place where there is none', () => {
    expect(offsetAt(DOC, 2, 3)).toBe(10);
    expect(offsetAt(DOC, 1, 99)).toBe(7);
    expect(offsetAt(DOC, 99, 1)).toBe(DOC.line(3).from);
    expect(offsetAt(DOC, 0, 0)).toBe(0);
  });

  it('is marked at the word that it is about, without what stands around it', () => {
    expect(marked(2, 15)).toBe('overdue-no');
    expect(marked(2, 3)).toBe('a');
    expect(marked(2, 6)).toBe('{');
    expect(marked(3, 6)).toBe("'kh ông'");
    expect(marked(1, 99)).toBe('');
  });

  it('says its path before what is wrong', () => {
    const [told, bare] = diagnosticsOf(DOC, [fault(2, 15, 'panels.a.query'), fault(1, 1)]);
    expect(told).toMatchObject({ severity: 'error', message: 'panels.a.query: no' });
    expect(bare?.message).toBe('no');
  });
});
