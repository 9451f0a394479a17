/** A piece of SQL. Lines and columns count from 1. `text` of a `word` keeps its case; of a `name` its quotes are off. */
export interface Token {
  kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'comment' | 'mark';
  text: string;
  line: number;
  column: number;
  /** How many parentheses are open around it; an opening one counts itself out, as does the closing one. */
  depth: number;
}

const PIECES: readonly [Token['kind'] | 'space', RegExp][] = [
  ['space', /[\s\uFEFF]+/y],
  ['comment', /--[^\n]*/y],
  ['comment', /#[ !][^\n]*/y],
  ['comment', /\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y],
  ['name', /`(?:[^`\\]|\\[\s\S]|``)*(?:`|$)/y],
  ['name', /"(?:[^"\\]|\\[\s\S]|"")*(?:"|$)/y],
  ['parameter', /\{[^{}]*\}/y],
  ['number', /\d[\w.]*/y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['mark', /[\s\S]/y],
];

/** Cuts SQL into tokens. Never throws: an unknown character is a `mark` of its own, an unclosed quote runs to the end. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  while (offset < sql.length) {
    const [kind, text] = pieceAt(sql, offset);
    if (text === ')') depth = Math.max(0, depth - 1);
    if (kind !== 'space') {
      const bare = kind === 'name' ? text.slice(1, -1) : text;
      tokens.push({ kind, text: bare, line, column: offset - lineStart + 1, depth });
    }
    if (text === '(') depth += 1;
    for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1)) {
      line += 1;
      lineStart = offset + newline + 1;
    }
    offset += text.length;
  }
  return tokens;
}

function pieceAt(sql: string, offset: number): [Token['kind'] | 'space', string] {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = offset;
    const match = pattern.exec(sql);
    if (match) return [kind, match[0]];
  }
  return ['mark', sql.charAt(offset)];
}
