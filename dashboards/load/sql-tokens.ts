/** A piece of SQL. Lines and columns count from 1. `text` of a `word` keeps its case; of a `name` its quotes are off. */
export interface Token {
  kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'comment' | 'mark';
  text: string;
  line: number;
  column: number;
  /** How many parentheses are open around it; an opening one counts itself out, as does the closing one. */
  depth: number;
}

const PIECE = new RegExp(
  [
    /([\s\uFEFF]+)/,
    /(--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /('(?:[^'\\]|\\[\s\S]|'')*(?:'|$))/,
    /(`(?:[^`\\]|\\[\s\S]|``)*(?:`|$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|$))/,
    /(\{[^{}]*\})/,
    /(\d[\w.]*)/,
    /([\p{L}_][\p{L}\p{N}_]*)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy',
);
/** The kinds, in the order of the groups of `PIECE`. */
const KINDS = ['space', 'comment', 'string', 'name', 'parameter', 'number', 'word'] as const;

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
  PIECE.lastIndex = offset;
  const match = PIECE.exec(sql);
  if (!match || match[0] === '') return ['mark', String.fromCodePoint(sql.codePointAt(offset) ?? 0)];
  const kind = KINDS.find((_, index) => match[index + 1] !== undefined);
  return [kind ?? 'space', match[0]];
}
