/** Offset of a line and column, both from 1; the nearest that the text has. */
export function offsetAt(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, Math.max(0, Math.min(line, lines.length) - 1));
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  const length = lines[before.length]?.length ?? 0;
  return start + Math.max(0, Math.min(column - 1, length));
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** A change of a text: what stands from `from` to `to` becomes `text`, and what is chosen after it. */
export interface Edit {
  from: number;
  to: number;
  text: string;
  select: [from: number, to: number];
}

const STEP = '  ';

/** What Tab does, or Shift with it: the lines that are chosen move in or out by a step; without a choice a step is put in at the cursor. */
export function indent(text: string, from: number, to: number, isOut: boolean): Edit | undefined {
  if (from === to && !isOut) return { from, to, text: STEP, select: [from + STEP.length, from + STEP.length] };
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const lines = text.slice(start, to).split('\n');
  const moved = lines.map((line) => {
    if (isOut) return line.replace(/^ {1,2}/, '');
    return line === '' ? line : STEP + line;
  });
  const next = moved.join('\n');
  if (next === text.slice(start, to)) return undefined;
  const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  return {
    ...{ from: start, to, text: next },
    select: [Math.max(start, from + first), to + next.length - (to - start)],
  };
}

/** What Enter does: the next line begins as far in as this one, and a step further after a colon. */
export function newLine(text: string, from: number, to: number): Edit {
  const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  const lead = /^ */.exec(line)?.[0] ?? '';
  const next = `\n${lead}${/:\s*$/.test(line) ? STEP : ''}`;
  return { from, to, text: next, select: [from + next.length, from + next.length] };
}
